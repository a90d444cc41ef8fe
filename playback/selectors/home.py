"""What the home page knows of a profile: what it has begun, listed and rated, and what it likes by that."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict
from uuid import UUID

from catalog.selectors.choice import Choice, audience
from catalog.selectors.shelves import KEPT, LEAST, Own, Shelf, Taste
from playback.models import Rating
from playback.selectors.recommended import nearest
from playback.selectors.shelf import Begun, Marks, begun_titles, marks
from vod.lib.actor import Actor
from vod.lib.cache import remembered

# A visit, in seconds: so long rows keep their places, whatever one watches or rates meanwhile.
VISIT_SECONDS = 1800.0
# What was watched longer ago says nothing more; each title says a little less than the one after it.
_LOOK_BACK = 100
_FADES = 0.97
_BECAUSE_ROWS = 2
_LOOKED_AT = 8
_RATED = {Rating.Value.UP: 2.0, Rating.Value.LOVE: 4.0, Rating.Value.DOWN: -4.0}


@dataclass(frozen=True, slots=True)
class Mark:
    """What the active profile has put on a title: its list, and a value of Rating.Value or None."""

    in_my_list: bool = False
    rating: str | None = None


class _Visit(TypedDict):
    """What a visit keeps, as JSON: weights of genres by slug; what was watched with what is like it."""

    genres: dict[str, float]
    because: list[tuple[str, list[str]]]


def shelf_edition(profile_id: UUID | None) -> str:
    """The edition of what a profile has begun, listed and rated."""
    return f"shelf:{profile_id}"


def places_edition(profile_id: UUID | None) -> str:
    """The edition of where exactly a profile is in what it watches, which each heartbeat changes."""
    return f"places:{profile_id}"


def own(actor: Actor, chosen: Choice) -> Own:
    """What there is of a profile: continue watching and the list, its taste, what it has turned down."""
    if actor.profile_id is None:
        return Own(dress=lambda titles: _dress(titles, Marks()))
    begun, marked = begun_titles(actor), marks(actor)
    liked = _weights(begun, marked.ratings)
    visit = _visit(actor, chosen, liked, marked)
    going_on = [one.title_id for one in begun if one.goes_on]
    return Own(
        shelves=[
            Shelf("continue-watching", "CONTINUE_WATCHING", "Continue watching", going_on[:KEPT]),
            Shelf("my-list", "MY_LIST", "My list", marked.listed[:KEPT]),
        ],
        taste=Taste(
            visit["genres"],
            [
                Shelf(
                    f"because-{key}",
                    "BECAUSE_YOU_WATCHED",
                    "Because you watched {}",
                    [UUID(title) for title in titles],
                    about=UUID(key),
                )
                for key, titles in visit["because"]
                # What it is about may have gone, or been turned down, since this visit began.
                if liked.get(UUID(key), 0.0) > 0
            ],
        ),
        unwanted={key for key, value in marked.ratings.items() if value == Rating.Value.DOWN},
        dress=lambda titles: _dress(titles, marked),
    )


def _dress(titles: Iterable[Any], marked: Marks) -> None:
    if not marked.whole:
        return
    listed = frozenset(marked.listed)
    for title in titles:
        title.mark = Mark(title.pk in listed, marked.ratings.get(title.pk))


def _visit(actor: Actor, chosen: Choice, weights: Mapping[UUID, float], marked: Marks) -> _Visit:
    """The profile's taste as it was when this visit began; one that has done nothing yet has none to keep."""
    if not weights:
        return {"genres": {}, "because": []}

    def look() -> _Visit:
        likes: dict[str, float] = defaultdict(float)
        for key, weight in weights.items():
            for slug in marked.genres.get(key, ()):
                likes[slug] += weight
        return {
            "genres": {slug: round(weight, 6) for slug, weight in sorted(likes.items())},
            "because": [
                (str(key), [str(title) for title in titles[:KEPT]])
                for key, titles in _because(chosen, weights, marked.genres)
            ],
        }

    return remembered(f"home:visit:2:{actor.profile_id}:{audience(actor)}", look, fresh=VISIT_SECONDS)


def _weights(begun: Sequence[Begun], ratings: Mapping[UUID, str]) -> dict[UUID, float]:
    """How much each title says of what the profile likes; in the order in which they were watched, then rated."""
    weights = {
        one.title_id: _FADES**place * (2.0 if one.completed else 1.0)
        for place, one in enumerate(begun[:_LOOK_BACK])
    }
    for key, value in list(ratings.items())[:_LOOK_BACK]:
        rated = _RATED[Rating.Value(value)]
        weights[key] = rated if rated < 0 else weights.get(key, 0.0) + rated
    return weights


def _because(
    chosen: Choice, weights: Mapping[UUID, float], genres: Mapping[UUID, Collection[str]]
) -> list[tuple[UUID, list[UUID]]]:
    """For the titles watched last what is like them, without anything twice or known. One statement.

    By the lists that a task has computed; for a title that has none yet, by genres.
    """
    latest = [key for key, weight in weights.items() if weight > 0][:_LOOKED_AT]
    computed = nearest(latest)
    known = set(weights)
    found: list[tuple[UUID, list[UUID]]] = []
    for key in latest:
        near = [other for other, _ in computed.get(key, ())] or _by_genres(chosen, genres.get(key, ()))
        titles = [title for title in near if title not in known]
        if len(titles) >= LEAST and len(found) < _BECAUSE_ROWS:
            found.append((key, titles))
            known.update(titles)
    return found


def _by_genres(chosen: Choice, genres: Collection[str]) -> list[UUID]:
    """What is new of all that has two or more of the genres, the most first."""
    shared: dict[str, int] = defaultdict(int)
    for slug, _, titles in chosen["genres"]:
        for title in titles if slug in genres else ():
            shared[title] += 1
    close = [title for title, count in shared.items() if count > 1]
    return [UUID(title) for title in sorted(close, key=lambda title: (shared[title], title), reverse=True)]
