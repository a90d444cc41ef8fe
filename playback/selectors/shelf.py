"""A profile's own shelf: what it has begun, what it listed, what it has seen."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from catalog.models import Episode, Title, Video, VideoKind
from playback.models import ListEntry, Progress
from playback.selectors.episodes import following, in_order
from playback.selectors.positions import minimum_seconds
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
    latest: dict[UUID, list[Progress]] = {}
    for row in _seen(actor, VideoKind.FEATURE, VideoKind.EPISODE)[:LOOK_BACK]:
        latest.setdefault(row.video.title_id, []).append(row)
    series = [key for key, rows in latest.items() if rows[0].video.episode_id]
    episodes = in_order(series) if series else {}
    items = []
    for key, rows in latest.items():
        video = _going_on(rows, episodes.get(key, []))
        if video is not None:
            items.append(ContinueItem(video, rows[0].video.title))
    return items


def _going_on(rows: list[Progress], episodes: list[Episode]) -> Video | None:
    newest = rows[0]
    video = newest.video
    if newest.hidden:
        return None
    if newest.completed:
        found = following(episodes, video) if video.episode_id else None
        return found if found and found.asset and found.asset.is_watchable else None
    duration = video.asset.duration_seconds if video.asset else None
    begun = newest.position_seconds >= minimum_seconds(duration) or len(rows) > 1
    return video if begun else None


def _seen(actor: Actor, *kinds: str) -> "QuerySet[Progress]":
    return (
        Progress.objects.filter(
            profile=actor.profile_id,
            video__kind__in=kinds,
            video__title__in=Title.objects.visible_to(actor),
        )
        .select_related("video__title", "video__asset")
        .order_by("-updated_at", "-id")
    )


def history(actor: Actor) -> "QuerySet[Progress]":
    """What the profile has watched, one row a video, last watched first."""
    return _seen(actor, VideoKind.FEATURE, VideoKind.EPISODE).filter(
        Q(completed=True) | Q(position_seconds__gt=0)
    )


def my_list(actor: Actor) -> "QuerySet[ListEntry]":
    """The profile's list, last added first, without what it may not see (any more)."""
    return (
        ListEntry.objects.filter(profile=actor.profile_id, title__in=Title.objects.visible_to(actor))
        .select_related("title")
        .order_by("-id")
    )
