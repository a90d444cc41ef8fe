"""The only door to a subprocess in the product.

Every call has a list of arguments (never a shell), a process group of its own, limits, a wall timeout
that ends the whole group, and dies with the process that started it.
"""

from __future__ import annotations

import logging
import os
import resource
import selectors
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from transcoding.engine.deaths import judge
from transcoding.engine.door import Door
from transcoding.engine.ending import POLL_SECONDS, Watch, end, reap
from transcoding.engine.memory import memory_share, oom_kills
from transcoding.engine.sources import Remote, Source
from transcoding.errors import FailureCode, MediaError

logger = logging.getLogger(__name__)

_LAUNCHER = str(Path(__file__).with_name("launch.py"))
_TAIL_BYTES = 4096
_GIB = 1024**3
_GONE = "The uploaded file cannot be found. Try again; if that does not help, upload it again."
_NO_FOLDER = "There is no place to work on this film. This is tried again by itself."
_NO_SANDBOX = "The sandbox that films are read in could not be set up. This is tried again by itself."


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one call; 0 is none. Seconds of wall and CPU time, bytes of memory and of each file.

    Memory is bounded by a share of what the machine has as well, so that a greedy decoder is refused
    memory before the kernel kills somebody for it.
    """

    wall_seconds: float = 60.0
    cpu_seconds: int = 0
    memory_bytes: int = 8 * _GIB
    file_bytes: int = 0
    output_bytes: int = 64 * 1024**2
    nice: int = 0


@dataclass(frozen=True, slots=True)
class Usage:
    """What a call cost: CPU seconds of user and system, wall seconds, greatest resident memory.

    Memory is never less than this process had at its own peak: Linux counts what a program's starter held as the
    program's (``exec_mmap`` in the kernel's ``fs/exec.c``).
    """

    cpu_seconds: float = 0.0
    wall_seconds: float = 0.0
    peak_bytes: int = 0

    def plus(self, other: Usage) -> Usage:
        return Usage(
            self.cpu_seconds + other.cpu_seconds,
            self.wall_seconds + other.wall_seconds,
            max(self.peak_bytes, other.peak_bytes),
        )


@dataclass(frozen=True, slots=True)
class Completed:
    """A call that ended by itself; ``tail`` is the end of its standard error."""

    returncode: int
    stdout: bytes
    tail: str
    usage: Usage


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a piece of work is. ``fraction`` is 0 to 1, ``speed`` film seconds a wall second."""

    fraction: float
    seconds_done: float
    speed: float | None
    seconds_left: float | None


OnProgress = Callable[[Progress], None] | None
ShouldStop = Callable[[], bool] | None


class Sandbox(Protocol):
    """Where a stronger wall goes (bubblewrap): rewrites a command so that it sees these paths only.

    ``nested`` says that the command is another program which starts the tool and reports its death by a
    signal as 128 + number.
    """

    @property
    def nested(self) -> bool: ...

    def wrap(
        self, arguments: Sequence[str], *, reads: Sequence[Path], writes: Sequence[Path]
    ) -> list[str]: ...

    def broken(self, status: int) -> bool:
        """Whether this end (exit code, or minus the signal) says that the tool was never started."""


class NoSandbox:
    """Limits only."""

    nested = False

    def wrap(self, arguments: Sequence[str], *, reads: Sequence[Path], writes: Sequence[Path]) -> list[str]:
        return list(arguments)

    def broken(self, status: int) -> bool:
        return False


@dataclass(slots=True)
class _Streams:
    stdout: bytearray = field(default_factory=bytearray)
    stderr: bytearray = field(default_factory=bytearray)
    pending: bytearray = field(default_factory=bytearray)


def run(
    arguments: Sequence[str],
    *,
    limits: Limits,
    sandbox: Sandbox,
    reads: Sequence[Source] = (),
    writes: Sequence[Path] = (),
    on_line: Callable[[str], None] | None = None,
    on_data: Callable[[bytes], None] | None = None,
    should_stop: ShouldStop = None,
    cwd: Path | None = None,
    may_fail: bool = False,
) -> Completed:
    """Run a tool to its end and answer what it said and cost; log a failure unless it ``may_fail``.

    ``on_line`` gets each line of standard output as it comes, or ``on_data`` its bytes, and nothing is kept of it
    then; what they raise ends the tool. One of ``reads`` may be a film in a store; waiting for it counts as no time of
    the tool's. Raises
    MediaError TIMEOUT, CANCELLED, RESOURCE_LIMIT, ENCODER_FAILED for a crash, KilledFromOutside,
    SOURCE_MISSING, SANDBOX_UNAVAILABLE; OSError of the store; another exit code is the caller's to judge.
    """
    files = [source for source in reads if isinstance(source, Path)]
    films = [source for source in reads if isinstance(source, Remote)]
    if films and not sandbox.nested:
        raise ValueError("a film in a store is read through the door of a sandbox")
    for path in files:
        if not path.exists():
            raise MediaError(FailureCode.SOURCE_MISSING, _GONE, tail=f"{path} is not there")
    for path in writes:
        if not path.is_dir():
            raise MediaError(FailureCode.STORAGE_FAILED, _NO_FOLDER, tail=f"{path} is no folder")
    wrapped = sandbox.wrap(arguments, reads=files, writes=writes)
    logger.debug("running %s", shlex.join(wrapped))
    share = memory_share()
    data = min(limits.memory_bytes or share, share or limits.memory_bytes)
    killed_before = oom_kills()
    inherited = _inherited_file_limit()
    streams = _Streams()
    with closing(Door(films[0])) if films else nullcontext() as door:
        numbers = (
            *(os.getpid(), limits.cpu_seconds, limits.memory_bytes, data, limits.file_bytes, limits.nice),
            *(int(sandbox.nested), door.handle if door else -1),
        )
        started = time.monotonic()
        process = subprocess.Popen(  # noqa: S603 - the one door; a list, never a shell
            [sys.executable, "-I", "-S", _LAUNCHER, *map(str, numbers), "--", *wrapped],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            env=_environment(),
            cwd=cwd,
            pass_fds=(door.handle,) if door else (),
        )
        try:
            if door:
                door.stand_open()
            watch = Watch(limits.wall_seconds, started, should_stop, door)
            _pump(process, streams, limits, watch, on_line, on_data)
            status, usage = reap(process, watch)
        finally:
            end(process)
    if door and door.failure:
        raise door.failure
    tail = bytes(streams.stderr[-_TAIL_BYTES:]).decode("utf-8", "replace").strip()
    cost = Usage(usage.ru_utime + usage.ru_stime, time.monotonic() - started, usage.ru_maxrss * 1024)
    if sandbox.broken(status):
        raise MediaError(FailureCode.SANDBOX_UNAVAILABLE, _NO_SANDBOX, tail=tail)
    judge(
        status,
        tail,
        program=arguments[0],
        cpu_seconds=cost.cpu_seconds,
        cpu_limit=limits.cpu_seconds,
        kernel_killed=oom_kills() != killed_before,
        file_limit_is_ours=bool(limits.file_bytes) and limits.file_bytes <= inherited,
    )
    if status:
        level = logging.DEBUG if may_fail else logging.INFO
        logger.log(level, "exit %s: %s: %s", status, shlex.join(arguments), tail[-500:])
    return Completed(status, bytes(streams.stdout), tail, cost)


def _inherited_file_limit() -> float:
    """The largest file, in bytes, that the tool could write without a limit of ours."""
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    return float("inf") if limit == resource.RLIM_INFINITY else float(limit)


def check(
    completed: Completed, sentence: str, *, code: FailureCode = FailureCode.ENCODER_FAILED
) -> Completed:
    """Answer ``completed`` if the tool succeeded, otherwise raise MediaError with its last words."""
    if completed.returncode:
        raise MediaError(code, sentence, tail=completed.tail)
    return completed


def quiet_options() -> list[str]:
    """Options that stand first in every call of ffmpeg that makes something."""
    return [
        # Never wait for a key, say only what went wrong, report progress as lines.
        *("-nostdin", "-hide_banner", "-loglevel", "error", "-nostats"),
        *("-progress", "pipe:1", "-stats_period", "0.5"),
    ]


def _environment() -> dict[str, str]:
    # Nothing of ours is a tool's business; a fixed locale keeps numbers and messages readable.
    return {"LC_ALL": "C", "PATH": os.environ.get("PATH", os.defpath)}


def _pump(
    process: subprocess.Popen[bytes],
    streams: _Streams,
    limits: Limits,
    watch: Watch,
    on_line: Callable[[str], None] | None,
    on_data: Callable[[bytes], None] | None,
) -> None:
    assert process.stdout is not None and process.stderr is not None
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ, "stdout")
        selector.register(process.stderr, selectors.EVENT_READ, "stderr")
        while selector.get_map():
            watch.judge()
            for key, _ in selector.select(POLL_SECONDS):
                data = os.read(key.fd, 65536)
                if not data:
                    selector.unregister(key.fileobj)
                elif key.data == "stderr":
                    streams.stderr += data
                    del streams.stderr[: -2 * _TAIL_BYTES]
                elif on_data is not None:
                    on_data(data)
                elif on_line is None:
                    streams.stdout += data
                    if len(streams.stdout) > limits.output_bytes:
                        raise MediaError(
                            FailureCode.RESOURCE_LIMIT,
                            "This file describes itself at a length we do not read. Export it again.",
                        )
                else:
                    streams.pending += data
                    *lines, rest = streams.pending.split(b"\n")
                    streams.pending = bytearray(rest)
                    for line in lines:
                        on_line(line.decode("utf-8", "replace").strip())


class ProgressReader:
    """Turns the lines of ``-progress pipe:1`` into Progress, for ``run(on_line=…)``."""

    def __init__(self, total_seconds: float, on_progress: Callable[[Progress], None]) -> None:
        self._total = max(total_seconds, 0.001)
        self._report = on_progress
        self._started = time.monotonic()
        self._done = 0.0

    def __call__(self, line: str) -> None:
        key, _, value = line.partition("=")
        if key == "out_time_us" and value.lstrip("-").isdigit():
            self._done = min(max(self._done, int(value) / 1_000_000), self._total)
        elif key == "progress":
            elapsed = time.monotonic() - self._started
            speed = self._done / elapsed if self._done > 0 and elapsed > 0 else None
            left = (self._total - self._done) / speed if speed else None
            self._report(Progress(self._done / self._total, self._done, speed, left))
