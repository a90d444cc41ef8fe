"""Keeps what search looks in as the names, people, genres and tags of titles are, in all languages."""

from collections.abc import Iterable
from uuid import UUID

from catalog import search
from catalog.models import Title
from vod.lib.queue import enqueue

#: So many titles are brought up to date at once; of more a worker does it, in slices of as many as the second says.
_AT_ONCE = 200
_SLICE = 400


def refresh_search_text(title: Title) -> None:
    """Brings the search index up to `title`, and its `folded_name`; to be called by whatever changes its words."""
    search.index([title.pk])
    title.folded_name = search.fold(title.name)[:400]


def refresh_words(titles: Iterable[UUID]) -> None:
    """The same for many titles, whose genre, tag or person has another name: at once, or by a worker."""
    keys = list(titles)
    if len(keys) <= _AT_ONCE:
        search.index(keys)
        return
    for start in range(0, len(keys), _SLICE):
        enqueue("catalog.refresh_words", *map(str, keys[start : start + _SLICE]))
