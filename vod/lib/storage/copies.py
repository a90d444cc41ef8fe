"""Copies of the store's objects on this machine, shared by all its workers and bounded.

A copy is a file with a lock file beside it: who reads holds a shared lock, who writes or removes an
exclusive one. The kernel lets go of a lock with its process, so a worker that is killed blocks nobody.
"""

import fcntl
import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

_IDLE_SECONDS = 24 * 3600


class Copies:
    """Copies below `folder`, together at most `most_bytes` unless one alone is larger."""

    def __init__(self, folder: Path, *, most_bytes: int) -> None:
        self._folder = folder
        self._most_bytes = most_bytes

    @contextmanager
    def copy_of(self, name: str, *, mark: str, size: int, fetch: Callable[[Path], None]) -> Iterator[Path]:
        """The copy of the object `name` in the state `mark`, `size` bytes long; `fetch(path)` brings it.

        One process brings it and the others wait. Raises what `fetch` raises.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{_digest(name)}-{_digest(mark)[:8]}"
        while True:
            with self._locked(path, fcntl.LOCK_SH):
                if _is_whole(path, size):
                    os.utime(path)
                    yield path
                    return
            with self._locked(path, fcntl.LOCK_EX):
                if not _is_whole(path, size):
                    self._make_room(size, path)
                    self._bring(path, fetch)

    def forget(self, names: Iterable[str]) -> None:
        """Removes the copies of objects that are gone, except those that somebody reads right now."""
        if not self._folder.is_dir():
            return
        gone = {_digest(name) for name in names}
        for path in self._folder.iterdir():
            if path.suffix != ".lock" and path.name.partition("-")[0] in gone:
                self._remove(path)

    def _bring(self, path: Path, fetch: Callable[[Path], None]) -> None:
        part = path.with_suffix(".part")
        part.unlink(missing_ok=True)
        try:
            fetch(part)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)

    def _make_room(self, size: int, wanted: Path) -> None:
        """Removes the copies that nobody reads, oldest use first, until `size` more fit; idle ones anyway."""
        found = []
        for path in self._folder.iterdir():
            if path != wanted and path.suffix != ".lock":
                with suppress(FileNotFoundError):
                    stat = path.stat()
                    found.append((stat.st_mtime, stat.st_size, path))
        taken = sum(entry[1] for entry in found)
        for used, bytes_there, path in sorted(found):
            if taken + size <= self._most_bytes and time.time() - used < _IDLE_SECONDS:
                continue
            if self._remove(path):
                taken -= bytes_there

    def _remove(self, path: Path) -> bool:
        copy = path.with_suffix("")
        try:
            with self._locked(copy, fcntl.LOCK_EX | fcntl.LOCK_NB):
                path.unlink(missing_ok=True)
                _lock_of(copy).unlink(missing_ok=True)
        except BlockingIOError:
            return False
        return True

    @contextmanager
    def _locked(self, path: Path, how: int) -> Iterator[IO[bytes]]:
        while True:
            with _lock_of(path).open("ab") as file:
                fcntl.flock(file, how)
                # Whoever removed the copy took the lock file along: it locks nothing any more.
                if os.fstat(file.fileno()).st_nlink:
                    yield file
                    return


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:40]


def _lock_of(path: Path) -> Path:
    return path.with_suffix(".lock")


def _is_whole(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except FileNotFoundError:
        return False
