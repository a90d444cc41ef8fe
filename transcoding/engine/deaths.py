"""Why a tool ended: by itself, by a limit, by its own fault, for want of memory, or by somebody else's hand.

A chunk that crashes the decoder or eats the memory uses up its starts; one whose tool was killed from
outside costs nothing but time. Hence the two must not be mixed up.
"""

from __future__ import annotations

import re
import signal
from pathlib import Path

from transcoding.errors import FailureCode, KilledFromOutside, MediaError

_CRASHES = frozenset(
    {
        *(signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGILL, signal.SIGFPE),
        *(signal.SIGTRAP, signal.SIGSYS),
    }
)
_KILLS = frozenset({signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT})
_NO_MEMORY = re.compile(
    r"Cannot allocate memory|malloc of size \d+ failed|bad_alloc|[Oo]ut of memory|Resource temporarily unavailable"
)
# What ffmpeg makes of every signal that it catches (ffmpeg.c, main: received_nb_signals), and of EPERM.
_FFMPEG_INTERRUPTED = 255
_NOT_PERMITTED = "Operation not permitted"

# The words of ENOSPC and EDQUOT (strerror(3) in the locale C).
_DISK_FULL = re.compile(r"No space left on device|Disk quota exceeded")

_FULL = "There is no room left for the film that is being made. Free some space on the server; it goes on by itself."
_TOO_DEAR = "This file needs more memory or computing time than is allowed. Export it again and upload that."
_NO_ROOM = (
    "This film needs more memory than there is. It is tried again; if that does not help, export it smaller."
)
_CRASHED = "The program that reads this file crashed. Try again; if it crashes again, export the file anew."


def judge(
    status: int,
    tail: str,
    *,
    program: str,
    cpu_seconds: float,
    cpu_limit: int,
    kernel_killed: bool,
    file_limit_is_ours: bool = True,
) -> None:
    """Raise what the end of a tool means; return where it ended by itself, well or not.

    ``status`` is the exit code, or minus the signal. RESOURCE_LIMIT is permanent for computing time and
    file size, which another start would need again, and transient for memory, which another moment may have.
    A disk that is full, or a limit on files that somebody else set, is STORAGE_FAILED: not the film's fault.
    """
    if not status:
        return
    number = -status
    if (
        status == _FFMPEG_INTERRUPTED
        and Path(program).name.startswith("ffmpeg")
        and _NOT_PERMITTED not in tail
    ):
        number = signal.SIGTERM
    spent = bool(cpu_limit) and cpu_seconds >= cpu_limit
    if _DISK_FULL.search(tail) or (number == signal.SIGXFSZ and not file_limit_is_ours):
        raise MediaError(FailureCode.STORAGE_FAILED, _FULL, tail=tail)
    if number in (signal.SIGXCPU, signal.SIGXFSZ) or (spent and number in _KILLS):
        raise MediaError(FailureCode.RESOURCE_LIMIT, _TOO_DEAR, tail=tail)
    if _NO_MEMORY.search(tail) or (number in _KILLS and kernel_killed):
        raise MediaError(FailureCode.RESOURCE_LIMIT, _NO_ROOM, permanent=False, tail=tail)
    if number in _CRASHES:
        raise MediaError(
            FailureCode.ENCODER_FAILED, _CRASHED, tail=f"{tail}\nended by {_name(number)}".strip()
        )
    if number in _KILLS:
        raise KilledFromOutside(_name(number), tail=f"{tail}\nended by {_name(number)}".strip())


def _name(number: int) -> str:
    return signal.Signals(number).name
