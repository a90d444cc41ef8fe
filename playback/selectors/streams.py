"""The streams of an account, and whether one of them may fetch a media object now."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts.plans import limits
from catalog.models import Title
from playback.models import PlaybackSession
from playback.tokens import make_token, read_token
from transcoding.engine.ladder import class_of
from transcoding.engine.renditions import ORIGINAL_NAME
from transcoding.models import Rendition, RenditionKind, RenditionState
from vod.lib.actor import Actor, operates
from vod.lib.statements import Statement

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


@dataclass(frozen=True, slots=True)
class LiveStream:
    """A stream that may fetch now: what its requests need of it. `max_height` (pixels) is the plan's of now, if lower."""

    session_id: UUID
    user_id: UUID
    version_id: UUID
    max_height: int


def password_mark(password: str) -> str:
    """What stands for a password, as the account keeps it, in rows of streams: a change of it ends them."""
    return hashlib.sha256(password.encode()).hexdigest()


def stream_of(token: str, version_id: UUID) -> LiveStream | None:
    """The live stream that a token of a media path belongs to, for that version; None refuses.

    Asks the database each time, so what ends a stream is felt at the next segment: stopping it, its lease, another
    password, the account closed, a role or a place of the plan lost, the profile made a child's, the title withdrawn or put
    above the profile's limit.
    """
    session_id = read_token(token, version=version_id)
    if session_id is None:
        return None
    now = timezone.now()
    row = _sessions.first(session=session_id, version=version_id, now=now)
    if row is None:
        return None
    user_id, title_id, place, max_height, mark, password, is_staff, profile_id, is_kids, limit, *plan = row
    max_streams, plan_height = plan
    is_operator = operates(is_staff=is_staff, is_active=True, is_kids=bool(is_kids))
    if mark != password_mark(password) or place >= max_streams:
        return None
    if profile_id is None and not is_operator:
        return None
    if _visible(is_operator, bool(is_kids), limit).first(title=title_id, **_moment(is_operator, now)) is None:
        return None
    return LiveStream(session_id, user_id, version_id, min(max_height, plan_height))


_OF_A_SESSION = (
    *("user", "video__title", "place", "max_height", "password_mark", "user__password", "user__is_staff"),
    *("profile", "profile__is_kids", "profile__maturity_limit", "plan_max_streams", "plan_max_height"),
)


def _live(session: UUID, version: UUID, now: datetime) -> Any:
    rows = PlaybackSession.objects.live(now).filter(pk=session, version=version, user__is_active=True)
    # Typed loosely, since the checker does not see annotations by name.
    annotated: Any = rows.annotate(**limits("user__")).order_by()
    return annotated.values_list(*_OF_A_SESSION)[:1]


_sessions = Statement(_live, session=UUID, version=UUID, now=datetime)


@lru_cache(maxsize=256)
def _visible(is_operator: bool, is_kids: bool, limit: int | None) -> Statement:
    """Whether a title may be seen by whom these three tell of: all that the rule asks of an actor."""
    actor = Actor(is_operator=is_operator, is_kids=is_kids, maturity_limit=limit)
    kinds = _moment(is_operator, datetime)
    return Statement(
        lambda title, now=None: (
            Title.objects.visible_to(actor, at=now).filter(pk=title).order_by().values_list("pk")[:1]
        ),
        title=UUID,
        **kinds,
    )


def _moment(is_operator: bool, now: Any) -> dict[str, Any]:
    # Operators see titles at any time.
    return {} if is_operator else {"now": now}


def is_within_plan(stream: LiveStream, path: str) -> bool:
    """Whether the plan's greatest height allows what lies at `path`; the lowest rung is always allowed.

    The master does not name the others, but their addresses are easily guessed.
    """
    if path.startswith(f"{ORIGINAL_NAME}/"):
        return _height_of_original(stream.version_id) <= stream.max_height
    rung = _RUNG.match(path)
    if rung is None or int(rung["height"]) <= stream.max_height:
        return True
    if rung["av1"]:
        return False
    names = Rendition.objects.filter(version=stream.version_id, kind=RenditionKind.VIDEO).values_list(
        "name", flat=True
    )
    heights = [int(known["height"]) for name in names if (known := _RUNG.match(f"{name}/"))]
    return int(rung["height"]) == min(heights, default=0)


def _height_of_original(version_id: UUID) -> Fraction:
    row = Rendition.objects.filter(version=version_id, name=ORIGINAL_NAME).first()
    return class_of(row.width or 0, row.height or 0) if row else Fraction(0)


def may_see_original(session: PlaybackSession) -> bool:
    """Whether the source's own picture is there, whole, and within the plan's greatest height."""
    whole = Rendition.objects.filter(
        version=session.version_id, name=ORIGINAL_NAME, state=RenditionState.READY
    )
    return whole.exists() and _height_of_original(session.version_id) <= session.max_height


def media_folder(session: PlaybackSession) -> str:
    """The address below which everything of the session lies: a path of this site, ending in a slash."""
    return f"/stream/{make_token(session=session.pk, version=session.version_id)}/{session.version_id}/"
