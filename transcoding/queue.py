"""The rules of the queue: lanes, order of work, pauses, and how many may work at once.

The queue of record is the database; a message says only that a lane has work.
"""

import fcntl
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.db.models import Q

WORK_TASK = "transcoding.work"
JOB_TASK = "transcoding.job"


class Lane(StrEnum):
    """What a worker may serve, each by a queue of this name; the most important first.

    URGENT looks at new films and publishes, FIRST is what makes a film watchable, LADDER the rest of the ladder,
    THUMBNAILS are pictures of it, BACKGROUND is what nobody waits for.
    """

    URGENT = "urgent"
    FIRST = "first"
    LADDER = "ladder"
    THUMBNAILS = "thumbnails"
    BACKGROUND = "background"


LANES = tuple(Lane)
# Messages that may wait in a lane: enough to wake every idle worker, since each one that finds work sends more.
MOST_MESSAGES = 32

# Starts that failed, after which a piece of work fails its asset.
MAX_ATTEMPTS = 5
# Starts whose worker was never heard of again. Most workers die of something else than their work, so there are
# many; but work that takes its worker along each time must come to an end too.
MAX_LOSSES = 20
_LOSSES_WITHOUT_PAUSE = 2
_LONGEST_PAUSE_SECONDS = 60

# Smaller goes first: what makes a film watchable, then what keeps a promise, then the rest by its
# number, so that films take turns and a long one does not hold up a short one.
FIRST_CHUNK = 0
# A copy takes seconds, and while it is made a film becomes playable.
COPIES = 1
SOUND = 1
SUBTITLES = 2
STORYBOARD = 3
_PROMISED = 100
_LADDER = 1_000_000
# Behind everything that somebody waits for. A preview takes seconds, and AV1 of one film an hour.
PREVIEW = 999_999_999
AV1 = 1_000_000_000


# A lane of chunks is a range of priorities, so that one index answers for all: from, and up to but not with.
_FOREMOST, _LAST = -(2**31), 2**31 - 1
PRIORITIES: dict[Lane, tuple[int, int]] = {
    Lane.FIRST: (_FOREMOST, STORYBOARD),
    Lane.LADDER: (STORYBOARD + 1, PREVIEW),
    Lane.THUMBNAILS: (STORYBOARD, STORYBOARD + 1),
    Lane.BACKGROUND: (PREVIEW, _LAST),
}


def lanes_named(names: Collection[str]) -> frozenset[Lane]:
    """The lanes among `names`; all of them where there is none, as in a message of an older version."""
    return frozenset(lane for lane in LANES if lane in names) or frozenset(LANES)


def of_lanes(lanes: Collection[Lane]) -> Q:
    """The chunks of these lanes."""
    ranges = [PRIORITIES[lane] for lane in PRIORITIES if lane in lanes]
    if len(ranges) == len(PRIORITIES):
        return Q()
    found = Q(pk__in=())
    for start, end in ranges:
        found |= Q(priority__gte=start, priority__lt=end)
    return found


def priority_of_chunk(number: int, *, promised: bool = False) -> int:
    """The place in the queue of a film's picture chunk; `promised` ones have viewers close behind."""
    if number == 0:
        return FIRST_CHUNK
    return number + (_PROMISED if promised else _LADDER)


def priority_of_rest(number: int, *, pieces: int) -> int:
    """The place of the upper rungs of a piece whose lowest went ahead, in a film of so many: behind all its lowest."""
    return number + pieces + _LADDER


def pause_before(attempt: int) -> timedelta:
    """How long to wait before the start that follows `attempt` failed ones: 5 s, 15 s, 45 s, …"""
    return timedelta(seconds=settings.CHUNK_PAUSE_SECONDS * 3 ** max(0, attempt - 1))


def pause_after_loss(losses: int) -> timedelta:
    """How long to wait after so many starts were cut off from outside: not at all twice, then 5 s to a minute."""
    if losses <= _LOSSES_WITHOUT_PAUSE:
        return timedelta(0)
    pause = settings.CHUNK_PAUSE_SECONDS * 3 ** min(losses - _LOSSES_WITHOUT_PAUSE - 1, 8)
    return timedelta(seconds=min(pause, _LONGEST_PAUSE_SECONDS))


def pause_for_surroundings() -> timedelta:
    """How long to wait for what no film is to blame for: a full disk, a store that is away. Without end."""
    return timedelta(seconds=3 * settings.CHUNK_PAUSE_SECONDS)


def slots() -> int:
    """How many chunks this machine makes at once: one a core that we may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def encoding_slot(folder: Path) -> Iterator[bool]:
    """Holds one of this machine's slots; False where all are taken.

    A lock on a file, which the kernel lets go of with the process, however it ends.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(slots()):
        handle = os.open(folder / f"slot-{number}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            continue
        try:
            yield True
        finally:
            os.close(handle)
        return
    yield False
