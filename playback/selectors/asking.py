"""Who may watch what: the checks that every verb of playback begins with."""

from uuid import UUID

from catalog.models import Title, Video
from playback.errors import PlaybackError, PlaybackErrorCode
from playback.models import PlaybackSession
from vod.lib.actor import Actor


def watcher(actor: Actor) -> tuple[UUID, UUID]:
    """Keys of the user and the profile that watch; operators too watch on a profile, which keeps positions.

    Raises PlaybackError UNAUTHENTICATED or PROFILE_REQUIRED.
    """
    if actor.user_id is None:
        raise PlaybackError(PlaybackErrorCode.UNAUTHENTICATED, "Sign in to watch.")
    if actor.profile_id is None:
        raise PlaybackError(PlaybackErrorCode.PROFILE_REQUIRED, "Choose a profile to watch on.")
    return actor.user_id, actor.profile_id


def visible_title(actor: Actor, title_id: UUID | None) -> Title:
    """The title. Raises PlaybackError NOT_FOUND for one that the actor may not see, as for none at all."""
    title = Title.objects.visible_to(actor).filter(pk=title_id).first() if title_id else None
    if title is None:
        raise PlaybackError(PlaybackErrorCode.NOT_FOUND, "There is no such title.", field="titleId")
    return title


def visible_video(actor: Actor, video_id: UUID | None) -> Video:
    """The video with its title and asset. Raises PlaybackError NOT_FOUND as `visible_title` does."""
    video = (
        Video.objects.select_related("title", "asset__current_version", "episode__season")
        .filter(pk=video_id, title__in=Title.objects.visible_to(actor))
        .first()
        if video_id
        else None
    )
    if video is None:
        raise PlaybackError(PlaybackErrorCode.NOT_FOUND, "There is no such video.", field="videoId")
    return video


def stream_for_update(session_id: UUID | None, *, user_id: UUID, profile_id: UUID | None) -> PlaybackSession:
    """The account's stream, locked until the transaction ends; with a profile, only one of that profile.

    Raises PlaybackError NOT_FOUND for another's, as for none at all.
    """
    rows = PlaybackSession.objects.select_for_update(of=("self",)).filter(user=user_id)
    if profile_id is not None:
        rows = rows.filter(profile=profile_id)
    session = (
        rows.select_related("video__asset", "profile").filter(pk=session_id).first() if session_id else None
    )
    if session is None:
        raise PlaybackError(PlaybackErrorCode.NOT_FOUND, "There is no such stream.", field="sessionId")
    return session
