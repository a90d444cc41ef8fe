"""Keeping where a profile is in a video."""

from datetime import datetime
from uuid import UUID

from catalog.models import Video
from playback.errors import PlaybackError, PlaybackErrorCode
from playback.models import Progress
from playback.selectors.positions import clamped, completed_from, minimum_seconds
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
    if is_new or row.updated_at > min(at, unless_after or at):
        return
    begun = minimum_seconds(duration)
    if position < begun and (row.completed or row.position_seconds >= begun):
        # A player that has not found its place yet, or somebody who looks into a film again: what is kept
        # stays until the film is really watched from there.
        return
    row.position_seconds, row.completed, row.hidden, row.updated_at = position, seen, False, at
    row.save(update_fields=["position_seconds", "completed", "hidden", "updated_at"])
