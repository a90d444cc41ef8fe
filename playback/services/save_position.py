"""Keeping where a profile is in a video."""

from datetime import datetime
from uuid import UUID

from catalog.models import Video, VideoKind
from playback.errors import PlaybackError, PlaybackErrorCode
from playback.models import Play, Progress
from playback.selectors.positions import clamped, completed_from, minimum_seconds
from playback.services.changes import place_changed, shelf_changed
from vod.lib.transactions import transactional


@transactional
def save_position(
    *,
    profile_id: UUID | None,
    video: Video,
    position_seconds: float,
    at: datetime,
    unless_after: datetime | None = None,
) -> None:
    """Writes the position that arrived `at` (server time, UTC); a later one that is there already stays.

    With `unless_after`, one that is newer than that stays too: what a dead stream still says must not
    take a living one back. Without a profile there is nobody to keep it for. Raises PlaybackError INVALID for a position that is no number.
    """
    duration = video.asset.duration_seconds if video.asset else None
    try:
        position = clamped(position_seconds, duration)
    except ValueError:
        raise PlaybackError(
            PlaybackErrorCode.INVALID, "A position is a number of seconds.", field="positionSeconds"
        ) from None
    if profile_id is None:
        return
    seen = position >= completed_from(video, duration)
    row, is_new = Progress.objects.select_for_update().get_or_create(
        profile_id=profile_id,
        video=video,
        defaults={"position_seconds": position, "completed": seen, "updated_at": at},
    )
    begun = minimum_seconds(duration)
    if is_new:
        shelf_changed(profile_id)
        if seen or position >= begun:
            _count_play(profile_id, video, at)
        return
    if row.updated_at > min(at, unless_after or at):
        return
    if position < begun and (row.completed or row.position_seconds >= begun):
        # A player that has not found its place yet, or somebody who looks into a film again: what is kept
        # stays until the film is really watched from there.
        return
    before, last = _shown(row, begun), row.updated_at
    row.position_seconds, row.completed, row.hidden, row.updated_at = position, seen, False, at
    row.save(update_fields=["position_seconds", "completed", "hidden", "updated_at"])
    if _shown(row, begun) != before or _was_overtaken(row, last):
        shelf_changed(profile_id)
    else:
        place_changed(profile_id)
    if (seen or position >= begun) and (before != _shown(row, begun) or last.date() != at.date()):
        _count_play(profile_id, video, at)


def _shown(row: Progress, begun: float) -> tuple[bool, bool, bool]:
    """What a shelf shows of a position: not where exactly it is, which each heartbeat changes."""
    return row.completed, row.hidden, row.position_seconds >= begun


def _was_overtaken(row: Progress, last: datetime) -> bool:
    """Whether the profile watched something else since, so that now the order changes."""
    later = Progress.objects.filter(profile=row.profile_id, updated_at__gt=last)
    return later.exclude(pk=row.pk).exists()


def _count_play(profile_id: UUID, video: Video, at: datetime) -> None:
    if video.kind in (VideoKind.FEATURE, VideoKind.EPISODE):
        play = Play(profile_id=profile_id, title_id=video.title_id, day=at.date())
        Play.objects.bulk_create([play], ignore_conflicts=True)
