"""Opening a stream: who may, what, and whether the plan has a place left."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import count
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from accounts.models import Profile, User
from accounts.plans import limits, limits_of
from playback.errors import PlaybackError, PlaybackErrorCode
from playback.models import PlaybackSession
from playback.selectors.asking import player, visible_video
from playback.selectors.streams import password_mark
from vod.lib.actor import Actor, operates
from vod.lib.transactions import transactional

NAME_LENGTH = 80


class StreamLimitReached(PlaybackError):
    """All places of the plan are taken; `conflicts` are the streams that hold them, oldest first."""

    def __init__(self, conflicts: Sequence[PlaybackSession]) -> None:
        super().__init__(
            PlaybackErrorCode.STREAM_LIMIT,
            "Your plan's streams are all in use. Stop one of them to watch here.",
        )
        self.conflicts = conflicts


@transactional
def start_playback(
    *, actor: Actor, video_id: UUID | None, device_name: str, device_id: str = ""
) -> PlaybackSession:
    """A new stream of the video for the actor's profile (an operator may have none), with a lease of PLAYBACK_LEASE_SECONDS.

    A device with an id replaces its own stream. Raises PlaybackError: UNAUTHENTICATED, PROFILE_REQUIRED,
    NOT_FOUND (also for what the profile may not see), NOT_PLAYABLE, INVALID; StreamLimitReached where no
    place is left. However many ask at the same moment, no more start than the plan has places.
    """
    user_id, profile_id = player(actor)
    if len(device_id) > NAME_LENGTH or not device_id.isprintable():
        raise PlaybackError(
            PlaybackErrorCode.INVALID,
            f"A device id has at most {NAME_LENGTH} printable characters.",
            field="deviceId",
        )
    # One writer at a time for an account: this row is the lock (on SQLite the transaction itself is). All that decides
    # is read behind it.
    User.objects.select_for_update().get(pk=user_id)
    user, actor = _as_of_now(actor, user_id, profile_id)
    video = visible_video(actor, video_id)
    version = video.asset.current_version if video.asset and video.asset.is_watchable else None
    if version is None:
        raise PlaybackError(
            PlaybackErrorCode.NOT_PLAYABLE,
            "This cannot be watched yet. It is still being prepared.",
            field="videoId",
        )
    now = timezone.now()
    live = PlaybackSession.objects.live(now).filter(user=user_id)
    if device_id:
        live.filter(device_id=device_id).update(ended_at=now)
    holding = list(live.select_related("profile").order_by("id"))
    if len(holding) >= actor.max_streams:
        raise StreamLimitReached(holding)
    taken = {session.place for session in holding}
    return PlaybackSession.objects.create(
        user_id=user_id,
        profile_id=profile_id,
        video=video,
        version=version,
        device_name=_tidy(device_name),
        device_id=device_id,
        login=actor.login,
        password_mark=password_mark(user.password),
        place=next(place for place in count() if place not in taken),
        max_height=actor.max_height,
        lease_expires_at=now + timedelta(seconds=settings.PLAYBACK_LEASE_SECONDS),
    )


def _as_of_now(actor: Actor, user_id: UUID, profile_id: UUID | None) -> tuple[User, Actor]:
    """The account, and the actor with what role, plan and profile say by now. Raises PlaybackError UNAUTHENTICATED."""
    user = User.objects.annotate(**limits()).filter(pk=user_id, is_active=True).first()
    profile = Profile.objects.filter(pk=profile_id, user=user_id).first() if profile_id else None
    if user is None:
        raise PlaybackError(PlaybackErrorCode.UNAUTHENTICATED, "Sign in to watch.")
    max_streams, max_height = limits_of(user)
    is_kids = profile.is_kids if profile else False
    now = replace(
        actor,
        is_operator=operates(is_staff=user.is_staff, is_active=True, is_kids=is_kids),
        profile_id=profile.pk if profile else None,
        is_kids=is_kids,
        maturity_limit=profile.maturity_limit if profile else None,
        max_streams=max_streams,
        max_height=max_height,
    )
    player(now)
    return user, now


def _tidy(name: str) -> str:
    """A name that fits one line of somebody else's screen."""
    printable = "".join(char if char.isprintable() else " " for char in name)
    return " ".join(printable.split())[:NAME_LENGTH] or "A device"
