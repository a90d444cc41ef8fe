"""Addresses of titles and genres, made from their names."""

import re
import unicodedata
from collections.abc import Callable, Iterator

from django.utils.text import slugify

from catalog.errors import CatalogError, CatalogErrorCode

MOST = 100
_SLUG = re.compile(r"[-\w]+\Z")


def slug_of(name: str, fallback: str, *, most: int = MOST) -> str:
    """The slug of `name`: Latin letters without accents; another script's letters as they are.

    `fallback` where the name has neither letters nor figures.
    """
    letters = [sign for sign in unicodedata.normalize("NFKD", name) if sign.isalnum()]
    ascii_ones = sum(sign.isascii() for sign in letters)
    slug = slugify(name, allow_unicode=ascii_ones < len(letters))
    return slug[:most].strip("-_") or fallback


def checked_slug(slug: str, taken: Callable[[str], bool], *, most: int = 120, field: str = "slug") -> str:
    """An address that somebody wants. Raises CatalogError INVALID or DUPLICATE."""
    plain = unicodedata.normalize("NFC", slug.strip())
    if not _SLUG.match(plain) or len(plain) > most:
        message = f"An address has letters, figures and hyphens, at most {most}."
        raise CatalogError(CatalogErrorCode.INVALID, message, field=field)
    if taken(plain):
        message = "This address is taken. Choose another."
        raise CatalogError(CatalogErrorCode.DUPLICATE, message, field=field)
    return plain


def free_slug(base: str, taken: Callable[[str], bool], *, hint: str = "") -> str:
    """`base`, or with `hint` behind it, or with the first number from 2 that is free."""
    for slug in _candidates(base, hint):
        if not taken(slug):
            return slug
    raise RuntimeError(f"no slug is free for {base}")


def _candidates(base: str, hint: str) -> Iterator[str]:
    yield base
    if hint:
        yield f"{base}-{hint}"
    for number in range(2, 10_000):
        yield f"{base}-{number}"
