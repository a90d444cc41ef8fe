"""What a row of the home page is before its titles are fetched, and how rows share the first screen."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

PER_ROW = 40
# So many are known of each row, since some are shown above it and some the profile has turned down.
KEPT = 60
# A row of fewer looks like a mistake; a small library has few of a genre.
LEAST = 3
# What a person sees of the page without moving it, or nearly: there no title stands twice.
FIRST_ROWS = 3
# Made by the profile's own hand: whole, and shown however short.
OWN = frozenset({"CONTINUE_WATCHING", "MY_LIST"})


@dataclass(frozen=True)
class Shelf:
    """A row by the keys of its titles. `key` is stable and tells rows apart; `kind` is one of the API's HomeRowKind.

    A row with `about` is there because of that title: its name goes into `heading`, and without it there is no row.
    """

    key: str
    kind: str
    heading: str
    titles: Sequence[UUID]
    about: UUID | None = None


@dataclass(frozen=True)
class Taste:
    """What a profile likes: genres by slug with weights, the best first in `because`, which are rows."""

    genres: dict[str, float] = field(default_factory=dict)
    because: Sequence[Shelf] = ()


@dataclass(frozen=True)
class Own:
    """What an upper app knows of a profile: its own rows, its taste, what it has turned down.

    `dress` is given the titles that are shown, to put on them what the profile has put on them.
    """

    shelves: Sequence[Shelf] = ()
    taste: Taste = field(default_factory=Taste)
    unwanted: Collection[UUID] = ()
    dress: Callable[[Iterable[Any]], None] = lambda _titles: None


def without_repeats(rows: Iterable[Shelf], hero: UUID | None) -> list[Shelf]:
    """No title twice in the first rows.

    A row that would look thin without its repeats goes further down and keeps them there; so does one whose order is
    a rank, unless it stands there whole. What stands large is left out of rows that are long enough without it. In a
    library so small that the first rows cannot be filled, what only repeats is left out.
    """
    first: list[Shelf] = []
    shown: set[UUID] = set()

    def take(row: Shelf, least: int) -> bool:
        titles = [title for title in row.titles if title not in shown]
        if len(first) == FIRST_ROWS or len(titles) < least:
            return False
        if row.kind == "TOP_TEN" and len(titles) < len(row.titles):
            return False
        if row.kind not in OWN and row.kind != "TOP_TEN" and len(titles) > 2 * LEAST:
            titles = [title for title in titles if title != hero]
        first.append(replace(row, titles=titles))
        shown.update(titles)
        return True

    later = [row for row in rows if row.titles and not take(row, 1 if row.kind in OWN else LEAST)]
    later = [row for row in later if not take(row, 1)]
    return first + later if len(first) == FIRST_ROWS else first
