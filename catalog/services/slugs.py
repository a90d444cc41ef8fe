"""Addresses of titles and genres, made from their names."""

import unicodedata
from collections.abc import Callable, Iterator

from django.utils.text import slugify

MOST = 100


def slug_of(name: str, fallback: str) -> str:
    """The slug of `name`: Latin letters without accents; another script's letters as they are.

    `fallback` where the name has neither letters nor figures.
    """
    letters = [sign for sign in unicodedata.normalize("NFKD", name) if sign.isalnum()]
    ascii_ones = sum(sign.isascii() for sign in letters)
    slug = slugify(name, allow_unicode=ascii_ones < len(letters))
    return slug[:MOST].strip("-_") or fallback


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
