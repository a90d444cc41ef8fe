"""The home page: what stands large, and the rows below it, in a stable order.

Costs two statements however many titles there are: which are the newest of each genre, and these together
with the newest of all, the newest series and what may stand large. Which titles these are is remembered for all who
may see the same; the titles themselves are asked for each time, under the visibility rule, so that what is withdrawn,
or whose time is over, is gone at once. So is what the profile itself changes: its own rows are never remembered.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypedDict
from uuid import UUID, uuid5

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber

from catalog.models import Season, Title, TitleKind, Video, VideoKind
from transcoding.models import WATCHABLE
from vod.lib.actor import Actor
from vod.lib.cache import edition, remembered

PER_ROW = 40
GENRE_ROWS = 12
# A row of fewer looks like a mistake; a small library has few of a genre.
LEAST = 3
_FIRST_ROWS = 3
_FEATURED = 10
_PERSONAL = ("CONTINUE_WATCHING", "MY_LIST")
_ORDER = ("-available_from", "-id")
# How long a choice of titles stands where nothing changes but the time: so long a film may be late whose hour comes.
_FRESH_SECONDS = 30.0
_GRACE_SECONDS = 300.0
#: The edition of all that depends on which titles there are, and who may see them.
CATALOGUE = "catalogue"
_NAMESPACE = UUID("0b7a4b1e-52a4-5e0c-9c39-54d1a6f5e0aa")


@dataclass(frozen=True)
class HomeRow:
    """One row. `key` is stable and tells rows apart; `kind` is one of the API's HomeRowKind."""

    key: str
    kind: str
    heading: str
    titles: Sequence[Title]
    graphql_type: str = field(default="HomeRow", repr=False)

    @property
    def pk(self) -> UUID:
        return uuid5(_NAMESPACE, self.key)


@dataclass(frozen=True)
class Home:
    hero: Title | None
    rows: Sequence[HomeRow]


class Choice(TypedDict):
    """Which titles there are to show: slug, name and keys of each genre that has a row, and the keys of all of them."""

    genres: list[list[Any]]
    titles: list[str]


# Upper apps append what they know of the profile; their rows go first.
row_sources: list[Callable[[Actor], Sequence[HomeRow]]] = []


def home(actor: Actor) -> Home:
    """The home page as `actor` sees it: the same answer for the same state."""
    known: dict[UUID, Any] = {}

    def choose() -> Choice:
        genres = _newest_by_genre(actor)
        known.update((title.pk, title) for title in _titles(actor, _wanted(actor, genres)))
        return {
            "genres": [[slug, name, [str(key) for key in keys]] for slug, name, keys in genres],
            "titles": [str(key) for key in known],
        }

    key = f"home:1:{edition(CATALOGUE)}:{_audience(actor)}"
    choice = remembered(key, choose, fresh=_FRESH_SECONDS, grace=_GRACE_SECONDS)
    if choice["titles"] and not known:
        chosen = _titles(actor, Q(pk__in=[UUID(title) for title in choice["titles"]]))
        known.update((title.pk, title) for title in chosen)
    newest = list(known.values())[:PER_ROW]
    series = [title for title in known.values() if title.kind == TitleKind.SERIES][:PER_ROW]
    # What stands large has a Play button: better something that can be watched; of these the newest.
    hero = max(known.values(), key=lambda title: (title.is_featured, title.can_be_watched), default=None)
    rows = [row for source in row_sources for row in source(actor)]
    # In a small library everything is new; some of it is left for the rows below.
    new = newest if len(newest) == PER_ROW else newest[: max(2 * LEAST, len(newest) // 2)]
    rows.append(HomeRow("new", "NEW", "New in the library", new))
    rows += [
        HomeRow(f"genre-{slug}", "GENRE", name, [known[key] for key in map(UUID, keys) if key in known])
        for slug, name, keys in choice["genres"]
    ]
    if len(series) >= LEAST:
        rows.insert(min(len(rows), 4), HomeRow("series", "SERIES", "Series", series))
    return Home(hero, _without_repeats(rows))


def _audience(actor: Actor) -> str:
    """A word for all who see the same titles: what `visible_to` asks of an actor."""
    return f"{int(actor.is_operator)}{int(actor.is_kids)}-{actor.maturity_limit}"


def _wanted(actor: Actor, genres: Iterable[tuple[str, str, list[UUID]]]) -> Q:
    """What the page may show. A title outside of its subquery's first PER_ROW may come along; it does no harm."""
    latest = Title.objects.visible_to(actor).order_by(*_ORDER).values("pk")
    return (
        Q(pk__in={key for _, _, keys in genres for key in keys})
        | Q(pk__in=latest[:PER_ROW])
        | Q(pk__in=latest.filter(kind=TitleKind.SERIES)[:PER_ROW])
        | Q(pk__in=latest.filter(is_featured=True)[:_FEATURED])
    )


def _titles(actor: Actor, wanted: Q) -> Any:
    """Those of `wanted` that the actor may see now, the newest first, with what a card says of them."""
    film = Video.objects.filter(title=OuterRef("pk"), asset__state__in=WATCHABLE)
    films = film.filter(kind__in=(VideoKind.FEATURE, VideoKind.EPISODE))
    seasons = Season.objects.filter(series=OuterRef("pk")).order_by().values("series").annotate(n=Count("pk"))
    return (
        Title.objects.visible_to(actor)
        .filter(wanted)
        .annotate(can_be_watched=Exists(films), season_count=Coalesce(Subquery(seasons.values("n")), 0))
        .order_by(*_ORDER)
    )


def home_row(actor: Actor, key: UUID) -> HomeRow | None:
    """The row of this key on the asker's home page, or None."""
    return next((row for row in home(actor).rows if row.pk == key), None)


def _newest_by_genre(actor: Actor) -> list[tuple[str, str, list[UUID]]]:
    """Slug, name and newest titles of the largest genres, the largest first."""
    membership = Title.genres.through.objects
    # Typed loosely, since the checker does not see annotations of a many-to-many's own rows.
    placed: Any = membership.filter(title__in=Title.objects.visible_to(actor).order_by()).annotate(
        place=Window(
            RowNumber(),
            partition_by=F("genre_id"),
            order_by=[F("title__available_from").desc(), F("title_id").desc()],
        ),
        size=Window(Count("id"), partition_by=F("genre_id")),
    )
    ranked = (
        placed.filter(place__lte=PER_ROW, size__gte=LEAST)
        .order_by("-size", "genre__name", "place")
        .values_list("genre__slug", "genre__name", "title_id")
    )
    found: dict[str, tuple[str, str, list[UUID]]] = {}
    for slug, name, key in ranked:
        found.setdefault(slug, (slug, name, []))[2].append(key)
    return list(found.values())[:GENRE_ROWS]


def _without_repeats(rows: Iterable[HomeRow]) -> list[HomeRow]:
    """No title twice in the first rows.

    A row of the library that would look thin without its repeats goes further down and keeps them there.
    In a library so small that the first rows cannot be filled, what only repeats is left out.
    """
    first: list[HomeRow] = []
    shown: set[UUID] = set()

    def take(row: HomeRow, least: int) -> bool:
        titles = [title for title in row.titles if title.pk not in shown]
        if len(first) == _FIRST_ROWS or len(titles) < least:
            return False
        first.append(replace(row, titles=titles))
        shown.update(title.pk for title in titles)
        return True

    later = [row for row in rows if row.titles and not take(row, 1 if row.kind in _PERSONAL else LEAST)]
    later = [row for row in later if not take(row, 1)]
    return first + later if len(first) == _FIRST_ROWS else first
