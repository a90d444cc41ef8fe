"""Waiting for a tool's end, and bringing it about."""

from __future__ import annotations

import os
import selectors
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any, Protocol

from transcoding.engine.door import Door
from transcoding.errors import FailureCode, MediaError

# A store may be slow for so long; a tool that only pretends to wait must end too.
_LONGEST_WAIT_SECONDS = 6 * 3600.0
POLL_SECONDS = 0.2
# How long a tool that was killed may take to let go of its files.
_END_SECONDS = 2.0


class Process(Protocol):
    """What is asked of a ``subprocess.Popen``."""

    pid: int
    returncode: Any
    stdout: IO[bytes] | None
    stderr: IO[bytes] | None

    def wait(self) -> int: ...


def reap(process: Process, watch: Watch) -> tuple[int, _Rusage]:
    """The exit code, or minus the signal, and what the process used, which Popen.wait() forgets."""
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            process.returncode = os.waitstatus_to_exitcode(status)
            return process.returncode, usage
        watch.judge()
        time.sleep(0.002)


class _Rusage(Protocol):
    @property
    def ru_utime(self) -> float: ...
    @property
    def ru_stime(self) -> float: ...
    @property
    def ru_maxrss(self) -> int: ...


class Watch:
    """Ends a call that takes too long or is no longer wanted; asks at most every 0.2 s, for asking may be dear.

    What the tool waits for at its ``door`` is no time of its own, and where nothing comes through it, it ends.
    """

    def __init__(
        self,
        wall_seconds: float,
        started: float,
        should_stop: Callable[[], bool] | None,
        door: Door | None = None,
    ) -> None:
        self._end = started + wall_seconds if wall_seconds else None
        self._should_stop = should_stop
        self._door = door
        self._next = started

    def judge(self) -> None:
        """Raise MediaError TIMEOUT or CANCELLED, or the store's OSError, where the call must end."""
        now = time.monotonic()
        if self._door is not None:
            if self._door.failure is not None:
                raise self._door.failure
            now -= min(self._door.waited(), _LONGEST_WAIT_SECONDS)
        if self._end is not None and now > self._end:
            raise MediaError(
                FailureCode.TIMEOUT,
                "Working on this file took longer than is allowed. Try again, or export it anew.",
            )
        if self._should_stop is not None and time.monotonic() >= self._next:
            self._next = time.monotonic() + POLL_SECONDS
            if self._should_stop():
                raise MediaError(FailureCode.CANCELLED, "This was cancelled.")


def end(process: Process) -> None:
    """Kill the process and its group unless it has ended, and let go of its pipes."""
    if process.returncode is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        _await_release(process)
    for stream in (process.stdout, process.stderr):
        if stream is not None:
            stream.close()


def _await_release(process: Process) -> None:
    # In a sandbox the tool dies a moment after its keeper; until it has, it may still write into the
    # folder that the caller is about to remove. Its ends of the pipes close with it.
    deadline = time.monotonic() + _END_SECONDS
    with selectors.DefaultSelector() as selector:
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                selector.register(stream, selectors.EVENT_READ)
        while selector.get_map() and time.monotonic() < deadline:
            for key, _ in selector.select(POLL_SECONDS):
                if not os.read(key.fd, 65536):
                    selector.unregister(key.fileobj)
