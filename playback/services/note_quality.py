"""Keeping what players say of how their streams run."""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count
from django.utils import timezone

from playback.errors import PlaybackError, PlaybackErrorCode
from playback.models import PlaybackSession, QualityEvent
from playback.selectors.asking import no_stream
from vod.lib import metrics
from vod.lib.actor import Actor
from vod.lib.statements import Insertion, Statement
from vod.lib.transactions import transactional

MOST_EVENTS = 100
# What one stream may say in all: many times what a bad evening comes to.
MOST_EVENTS_OF_STREAM = 5000
# How long after its lease a stream may still say how it went.
_LATE = timedelta(days=1)
_DAY_SECONDS = 86_400.0
_MOST_HEIGHT = 32_768
_MOST_BITRATE = 10**10

_Kind = QualityEvent.Kind
# What each kind must say, and what it may say besides `at` and `position`.
_NEEDS: Mapping[str, frozenset[str]] = {
    _Kind.START: frozenset({"seconds"}),
    _Kind.PLAYED: frozenset({"seconds"}),
    _Kind.STALL: frozenset({"seconds"}),
    _Kind.SWITCH: frozenset({"height"}),
    _Kind.ERROR: frozenset({"code"}),
}
_MAY: Mapping[str, frozenset[str]] = {
    _Kind.START: frozenset(),
    _Kind.PLAYED: frozenset(),
    _Kind.STALL: frozenset(),
    _Kind.SWITCH: frozenset({"bitrate"}),
    _Kind.ERROR: frozenset({"fatal", "status"}),
}
_ALWAYS = frozenset({"type", "ago", "position"})


class _Event(NamedTuple):
    at: datetime
    kind: str
    seconds: float | None
    position_seconds: float | None
    height: int | None
    bitrate: int | None
    code: str
    status: int | None
    fatal: bool


_known = Statement(
    lambda session, user, after: PlaybackSession.objects.filter(
        pk=session, user=user, lease_expires_at__gt=after
    ).values_list("place"),
    session=UUID,
    user=UUID,
    after=datetime,
)
_said = Statement(
    lambda session: (
        QualityEvent.objects.filter(session=session).order_by().values("session").values_list(Count("pk"))
    ),
    session=UUID,
)
_events = Insertion(QualityEvent, "session", *_Event._fields)
_CODES = tuple(QualityEvent.Code.values)


class TooManyEvents(PlaybackError):
    """The stream has said enough."""

    def __init__(self) -> None:
        super().__init__(PlaybackErrorCode.INVALID, "This stream has said enough.", field="events")


def note_quality(*, actor: Actor, session_id: UUID | None, events: object) -> int:
    """Keeps a batch of events of a stream of the actor's account, all or none; answers how many.

    They are in the database, committed, when this returns. Raises PlaybackError: UNAUTHENTICATED, NOT_FOUND for
    another account's stream and for one that ended more than a day ago, INVALID; TooManyEvents.
    """
    if actor.user_id is None:
        raise PlaybackError(PlaybackErrorCode.UNAUTHENTICATED, "Sign in to watch.")
    now = timezone.now()
    rows = _read(events, now)
    _keep(actor.user_id, session_id, rows, now)
    # Counted when they are safe. A process that is killed in between has kept them and not counted them.
    for row in rows:
        metrics.count_quality(kind=row.kind, seconds=row.seconds, code=row.code)
    return len(rows)


@transactional
def _keep(user_id: UUID, session_id: UUID | None, rows: Sequence[_Event], now: datetime) -> None:
    if session_id is None or not _known.rows(session=session_id, user=user_id, after=now - _LATE):
        raise no_stream()
    said = _said.first(session=session_id) or (0,)
    if said[0] + len(rows) > MOST_EVENTS_OF_STREAM:
        raise TooManyEvents
    _events.add([(session_id, *row) for row in rows])


def _read(events: object, now: datetime) -> list[_Event]:
    if not isinstance(events, list) or not 1 <= len(events) <= MOST_EVENTS:
        raise _invalid(f"Send 1 to {MOST_EVENTS} events.")
    return [_event(event, now) for event in events]


def _event(said: Any, now: datetime) -> _Event:
    kind = said.get("type") if isinstance(said, dict) else None
    if not isinstance(kind, str) or kind not in _NEEDS:
        raise _invalid("The type of an event is one of " + ", ".join(_NEEDS) + ".")
    needs, names = _NEEDS[kind], said.keys()
    if not needs <= names <= needs | _MAY[kind] | _ALWAYS:
        raise _invalid(f"{kind} says {', '.join(sorted(needs))}.")
    code, fatal = said.get("code", ""), said.get("fatal", False)
    if not isinstance(fatal, bool) or (code not in _CODES if "code" in needs else code != ""):
        raise _invalid("The code of an error is one of " + ", ".join(sorted(_CODES)) + ".")
    return _Event(
        at=now - timedelta(seconds=_number(said, "ago", _DAY_SECONDS) or 0.0),
        kind=kind,
        seconds=_number(said, "seconds", _DAY_SECONDS),
        position_seconds=_number(said, "position", _DAY_SECONDS),
        height=_whole(said, "height", _MOST_HEIGHT),
        bitrate=_whole(said, "bitrate", _MOST_BITRATE),
        code=code,
        status=_whole(said, "status", 999),
        fatal=fatal,
    )


def _number(said: Mapping[str, Any], name: str, most: float) -> float | None:
    if name not in said:
        return None
    value = said[name]
    if not isinstance(value, float) or not math.isfinite(value) or not 0 <= value <= most:
        raise _invalid(f"{name} is a number from 0 to {most:.0f}.")
    return value


def _whole(said: Mapping[str, Any], name: str, most: int) -> int | None:
    value = _number(said, name, most)
    return None if value is None else round(value)


def _invalid(message: str) -> PlaybackError:
    return PlaybackError(PlaybackErrorCode.INVALID, message, field="events")
