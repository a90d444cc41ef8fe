"""Which titles the home page has to choose from, for all who may see the same.

Three statements, none of which looks at more than a bounded number of titles however many there are: the newest
with their genres, walked along an index; and what may stand large, what is watched most, and when the next title
appears, from short tables; and what editors have put together. What comes of it is remembered; titles are looked at again before they are shown.
"""

from datetime import UTC, datetime
from typing import Any, TypedDict
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    DateTimeField,
    Exists,
    F,
    FloatField,
    OuterRef,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.utils import timezone

from catalog.models import Collection, Popularity, Title, TitleKind, Video, VideoKind
from catalog.selectors.collections import ON_HOME, visible_entries
from catalog.selectors.shelves import KEPT, LEAST, PER_ROW
from transcoding.models import WATCHABLE
from vod.lib.actor import Actor
from vod.lib.cache import edition, remembered

#: The edition of all that depends on which titles there are, and who may see them.
CATALOGUE = "catalogue"
NEWEST_FIRST = ("-available_from", "-id")
# So many of the newest are looked at for rows of genres; a small library is looked at as a whole.
LOOK = 600
_HEROES = 10
# A person turns down a few of the most watched; the row is ten long all the same.
_TOP_KEPT = 30
# Of all collections together; who puts more into them than a page can show costs no page more.
_MOST_ENTRIES = 2000
# How long a choice stands where nothing changes but the time.
_FRESH_SECONDS = 30.0
_GRACE_SECONDS = 300.0
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class ChosenCollection(TypedDict):
    """An editor's collection: names by language beside the library's own."""

    slug: str
    name: str
    names: dict[str, str]
    titles: list[str]


class Choice(TypedDict):
    """Keys as strings. `genres` are slug, name and keys, the largest first; `heroes` what may stand large, the best first.

    `until` is when (epoch, seconds) a title or a collection appears that is not there yet, or a collection goes; None
    where no such moment is announced.
    """

    newest: list[str]
    series: list[str]
    genres: list[tuple[str, str, list[str]]]
    heroes: list[str]
    trending: list[str]
    top: list[str]
    collections: list[ChosenCollection]
    until: float | None


def choice(actor: Actor) -> Choice:
    """What there is to choose from for the actor, and for whoever sees the same."""
    key = f"home:3:{edition(CATALOGUE)}:{audience(actor)}"
    return remembered(key, lambda: _choose(actor), fresh=_FRESH_SECONDS, grace=_GRACE_SECONDS, until=_until)


def audience(actor: Actor) -> str:
    """A word for all who see the same titles: what `visible_to` asks of an actor."""
    return f"{int(actor.is_operator)}{int(actor.is_kids)}-{actor.maturity_limit}"


def _until(chosen: Choice) -> float:
    return chosen["until"] or float("inf")


def _choose(actor: Actor) -> Choice:
    newest: dict[str, bool] = {}
    genres: dict[tuple[str, str], list[str]] = {}
    for key, kind, slug, name in newest_with_genres(actor):
        newest[key] = kind == TitleKind.SERIES
        if slug is not None:
            genres.setdefault((slug, name), []).append(key)
    largest = sorted(genres.items(), key=lambda genre: (-len(genre[1]), genre[0][1]))
    lists = _Lists(actor)
    collections, ends = _collections(actor)
    return {
        "newest": list(newest)[:KEPT],
        "series": [key for key, is_series in newest.items() if is_series][:KEPT],
        "genres": [(slug, name, keys[:KEPT]) for (slug, name), keys in largest if len(keys) >= LEAST],
        "heroes": lists.heroes(),
        "trending": lists.trending(),
        "top": lists.top(),
        "collections": collections,
        "until": min((end for end in (lists.until(), ends) if end is not None), default=None),
    }


def newest_with_genres(actor: Actor) -> "QuerySet[Any, Any]":
    """Key, kind, and slug and name of each genre of the newest titles, the newest first."""
    latest = Title.objects.visible_to(actor).order_by(*NEWEST_FIRST).values("pk")[:LOOK]
    return (
        Title.objects.filter(pk__in=latest)
        .order_by(*NEWEST_FIRST, "genres__name")
        # As words, since that is how they are kept: making a UUID of each costs more than the statement.
        .values_list(Cast("pk", CharField()), "kind", "genres__slug", "genres__name")
    )


def _collections(actor: Actor) -> tuple[list[ChosenCollection], float | None]:
    """The editors' collections by their place, and when (epoch) the first of them goes. One statement."""
    live = Collection.objects.live().filter(home_place__isnull=False).order_by()
    rows = (
        visible_entries(actor)
        .filter(collection__in=live)
        .order_by("collection__home_place", "collection__name", "collection_id", "position", "id")
        .values_list(
            *(f"collection__{name}" for name in ("slug", "name", "names", "shown_until")), "title_id"
        )
    )
    found: dict[str, ChosenCollection] = {}
    ends: list[float] = []
    for slug, name, names, until, title_id in rows[:_MOST_ENTRIES]:
        if slug not in found:
            found[slug] = {"slug": slug, "name": name, "names": names, "titles": []}
            ends += [until.timestamp()] if until else []
        if len(found[slug]["titles"]) < KEPT:
            found[slug]["titles"].append(str(title_id))
    return list(found.values())[:ON_HOME], min(ends, default=None)


class _Lists:
    """Short lists in one statement: rows of a list's name, a key, two figures and a time."""

    def __init__(self, actor: Actor) -> None:
        self._rows: dict[str, list[tuple[UUID, float, float, datetime]]] = {}
        for name, *row in self._statement(actor):
            self._rows.setdefault(name, []).append(tuple(row))

    @staticmethod
    def _statement(actor: Actor) -> "QuerySet[Any, Any]":
        seen = Title.objects.visible_to(actor)
        films = Video.objects.filter(
            title=OuterRef("pk"), asset__state__in=WATCHABLE, kind__in=(VideoKind.FEATURE, VideoKind.EPISODE)
        )
        playable = Case(When(Exists(films), then=Value(1.0)), default=Value(0.0), output_field=FloatField())
        announced = Collection.objects.filter(home_place__isnull=False, shown_from__gt=timezone.now())
        coming = Title.objects.filter(published_at__isnull=False, available_from__gt=timezone.now())

        def titles(name: str, chosen: Any, figure: Any) -> "QuerySet[Any, Any]":
            # A part of a union has no limit of its own in SQLite, but may ask within one that has.
            return (
                Title.objects.filter(pk__in=chosen.values("pk"))
                .order_by()
                .values_list(Value(name, CharField()), "pk", figure, Value(0.0), "available_from")
            )

        # Asked of each of the few: as `title__in` the database would look at all titles there are.
        watched = Popularity.objects.filter(
            Exists(seen.filter(pk=OuterRef("title_id")).order_by())
        ).order_by()
        return titles(
            "featured", seen.filter(is_featured=True).order_by(*NEWEST_FIRST)[:_HEROES], playable
        ).union(
            titles("newest", seen.order_by(*NEWEST_FIRST)[:PER_ROW], playable),
            titles("coming", coming.order_by("available_from", "id")[:1], Value(0.0)),
            Collection.objects.filter(pk__in=announced.order_by("shown_from", "id")[:1].values("pk"))
            .order_by()
            .values_list(Value("coming", CharField()), "pk", Value(0.0), Value(0.0), "shown_from"),
            *(
                Popularity.objects.filter(pk__in=most.values("pk"))
                .order_by()
                .values_list(
                    Value(name, CharField()),
                    "title_id",
                    F("trending"),
                    Cast("plays", FloatField()),
                    Value(_EPOCH, DateTimeField()),
                )
                for name, most in (
                    ("trending", watched.order_by("-trending", "title")[:KEPT]),
                    ("top", watched.filter(plays__gt=0).order_by("-plays", "-trending", "title")[:_TOP_KEPT]),
                )
            ),
            all=True,
        )

    def heroes(self) -> list[str]:
        """What stands large has a Play button: better something that can be watched; of these the newest."""
        chosen = self._rows.get("featured") or self._rows.get("newest", [])
        best = sorted(chosen, key=lambda row: (row[1], row[3], row[0]), reverse=True)
        return [str(row[0]) for row in best[:_HEROES]]

    def trending(self) -> list[str]:
        rows = sorted(self._rows.get("trending", []), key=lambda row: (-row[1], row[0]))
        return [str(row[0]) for row in rows]

    def top(self) -> list[str]:
        rows = sorted(self._rows.get("top", []), key=lambda row: (-row[2], -row[1], row[0]))
        return [str(row[0]) for row in rows]

    def until(self) -> float | None:
        return min((row[3].timestamp() for row in self._rows.get("coming", [])), default=None)
