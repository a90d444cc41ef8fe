"""The streams of an account, and whether one of them may fetch a media object now."""

import re
from fractions import Fraction
from uuid import UUID

from django.utils import timezone

from catalog.models import Title
from playback.models import PlaybackSession
from playback.tokens import make_token, read_token
from transcoding.engine.ladder import class_of
from transcoding.engine.renditions import ORIGINAL_NAME
from transcoding.models import Rendition, RenditionKind, RenditionState
from vod.lib.actor import Actor

_RUNG = re.compile(r"video-(?P<height>[0-9]{1,5})(?P<av1>-av1)?/")


def own_session(actor: Actor, session_id: UUID | None) -> PlaybackSession | None:
    """The stream that this profile of this account started; None for any other."""
    if session_id is None or actor.user_id is None:
        return None
    return (
        PlaybackSession.objects.select_related("version__asset", "video__title", "profile")
        .filter(pk=session_id, user=actor.user_id, profile=actor.profile_id)
        .first()
    )


def watcher_of(session: PlaybackSession) -> Actor:
    """The session's account and profile as they are now, for the visibility rule."""
    return Actor(
        user_id=session.user_id,
        is_operator=session.user.is_staff,
        profile_id=session.profile_id,
        is_kids=session.profile.is_kids if session.profile else False,
        maturity_limit=session.profile.maturity_limit if session.profile else None,
    )


def stream_of(token: str, version_id: UUID) -> PlaybackSession | None:
    """The live stream that a token of a media path belongs to, for that version; None refuses.

    Asks the database each time, so what ends a stream (stopping it, its lease, the account closed, the
    title withdrawn or put above the profile's limit) is felt at the next segment.
    """
    session_id = read_token(token, version=version_id)
    if session_id is None:
        return None
    session = (
        PlaybackSession.objects.live(timezone.now())
        .select_related("version", "user", "profile")
        # What every segment's request needs and no more: composing long lists of columns costs more than
        # the database does, and the plan, which is large, is of use to one request in a thousand.
        .only(
            "max_height",
            "video",
            "user__is_staff",
            "profile__is_kids",
            "profile__maturity_limit",
            "version__key_prefix",
            "version__published_at",
            "version__has_storyboard",
        )
        .filter(pk=session_id, version=version_id, user__is_active=True)
        .first()
    )
    if session is None:
        return None
    visible = Title.objects.visible_to(watcher_of(session)).filter(videos=session.video_id)
    return session if visible.exists() else None


def is_within_plan(session: PlaybackSession, path: str) -> bool:
    """Whether the plan's greatest height allows what lies at `path`; the lowest rung is always allowed.

    The master does not name the others, but their addresses are easily guessed.
    """
    if path.startswith(f"{ORIGINAL_NAME}/"):
        return _height_of_original(session) <= session.max_height
    rung = _RUNG.match(path)
    if rung is None or int(rung["height"]) <= session.max_height:
        return True
    if rung["av1"]:
        return False
    names = Rendition.objects.filter(version=session.version_id, kind=RenditionKind.VIDEO).values_list(
        "name", flat=True
    )
    heights = [int(known["height"]) for name in names if (known := _RUNG.match(f"{name}/"))]
    return int(rung["height"]) == min(heights, default=0)


def _height_of_original(session: PlaybackSession) -> Fraction:
    row = Rendition.objects.filter(version=session.version_id, name=ORIGINAL_NAME).first()
    return class_of(row.width or 0, row.height or 0) if row else Fraction(0)


def may_see_original(session: PlaybackSession) -> bool:
    """Whether the source's own picture is there, whole, and within the plan's greatest height."""
    whole = Rendition.objects.filter(
        version=session.version_id, name=ORIGINAL_NAME, state=RenditionState.READY
    )
    return whole.exists() and _height_of_original(session) <= session.max_height


def media_folder(session: PlaybackSession) -> str:
    """The address below which everything of the session lies: a path of this site, ending in a slash."""
    return f"/stream/{make_token(session=session.pk, version=session.version_id)}/{session.version_id}/"
