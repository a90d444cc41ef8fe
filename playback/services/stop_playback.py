"""Ending a stream: one's own when the player closes, or another device's to get its place."""

from uuid import UUID

from django.utils import timezone

from playback.errors import PlaybackError, PlaybackErrorCode
from playback.models import PlaybackSession
from playback.selectors.asking import stream_for_update
from playback.services.save_position import save_position
from vod.lib.actor import Actor
from vod.lib.transactions import transactional


@transactional
def stop_playback(
    *, actor: Actor, session_id: UUID | None, position_seconds: float | None = None, ends: bool = True
) -> PlaybackSession:
    """Ends a stream of the asker's account and saves the position of a stream of the asker's profile.

    With `ends` false only the position is saved. Ending one that is over is fine; its position counts
    unless the film has been watched elsewhere since. Raises PlaybackError: UNAUTHENTICATED, NOT_FOUND for
    another account's stream, INVALID.
    """
    if actor.user_id is None:
        raise PlaybackError(PlaybackErrorCode.UNAUTHENTICATED, "Sign in to watch.")
    session = stream_for_update(session_id, user_id=actor.user_id)
    now = timezone.now()
    if position_seconds is not None and session.profile_id == actor.profile_id:
        save_position(
            profile_id=session.profile_id,
            video=session.video,
            position_seconds=position_seconds,
            at=now,
            unless_after=None if session.is_live(now) else session.ended_at or session.lease_expires_at,
        )
    if ends and session.ended_at is None:
        session.ended_at = min(now, session.lease_expires_at)
        session.save(update_fields=["ended_at"])
    return session
