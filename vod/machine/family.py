"""Finds and ends everything that one run of Lantern has started, also what has left its process group.

Three nets, since each has a hole: process groups (ffmpeg may have one of its own), a mark in the environment
that is inherited (a sandbox clears it), and descent from the supervisor (lost when a parent in between dies,
unless the supervisor adopts orphans, which `adopt_orphans` asks Linux for).
"""

import ctypes
import os
import signal
import sys
import time
from collections.abc import Iterable
from pathlib import Path

MARK = "LANTERN_RUN"
PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
PROC = Path("/proc")


def _libc() -> ctypes.CDLL | None:
    return ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


LIBC = _libc()


def die_with_parent() -> None:
    """For a child between fork and exec: TERM when the parent dies in whatever way (prctl(2); Linux only)."""
    if LIBC is not None:
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def adopt_orphans() -> None:
    """Makes this process the parent of descendants whose own parent dies (prctl(2); Linux only)."""
    if LIBC is not None:
        LIBC.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def signal_groups(groups: Iterable[int], number: int) -> None:
    """Sends `number` to each process group that still exists."""
    for group in groups:
        try:
            os.killpg(group, number)
        except (ProcessLookupError, PermissionError):
            continue


def group_lives(group: int) -> bool:
    """True while any process of the group is there that is not a zombie of ours to collect."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def marked(mark: str) -> set[int]:
    """Processes of this user whose environment carries `mark` (Linux; elsewhere none)."""
    wanted = f"{MARK}={mark}".encode()
    found: set[int] = set()
    for pid in _pids():
        try:
            environment = (PROC / str(pid) / "environ").read_bytes()
        except OSError:
            continue
        if wanted in environment.split(b"\0"):
            found.add(pid)
    return found


def descendants(ancestor: int) -> set[int]:
    """Processes that descend from `ancestor`, itself and zombies left out (Linux; elsewhere none)."""
    children: dict[int, list[int]] = {}
    for pid in _pids():
        try:
            status = (PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        # proc(5): the name stands in parentheses and may hold any character; state and parent follow the last one.
        state, parent = status.rpartition(")")[2].split()[:2]
        if state != "Z":
            children.setdefault(int(parent), []).append(pid)
    found: set[int] = set()
    waiting = [ancestor]
    while waiting:
        for pid in children.get(waiting.pop(), ()):
            if pid not in found:
                found.add(pid)
                waiting.append(pid)
    return found


def end_strays(mark: str, ancestor: int | None = None, patience: float = 2.0) -> None:
    """TERM, then KILL after `patience` seconds, to what is marked or descends from `ancestor`, except this process."""
    deadline = time.monotonic() + patience
    number = signal.SIGTERM
    told: set[int] = set()
    while True:
        left = (marked(mark) | (descendants(ancestor) if ancestor else set())) - {os.getpid()}
        if not left:
            return
        if number == signal.SIGTERM and time.monotonic() >= deadline:
            number = signal.SIGKILL
            told.clear()
        for pid in left - told:
            try:
                os.kill(pid, number)
            except (ProcessLookupError, PermissionError):
                continue
        told |= left
        if time.monotonic() >= deadline + patience:
            return
        collect_the_dead()
        time.sleep(0.05)


def collect_the_dead() -> None:
    """Takes the exit status of every dead child, so that none stays a zombie."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return


def _pids() -> list[int]:
    try:
        return [int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit()]
    except OSError:
        return []
