"""The home page: what stands large, and the rows below it, in a stable order.

Costs two statements however many titles there are: which are the newest of each genre, and these together
with the newest of all, the newest series and what may stand large.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid5

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber

from catalog.models import Season, Title, TitleKind, Video, VideoKind
from transcoding.models import WATCHABLE
from vod.lib.actor import Actor

PER_ROW = 40
GENRE_ROWS = 12
# A row of fewer looks like a mistake; a small library has few of a genre.
LEAST = 3
_FIRST_ROWS = 3
_FEATURED = 10
_PERSONAL = ("CONTINUE_WATCHING", "MY_LIST")
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


# Upper apps append what they know of the profile; their rows go first.
row_sources: list[Callable[[Actor], Sequence[HomeRow]]] = []


def home(actor: Actor) -> Home:
    """The home page as `actor` sees it: the same answer for the same state."""
    seen = Title.objects.visible_to(actor)
    order = ("-available_from", "-id")
    latest = seen.order_by(*order).values("pk")
    genres = _newest_by_genre(actor)
    # A title outside of its subquery's first PER_ROW may come along for another reason; it does no harm.
    wanted = (
        Q(pk__in={key for _, _, keys in genres for key in keys})
        | Q(pk__in=latest[:PER_ROW])
        | Q(pk__in=latest.filter(kind=TitleKind.SERIES)[:PER_ROW])
        | Q(pk__in=latest.filter(is_featured=True)[:_FEATURED])
    )
    film = Video.objects.filter(title=OuterRef("pk"), asset__state__in=WATCHABLE)
    films = film.filter(kind__in=(VideoKind.FEATURE, VideoKind.EPISODE))
    seasons = Season.objects.filter(series=OuterRef("pk")).order_by().values("series").annotate(n=Count("pk"))
    found: Any = (
        seen.filter(wanted)
        .annotate(can_be_watched=Exists(films), season_count=Coalesce(Subquery(seasons.values("n")), 0))
        .order_by(*order)
    )
    known: dict[UUID, Any] = {title.pk: title for title in found}
    newest = list(known.values())[:PER_ROW]
    series = [title for title in known.values() if title.kind == TitleKind.SERIES][:PER_ROW]
    # What stands large has a Play button: better something that can be watched; of these the newest.
    hero = max(known.values(), key=lambda title: (title.is_featured, title.can_be_watched), default=None)
    rows = [row for source in row_sources for row in source(actor)]
    # In a small library everything is new; some of it is left for the rows below.
    new = newest if len(newest) == PER_ROW else newest[: max(2 * LEAST, len(newest) // 2)]
    rows.append(HomeRow("new", "NEW", "New in the library", new))
    rows += [
        HomeRow(f"genre-{slug}", "GENRE", name, [known[key] for key in keys if key in known])
        for slug, name, keys in genres
    ]
    if len(series) >= LEAST:
        rows.insert(min(len(rows), 4), HomeRow("series", "SERIES", "Series", series))
    return Home(hero, _without_repeats(rows))


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
