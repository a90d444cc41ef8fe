"""A player's sign of life."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from catalog.models import Title
from playback.errors import PlaybackError, PlaybackErrorCode
from playback.models import PlaybackSession
from playback.selectors.asking import no_stream, player, stream_for_update
from playback.selectors.streams import password_mark
from playback.services.save_position import save_position
from vod.lib.actor import Actor
from vod.lib.transactions import transactional


def heartbeat(
    *, actor: Actor, session_id: UUID | None, position_seconds: float, state: str
) -> PlaybackSession:
    """Keeps the stream's place for another lease and saves the position.

    Raises PlaybackError: UNAUTHENTICATED, PROFILE_REQUIRED, NOT_FOUND for a stream that this profile did
    not start, SESSION_ENDED for one that is over or may no longer be watched, INVALID.
    """
    session, goes_on = _beat(actor, session_id, position_seconds, state)
    if not goes_on:
        raise PlaybackError(
            PlaybackErrorCode.SESSION_ENDED,
            "This stream has ended. Press play to watch on.",
            field="sessionId",
        )
    return session


@transactional
def _beat(
    actor: Actor, session_id: UUID | None, position_seconds: float, state: str
) -> tuple[PlaybackSession, bool]:
    """The stream, and whether it goes on; one that does not is ended, and that is committed."""
    user_id, profile_id = player(actor)
    now = timezone.now()
    session = stream_for_update(session_id, user_id=user_id)
    if session.profile_id != profile_id:
        raise no_stream()
    goes_on = session.is_live(now) and _may_still_watch(actor, session)
    if goes_on:
        session.lease_expires_at = now + timedelta(seconds=settings.PLAYBACK_LEASE_SECONDS)
        session.state = state
        session.save(update_fields=["lease_expires_at", "state"])
        save_position(profile_id=profile_id, video=session.video, position_seconds=position_seconds, at=now)
    elif session.ended_at is None:
        session.ended_at = min(now, session.lease_expires_at)
        session.save(update_fields=["ended_at"])
    return session, goes_on


def _may_still_watch(actor: Actor, session: PlaybackSession) -> bool:
    if session.place >= actor.max_streams or session.password_mark != password_mark(session.user.password):
        return False
    return Title.objects.visible_to(actor).filter(pk=session.video.title_id).exists()
