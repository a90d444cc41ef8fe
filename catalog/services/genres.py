"""Genres: found or made by name, changed, taken away."""

from collections.abc import Iterable
from uuid import UUID

from catalog.errors import CatalogError, CatalogErrorCode
from catalog.models import Genre
from catalog.services.changes import catalogue_changed
from catalog.services.naming import change_word, new_word, words_named
from catalog.services.words import refresh_words
from vod.lib.transactions import transactional

MOST = 12


def genres_named(names: Iterable[str]) -> list[Genre]:
    """The genres of `names` (names or slugs, in any case), in their order, each once; new ones are made.

    Raises CatalogError INVALID for too many, or for one that is too long.
    """
    return words_named(Genre, names, field="genres", what="genre", most=MOST)


@transactional
def create_genre(*, name: str, slug: str = "") -> Genre:
    """A genre without titles. Raises CatalogError REQUIRED, INVALID or DUPLICATE."""
    genre = new_word(Genre, name=name, slug=slug, what="genre")
    catalogue_changed()
    return genre


@transactional
def update_genre(*, genre_id: UUID | None, name: str | None = None, slug: str | None = None) -> Genre:
    """Changes what is given. Raises CatalogError NOT_FOUND, REQUIRED, INVALID or DUPLICATE."""
    genre = change_word(_genre(genre_id), name=name, slug=slug, what="genre")
    if name is not None:
        refresh_words(genre.titles.values_list("pk", flat=True))
    catalogue_changed()
    return genre


@transactional
def delete_genre(*, genre_id: UUID | None) -> UUID:
    """Takes a genre away from all titles and for good; answers its key. Raises CatalogError NOT_FOUND."""
    genre = _genre(genre_id)
    key = genre.pk
    titles = list(genre.titles.values_list("pk", flat=True))
    genre.delete()
    refresh_words(titles)
    catalogue_changed()
    return key


def _genre(key: UUID | None) -> Genre:
    genre = Genre.objects.select_for_update().filter(pk=key).first() if key else None
    if genre is None:
        raise CatalogError(CatalogErrorCode.NOT_FOUND, "There is no such genre.", field="genreId")
    return genre
