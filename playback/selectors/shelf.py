"""A profile's own shelf: what it has begun, what it listed, what it has seen."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from catalog.models import Title, Video, VideoKind
from playback.models import ListEntry, Progress, Rating
from playback.selectors.episodes import after_each
from playback.selectors.positions import minimum_seconds
from transcoding.models import WATCHABLE
from vod.lib.actor import Actor

# Positions that are looked at, newest first, to find the titles that are being watched.
LOOK_BACK = 400


@dataclass(frozen=True, slots=True)
class ContinueItem:
    """What to go on with: a video, and the title it belongs to."""

    video: Video
    title: Title


def continue_watching(actor: Actor) -> list[ContinueItem]:
    """What the profile is in the middle of, last watched first; one item a title. Two queries.

    A film that is over leaves; an episode that is over gives its place to the next one that can be
    watched, and leaves with the last.
    """
    newest = _newest(after_each(_begun(actor), "after", "video__pk"))
    following = [row.after for row in newest if row.completed and row.after]
    known = Video.objects.select_related("asset").in_bulk(following)
    items = []
    for row in newest:
        video = known.get(row.after) if row.completed else row.video
        if video is not None and (not row.completed or (video.asset and video.asset.is_watchable)):
            items.append(ContinueItem(video, row.video.title))
    return items


@dataclass(frozen=True, slots=True)
class Begun:
    """A title that the profile has begun: whether it is in the middle of it, and whether it has seen any of it whole."""

    title_id: UUID
    goes_on: bool
    completed: bool


def begun_titles(actor: Actor) -> list[Begun]:
    """The titles that the profile has begun, last watched first; those that go on are `continue_watching`'s.

    One query, which asks of each whether it may be seen: as `title__in` the database would look at all titles there are.
    """
    visible = Exists(Title.objects.visible_to(actor).filter(pk=OuterRef("video__title_id")).order_by())
    rows = after_each(_watched(actor).filter(visible), "after", "video__asset__state").values_list(
        *(
            "video__title_id",
            "completed",
            "hidden",
            "position_seconds",
            "video__asset__duration_seconds",
            "after",
        )
    )
    by_title: dict[UUID, list[Any]] = {}
    for title_id, *row in rows[:LOOK_BACK]:
        by_title.setdefault(title_id, []).append(row)
    found = []
    for title_id, seen in by_title.items():
        completed, hidden, position, duration, after = seen[0]
        goes_on = _is_going_on(completed, hidden, position, duration, seen_more=len(seen) > 1)
        found.append(
            Begun(title_id, goes_on and (not completed or after in WATCHABLE), any(row[0] for row in seen))
        )
    return found


def _newest(rows: "QuerySet[Any]") -> list[Any]:
    """The newest row of each title, where that is still there and more than a look into it."""
    by_title: dict[UUID, list[Any]] = {}
    for row in rows[:LOOK_BACK]:
        by_title.setdefault(row.video.title_id, []).append(row)
    return [
        found[0]
        for found in by_title.values()
        if _is_going_on(
            found[0].completed,
            found[0].hidden,
            found[0].position_seconds,
            found[0].video.asset.duration_seconds if found[0].video.asset else None,
            seen_more=len(found) > 1,
        )
    ]


def _is_going_on(
    completed: bool, hidden: bool, position: float, duration: float | None, *, seen_more: bool
) -> bool:
    if hidden or completed:
        return not hidden
    return seen_more or position >= minimum_seconds(duration)


def _begun(actor: Actor) -> "QuerySet[Progress]":
    seen = _watched(actor).filter(video__title__in=Title.objects.visible_to(actor))
    return seen.select_related("video__title", "video__asset")


def _watched(actor: Actor) -> "QuerySet[Progress]":
    films = (VideoKind.FEATURE, VideoKind.EPISODE)
    rows = Progress.objects.filter(profile=actor.profile_id, video__kind__in=films)
    return rows.order_by("-updated_at", "-id")


def history(actor: Actor) -> "QuerySet[Progress]":
    """What the profile has watched, one row a video, last watched first."""
    return _begun(actor).filter(Q(completed=True) | Q(position_seconds__gt=0))


def my_list(actor: Actor) -> "QuerySet[ListEntry]":
    """The profile's list, last added first, without what it may not see (any more)."""
    return (
        ListEntry.objects.filter(profile=actor.profile_id, title__in=Title.objects.visible_to(actor))
        .select_related("title")
        .order_by("-id")
    )


# A profile that has marked more is asked about title by title.
MOST_MARKS = 1000
# Titles whose genres are looked at: what was watched and rated last.
_TASTED = 100
# No slug begins so.
_GENRE = "#"


@dataclass(frozen=True, slots=True)
class Marks:
    """What the profile has put on titles: its list, last added first, and ratings. `whole` where these are all.

    `genres` are slugs, of the titles that it has watched or rated last.
    """

    listed: Sequence[UUID] = ()
    ratings: Mapping[UUID, str] = field(default_factory=dict)
    genres: Mapping[UUID, Collection[str]] = field(default_factory=dict)
    whole: bool = True


def marks(actor: Actor) -> Marks:
    """The profile's list, ratings and what it is used to, of titles that it may see. One query."""
    seen = Exists(Title.objects.visible_to(actor).filter(pk=OuterRef("title_id")).order_by())
    listed = ListEntry.objects.filter(seen, profile=actor.profile_id).order_by("-id")
    rated = Rating.objects.filter(seen, profile=actor.profile_id).order_by("-id")
    # Typed loosely, since the checker does not see annotations of a many-to-many's own rows.
    genres: Any = Title.genres.through.objects.annotate(
        key=F("title_id"), value=Concat(Value(_GENRE), "genre__slug", output_field=CharField())
    ).order_by()
    # A listed title has an empty value where a rated one has its own. A part of a union has no limit of its own in
    # SQLite, but may ask within one that has.
    rows = (
        ListEntry.objects.filter(pk__in=listed.values("pk")[:MOST_MARKS])
        .order_by()
        .values_list("id", "title_id", Value(""))
        .union(
            Rating.objects.filter(pk__in=rated.values("pk")[:MOST_MARKS])
            .order_by()
            .values_list("id", "title_id", "value"),
            *(
                genres.filter(title__in=titles).values_list("key", "title_id", "value")
                for titles in (
                    _watched(actor).values("video__title")[: 2 * _TASTED],
                    rated.values("title")[:_TASTED],
                )
            ),
            all=True,
        )
    )
    keys: list[UUID] = []
    ratings: dict[UUID, str] = {}
    of_titles: dict[UUID, set[str]] = defaultdict(set)
    for _, title_id, value in sorted(rows, reverse=True):
        if value.startswith(_GENRE):
            of_titles[title_id].add(value.removeprefix(_GENRE))
        elif value:
            ratings[title_id] = value
        else:
            keys.append(title_id)
    return Marks(keys, ratings, of_titles, whole=max(len(keys), len(ratings)) < MOST_MARKS)
