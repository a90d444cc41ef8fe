"""The home page: what stands large, and the rows below it, chosen and ordered for a profile.

Which titles there are to choose from is remembered for all who may see the same (`choice`); what a profile has begun,
listed, rated and likes comes from upper apps (`own_sources`); the titles themselves are asked for each time (`cards`),
those that are shown and under the visibility rule, so that what is withdrawn, or whose time is over, is gone at once.
No part costs more in a larger library.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid5

from catalog.models import Artwork, Title
from catalog.selectors.choice import CATALOGUE, Choice, choice
from catalog.selectors.shelves import KEPT, LEAST, PER_ROW, Own, Shelf, Taste, without_repeats
from catalog.translation import said
from vod.lib.actor import Actor

__all__ = ["CATALOGUE", "Home", "HomeRow", "cards", "home", "home_row", "own_sources"]

GENRE_ROWS = 12
_TOP = 10
# So many are looked at, for the case that one went a moment ago.
_HEROES = 3
# Of the editors' collections so many stand above what is merely new; the others below all genres.
_COLLECTIONS_ABOVE = 2
# What no field of a title shows.
_UNSHOWN = ("folded_name", "created_at")
_NAMESPACE = UUID("0b7a4b1e-52a4-5e0c-9c39-54d1a6f5e0aa")


Dress = Callable[[Iterable[Any]], None]


@dataclass(frozen=True)
class HomeRow:
    """One row, by the keys of its titles. `key` is stable and tells rows apart; `kind` is one of the API's HomeRowKind.

    The name of the title `about` belongs into `heading`. `dress` puts on titles what the profile has put on them.
    """

    key: str
    kind: str
    heading: str
    keys: Sequence[UUID]
    about: UUID | None
    actor: Actor = field(repr=False)
    dress: Dress = field(repr=False)
    graphql_type: str = field(default="HomeRow", repr=False)

    @property
    def pk(self) -> UUID:
        return uuid5(_NAMESPACE, self.key)

    @property
    def titles(self) -> list[Title]:
        """All that the actor sees of it now; for who wants several rows, `cards` has them together."""
        found = cards(self.actor, self.keys)
        return [found[key] for key in self.keys if key in found]


@dataclass(frozen=True)
class Home:
    """What may stand large, the best first, and rows; `until` is when (epoch, seconds) a title or a row comes or goes."""

    heroes: Sequence[UUID]
    rows: Sequence[HomeRow]
    actor: Actor = field(repr=False)
    dress: Dress = field(repr=False)
    until: float | None = None

    @property
    def hero(self) -> Title | None:
        """What stands large, or None."""
        found = cards(self.actor, self.heroes)
        return next((found[key] for key in self.heroes if key in found), None)


# Upper apps append what they know of a profile; given the choice, so that they need not look for titles themselves.
own_sources: list[Callable[[Actor, Choice], Own]] = []


def home(actor: Actor) -> Home:
    """The home page as `actor` sees it: the same answer for the same state."""
    chosen = choice(actor)
    own = _joined([source(actor, chosen) for source in own_sources])
    heroes = [key for key in map(UUID, chosen["heroes"]) if key not in own.unwanted]
    shelves = without_repeats(_shelves(actor, chosen, own), heroes[0] if heroes else None)
    rows = [
        HomeRow(row.key, row.kind, row.heading, row.titles[:PER_ROW], row.about, actor, own.dress)
        for row in shelves
    ]
    return Home(heroes[:_HEROES], rows, actor, own.dress, chosen["until"])


def home_row(actor: Actor, key: UUID) -> HomeRow | None:
    """The row of this key on the asker's home page, or None."""
    return next((row for row in home(actor).rows if row.pk == key), None)


def _joined(owns: Sequence[Own]) -> Own:
    if len(owns) == 1:
        return owns[0]

    def dress(titles: Iterable[Any]) -> None:
        for own in owns:
            own.dress(titles)

    return Own(
        shelves=[shelf for own in owns for shelf in own.shelves],
        taste=Taste(
            {slug: weight for own in owns for slug, weight in own.taste.genres.items()},
            [shelf for own in owns for shelf in own.taste.because],
        ),
        unwanted={key for own in owns for key in own.unwanted},
        dress=dress,
    )


def _shelves(actor: Actor, chosen: Choice, own: Own) -> list[Shelf]:
    """All rows in their order, as long as they may be."""
    newest = chosen["newest"]
    # In a small library everything is new; some of it is left for the rows below, where there are any.
    is_small = len(newest) < KEPT and (chosen["genres"] or chosen["series"])
    new = newest[: max(2 * LEAST, len(newest) // 2)] if is_small else newest[:PER_ROW]
    # In a small one the first row would leave nothing for those below: each takes its share.
    share = PER_ROW if len(newest) == KEPT else max(2 * LEAST, len(newest) // 3)
    because = [replace(row, titles=row.titles[:share]) for row in own.taste.because]
    library = [Shelf("new", "NEW", "New in the library", _keys(new)), *_genres(chosen, own.taste)]
    if len(chosen["series"]) >= LEAST:
        library.insert(min(len(library), 4), Shelf("series", "SERIES", "Series", _keys(chosen["series"])))
    # The first says why it is there; others come between what the profile likes.
    for place, shelf in enumerate(because[1:]):
        library.insert(min(len(library), 2 + 3 * place), shelf)
    collections = [
        Shelf(
            f"collection-{one['slug']}",
            "COLLECTION",
            said(one["name"], one["names"], actor.language),
            _keys(one["titles"]),
        )
        for one in chosen["collections"]
    ]
    offered = [
        Shelf("trending", "TRENDING", "Trending now", _keys(chosen["trending"][:share])),
        *because[:1],
        Shelf("top-ten", "TOP_TEN", "Top ten this week", _keys(chosen["top"])),
        *collections[:_COLLECTIONS_ABOVE],
        *library,
        *collections[_COLLECTIONS_ABOVE:],
    ]
    return [*own.shelves, *(shelf for row in offered if (shelf := _wanted(row, own.unwanted)).titles)]


def _wanted(shelf: Shelf, unwanted: Collection[UUID]) -> Shelf:
    """The row without what the profile has turned down, at its length; empty where it is too short to be one."""
    most, least = (
        (_TOP, _TOP)
        if shelf.kind == "TOP_TEN"
        else (PER_ROW, 1 if shelf.kind in ("NEW", "COLLECTION") else LEAST)
    )
    titles = [key for key in shelf.titles if key not in unwanted][:most]
    return replace(shelf, titles=titles if len(titles) >= least else [])


def _genres(chosen: Choice, taste: Taste) -> list[Shelf]:
    """Rows of genres: what the profile likes first, then the largest, last what it does not like."""
    ordered = sorted(chosen["genres"], key=lambda genre: -taste.genres.get(genre[0], 0.0))
    return [Shelf(f"genre-{slug}", "GENRE", name, _keys(keys)) for slug, name, keys in ordered[:GENRE_ROWS]]


def _keys(words: Sequence[str]) -> list[UUID]:
    return [UUID(word) for word in words]


def cards(actor: Actor, wanted: Collection[UUID]) -> dict[UUID, Title]:
    """Those of `wanted` that the actor may see now, each with its `pictures`. Two statements.

    Each card shows a picture, and to wait for them one by one costs more than they do.
    """
    if not wanted:
        return {}
    rows = Title.objects.visible_to(actor).filter(pk__in=wanted).order_by().defer(*_UNSHOWN)
    titles: dict[UUID, Any] = {title.pk: title for title in rows}
    for title in titles.values():
        title.pictures = []
    pictures = Artwork.objects.filter(title__in=list(titles)).defer("created_at", "episode", "is_made")
    for picture in pictures if titles else ():
        titles[picture.title_id].pictures.append(picture)  # type: ignore[index]
    return titles
