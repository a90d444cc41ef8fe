"""Who may watch what: the checks that every verb of playback begins with."""

from uuid import UUID

from catalog.models import Title, Video
from playback.errors import PlaybackError, PlaybackErrorCode
from playback.models import PlaybackSession
from vod.lib.actor import Actor


def watcher(actor: Actor) -> tuple[UUID, UUID]:
    """Keys of the user and the profile that keeps something: a list, a rating, a place in a film.

    Raises PlaybackError UNAUTHENTICATED or PROFILE_REQUIRED.
    """
    if actor.user_id is None:
        raise PlaybackError(PlaybackErrorCode.UNAUTHENTICATED, "Sign in to watch.")
    if actor.profile_id is None:
        raise PlaybackError(PlaybackErrorCode.PROFILE_REQUIRED, "Choose a profile to watch on.")
    return actor.user_id, actor.profile_id


def player(actor: Actor) -> tuple[UUID, UUID | None]:
    """Keys of the user and the profile that a stream is for; an operator may watch without one.

    Raises PlaybackError UNAUTHENTICATED or PROFILE_REQUIRED.
    """
    if actor.user_id is not None and actor.is_operator:
        return actor.user_id, actor.profile_id
    return watcher(actor)


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


def stream_for_update(session_id: UUID | None, *, user_id: UUID) -> PlaybackSession:
    """The account's stream, locked until the transaction ends.

    Raises PlaybackError NOT_FOUND for another's, as for none at all.
    """
    rows = PlaybackSession.objects.select_for_update(of=("self",)).filter(user=user_id)
    session = (
        rows.select_related("video__asset", "profile", "user").filter(pk=session_id).first()
        if session_id
        else None
    )
    if session is None:
        raise no_stream()
    return session


def no_stream() -> PlaybackError:
    """The answer for another's stream, as for none at all."""
    return PlaybackError(PlaybackErrorCode.NOT_FOUND, "There is no such stream.", field="sessionId")
