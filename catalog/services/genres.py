"""Genres by slug or name; those that are not there yet are made."""

from collections.abc import Iterable

from django.db.models import Q

from catalog.errors import CatalogError, CatalogErrorCode
from catalog.models import Genre
from catalog.services import wording
from catalog.services.slugs import free_slug, slug_of

MOST = 12


def genres_named(names: Iterable[str]) -> list[Genre]:
    """The genres of `names` (names or slugs, in any case), in their order, each once; new ones are made.

    Raises CatalogError INVALID for too many, or for one that is too long.
    """
    plain = [wording.line(name, field="genres", what="a genre's name", most=60) for name in names]
    if len(plain) > MOST:
        raise CatalogError(CatalogErrorCode.INVALID, f"A title may have {MOST} genres.", field="genres")
    return list({genre.pk: genre for genre in map(_genre, plain)}.values())


def _genre(name: str) -> Genre:
    found = Genre.objects.filter(Q(slug=name.casefold()) | Q(name__iexact=name)).first()
    if found is not None:
        return found
    slug = slug_of(name, "genre")
    same = Genre.objects.filter(slug=slug).first()
    if same is not None and same.name.casefold() == name.casefold():
        return same
    return Genre.objects.create(
        slug=free_slug(slug, lambda slug: Genre.objects.filter(slug=slug).exists()), name=name
    )
