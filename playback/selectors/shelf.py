"""A profile's own shelf: what it has begun, what it listed, what it has seen."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from catalog.models import Title, Video, VideoKind
from playback.models import ListEntry, Progress
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


def titles_going_on(actor: Actor) -> list[Title]:
    """The titles of `continue_watching` alone. One query."""
    newest = _newest(after_each(_begun(actor), "after", "video__asset__state"))
    return [row.video.title for row in newest if not row.completed or row.after in WATCHABLE]


def _newest(rows: "QuerySet[Any]") -> list[Any]:
    """The newest row of each title, where that is still there and more than a look into it."""
    by_title: dict[UUID, list[Any]] = {}
    for row in rows[:LOOK_BACK]:
        by_title.setdefault(row.video.title_id, []).append(row)
    return [found[0] for found in by_title.values() if _is_going_on(found[0], seen_more=len(found) > 1)]


def _is_going_on(row: Progress, *, seen_more: bool) -> bool:
    if row.hidden or row.completed:
        return not row.hidden
    duration = row.video.asset.duration_seconds if row.video.asset else None
    return seen_more or row.position_seconds >= minimum_seconds(duration)


def _begun(actor: Actor) -> "QuerySet[Progress]":
    return (
        Progress.objects.filter(
            profile=actor.profile_id,
            video__kind__in=(VideoKind.FEATURE, VideoKind.EPISODE),
            video__title__in=Title.objects.visible_to(actor),
        )
        .select_related("video__title", "video__asset")
        .order_by("-updated_at", "-id")
    )


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
