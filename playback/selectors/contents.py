"""What titles are, as columns of numbers for `playback.recommending`."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from catalog.models import Credit, Title

if TYPE_CHECKING:
    from playback.recommending.contents import Bags, Library

# What people of a role say of a film, by the role's first word; others, and the cast after the first few, count 1.
_ROLES = {"director": 3.0, "creator": 3.0, "writer": 2.0, "screenplay": 2.0, "composer": 1.5}
_LEADING = 3
_LEADS = 2.0
# A word of a name says as much as this many of a synopsis.
_NAME_WORDS = 2
_TITLES = 1000
_MOST_PEOPLE = 60


class _Column:
    """Things of titles, as they come."""

    def __init__(self) -> None:
        from playback.recommending.rows import Growing

        self.known: dict[Any, int] = {}
        self.titles, self.things, self.weights = Growing("i"), Growing("i"), Growing("f")

    def add(self, title: int, weights: Iterable[tuple[Any, float]]) -> None:
        for thing, weight in weights:
            self.titles.append(title)
            self.things.append(self.known.setdefault(thing, len(self.known)))
            self.weights.append(weight)

    def bags(self) -> "Bags":
        from playback.recommending.contents import Bags

        return Bags(self.titles.array(), self.things.array(), self.weights.array(), max(1, len(self.known)))


def library_of(titles: Any = None) -> "tuple[list[UUID], Library]":
    """Keys and facts of the titles of a queryset, all where none is given, the newest first.

    Read a stretch at a time, in four short statements each.
    """
    import numpy as np

    from playback.recommending.contents import Library

    keys: list[UUID] = []
    people, genres, words, collections = _Column(), _Column(), _Column(), _Column()
    years: list[int] = []
    languages: list[int] = []
    tongues: dict[str, int] = {}
    for rows in _stretches(Title.objects.all() if titles is None else titles):
        places = {row["pk"]: len(keys) + place for place, row in enumerate(rows)}
        for row in rows:
            keys.append(row["pk"])
            years.append(row["year"] or 0)
            tongue = row["original_language"].partition("-")[0].casefold()
            languages.append(tongues.setdefault(tongue, len(tongues)) if tongue else -1)
            words.add(places[row["pk"]], _words(row))
        for title, found in _people(list(places)):
            people.add(places[title], found.items())
        through = Title.genres.through.objects.filter(title_id__in=list(places)).order_by(
            "title_id", "genre_id"
        )
        for title, genre in through.values_list("title_id", "genre_id"):
            genres.add(places[title], [(genre, 1.0)])
    return keys, Library(
        count=len(keys),
        people=people.bags(),
        genres=genres.bags(),
        words=words.bags(),
        collections=collections.bags(),
        years=np.asarray(years, dtype=np.int32),
        languages=np.asarray(languages, dtype=np.int32),
        vocabulary=list(words.known),
    )


def _stretches(titles: Any) -> Iterator[Sequence[dict[str, Any]]]:
    last: UUID | None = None
    while True:
        rows = titles.order_by("-pk")
        if last is not None:
            rows = rows.filter(pk__lt=last)
        found = list(
            rows.values("pk", "name", "original_name", "synopsis", "year", "original_language")[:_TITLES]
        )
        if not found:
            return
        yield found
        last = found[-1]["pk"]


def _words(row: dict[str, Any]) -> list[tuple[str, float]]:
    from playback.recommending.words import weights_of

    names = " ".join(dict.fromkeys((row["name"], row["original_name"])))
    return weights_of([names] * _NAME_WORDS + [row["synopsis"]])


def _people(keys: Sequence[UUID]) -> Iterator[tuple[UUID, dict[UUID, float]]]:
    """Each title with its people and what they say of it."""
    found: dict[UUID, dict[UUID, float]] = {}
    rows = Credit.objects.filter(title_id__in=keys).order_by("title_id", "position", "pk")
    for title, person, role in rows.values_list("title_id", "person_id", "role"):
        mine = found.setdefault(title, {})
        if len(mine) >= _MOST_PEOPLE and person not in mine:
            continue
        named = role.casefold().split()
        weight = _ROLES.get(named[0] if named else "", _LEADS if len(mine) < _LEADING else 1.0)
        mine[person] = max(mine.get(person, 0.0), weight)
    yield from found.items()
