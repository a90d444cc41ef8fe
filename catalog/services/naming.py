"""Genres and tags: words with a name and an address, found by either, each there once."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Q

from catalog.errors import CatalogError, CatalogErrorCode
from catalog.models import Genre, Tag
from catalog.services import wording
from catalog.services.slugs import checked_slug, free_slug, slug_of

NAME_LENGTH = 60

Word = TypeVar("Word", Genre, Tag)


def words_named(kind: type[Word], names: Iterable[str], *, field: str, what: str, most: int) -> list[Word]:
    """The rows of `names` (names or slugs, in any case), in their order, each once; new ones are made.

    Raises CatalogError INVALID for too many, or for one that is too long.
    """
    plain = [wording.line(name, field=field, what=f"a {what}'s name", most=NAME_LENGTH) for name in names]
    if len(plain) > most:
        raise CatalogError(CatalogErrorCode.INVALID, f"A title may have {most} {what}s.", field=field)
    return list({row.pk: row for row in (_named(kind, name, what) for name in plain)}.values())


def _named(kind: type[Word], name: str, fallback: str) -> Word:
    found = kind.objects.filter(Q(slug=name.casefold()) | Q(name__iexact=name)).first()
    if found is not None:
        return found
    slug = slug_of(name, fallback, most=70)
    same = kind.objects.filter(slug=slug).first()
    if same is not None and same.name.casefold() == name.casefold():
        return same
    return kind.objects.create(
        slug=free_slug(slug, lambda slug: kind.objects.filter(slug=slug).exists()), name=name
    )


def new_word(kind: type[Word], *, name: str, slug: str, what: str) -> Word:
    """A saved row of that name. Raises CatalogError REQUIRED, INVALID or DUPLICATE."""
    row = kind(name=_free_name(kind, name, what))
    row.slug = _free_address(kind, slug or slug_of(row.name, what, most=70), given=bool(slug))
    row.save(force_insert=True)
    return row


def change_word(row: Word, *, name: str | None, slug: str | None, what: str) -> Word:
    """Gives a row another name or address, where they are not None. Raises as `new_word` does."""
    kind = type(row)
    if name is not None:
        row.name = _free_name(kind, name, what, but=row)
    if slug is not None and slug != row.slug:
        row.slug = _free_address(kind, slug, given=True)
    row.save()
    return row


def _free_name(kind: type[Word], name: str, what: str, but: Word | None = None) -> str:
    plain = wording.line(name, field="name", what=f"the {what}'s name", most=NAME_LENGTH)
    others = kind.objects.filter(name__iexact=plain)
    if (others.exclude(pk=but.pk) if but else others).exists():
        raise CatalogError(CatalogErrorCode.DUPLICATE, f"There is a {what} “{plain}” already.", field="name")
    return plain


def _free_address(kind: type[Word], slug: str, *, given: bool) -> str:
    def taken(one: str) -> bool:
        return kind.objects.filter(slug=one).exists()

    return checked_slug(slug, taken, most=80) if given else free_slug(slug, taken)
