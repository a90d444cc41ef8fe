"""What work leaves on this machine: a folder for each start, and tools that write into it.

Both go with the worker, except where it was killed, or is stopped and knows nothing of what happened since.
"""

import os
import re
import shutil
import signal
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from django.conf import settings

from transcoding.models import Chunk, WorkState

_PROC = Path("/proc")
# The folder of a start in a tool's arguments, in its launcher's or in its sandbox's.
_FOLDER = re.compile(rb"/chunks/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-([0-9]+)\b")
_cleared = 0.0


def root() -> Path:
    """The folder that holds one folder for each start of a chunk on this machine."""
    folder: Path = settings.WORK_ROOT / "chunks"
    return folder


def clear_folders() -> None:
    """Ends the tools of starts that nobody holds any more, and removes their folders."""
    if not root().is_dir():
        return
    loose = [(folder, key) for folder in root().iterdir() if (key := _unheld(folder.name)) is not None]
    if not loose:
        return
    end_tools_of({key for _, key in loose})
    for folder, _ in loose:
        # One lease of grace: who was told to stop may still be on the way out.
        with suppress(FileNotFoundError):
            if time.time() - folder.stat().st_mtime > settings.CHUNK_LEASE_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)


def clear_folders_now_and_then() -> None:
    """The same at most once a lease: for workers, whose machine may have no sweeper."""
    global _cleared
    if time.monotonic() - _cleared > settings.CHUNK_LEASE_SECONDS:
        _cleared = time.monotonic()
        clear_folders()


def _unheld(name: str) -> UUID | None:
    """The key of the chunk that the folder `name` is of, where the start that made it is over."""
    key, _, fence = name.rpartition("-")
    try:
        chunk, number = UUID(key), int(fence)
    except ValueError:
        return None
    held = Chunk.objects.filter(pk=chunk, fence=number, state=WorkState.RUNNING).exists()
    return None if held else chunk


def end_tools_of(chunks: Iterable[UUID]) -> None:
    """Ends what still works for these chunks on this machine, of starts that are over (Linux; elsewhere nothing).

    A worker does that itself within a second, unless it is stopped.
    """
    wanted = {str(key) for key in chunks}
    for pid, key, fence in _tools():
        if key in wanted and not Chunk.objects.filter(pk=key, fence=fence, state=WorkState.RUNNING).exists():
            with suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)


def _tools() -> list[tuple[int, str, int]]:
    """Process, chunk and fence of every tool on this machine that works in the folder of a start."""
    found = []
    here = str(root()).encode()
    for entry in _PROC.iterdir() if _PROC.is_dir() else ():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            command = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        named = _FOLDER.search(command) if here in command else None
        if named is not None:
            found.append((int(entry.name), named[1].decode("ascii"), int(named[2])))
    return found
