"""Blocks of the store's objects on this machine's disk, shared by all its workers and bounded.

A block is a file of its own, which appears whole. Who brings one holds an exclusive lock on the part file that becomes it;
the kernel lets go of it with the process. A block may go at any moment: it is only ever a saved request.
"""

import fcntl
import hashlib
import logging
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

log = logging.getLogger(__name__)

BLOCK_BYTES = 1024 * 1024
_IDLE_SECONDS = 24 * 3600
# A use is written down at most so often.
_USED_SECONDS = 60
# Longer than a store takes for a block with all its tries.
_LONGEST_WAIT_SECONDS = 120.0
_LEAST_BETWEEN_CLEARINGS = 64 * BLOCK_BYTES


class Blocks:
    """Blocks below `folder`, together at most `most_bytes` and a hundredth more for each worker."""

    def __init__(self, folder: Path, *, most_bytes: int) -> None:
        self._folder = folder
        self._most_bytes = most_bytes
        # At the first block that this process brings it looks what others have left.
        self._until_clearing = 0

    def of(self, name: str, *, mark: str, size: int) -> "Kept":
        """Those of the object `name` in the state `mark`, `size` bytes long."""
        return Kept(self, self._folder / f"{_digest(name)}-{_digest(mark + _boot())[:8]}", size)

    def forget(self, names: Iterable[str]) -> None:
        """Removes the blocks of objects that are gone."""
        if not self._folder.is_dir():
            return
        gone = {_digest(name) for name in names}
        for folder in self._folder.iterdir():
            if folder.name.partition("-")[0] in gone:
                # Somebody else may be at the same.
                with suppress(OSError):
                    for path in folder.iterdir():
                        path.unlink(missing_ok=True)
                    folder.rmdir()

    def has_brought(self, length: int) -> None:
        """Counts what comes in, and makes room now and then."""
        self._until_clearing -= length
        if self._until_clearing < 0:
            self._until_clearing = max(_LEAST_BETWEEN_CLEARINGS, self._most_bytes // 100)
            self._make_room()

    def _make_room(self) -> None:
        """Removes idle blocks, and those whose last use is longest ago until the others fit."""
        found = []
        for folder in self._folder.iterdir():
            # Somebody else may be at the same.
            with suppress(FileNotFoundError, NotADirectoryError):
                found += [(stat.st_mtime, stat.st_size, path) for path, stat in _files_of(folder)]
        taken, now = sum(size for _, size, _ in found), time.time()
        for used, size, path in sorted(found):
            if taken <= self._most_bytes and now - used < _IDLE_SECONDS:
                break
            path.unlink(missing_ok=True)
            taken -= size
        for folder in self._folder.iterdir():
            with suppress(OSError):
                folder.rmdir()


class Kept:
    """The blocks of one object: number n holds its bytes from n * BLOCK_BYTES on."""

    def __init__(self, blocks: Blocks, folder: Path, size: int) -> None:
        self._blocks = blocks
        self._folder = folder
        self._size = size
        self.count = -(-size // BLOCK_BYTES)

    def length_of(self, number: int) -> int:
        return min(BLOCK_BYTES, self._size - number * BLOCK_BYTES)

    def has(self, number: int) -> bool:
        try:
            return self._path(number).stat().st_size == self.length_of(number)
        except FileNotFoundError:
            return False

    def read(self, number: int, at: int, length: int) -> bytes | None:
        """`length` bytes of a block from `at` on; None where it is not here."""
        try:
            with self._path(number).open("rb", buffering=0) as file:
                stat = os.fstat(file.fileno())
                if stat.st_size != self.length_of(number):
                    return None
                if time.time() - stat.st_mtime > _USED_SECONDS:
                    os.utime(file.fileno())
                return os.pread(file.fileno(), length, at)
        except FileNotFoundError:
            return None

    def claim(self, number: int, *, wait: bool = False) -> "Claim | None":
        """The right to bring a block; None where it is here, or where somebody else is bringing it.

        With `wait` it is waited for whoever is.
        """
        part = self._path(number).with_suffix(".part")
        while not self.has(number):
            try:
                handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            except FileNotFoundError:
                self._folder.mkdir(parents=True, exist_ok=True)
                continue
            try:
                _lock(handle, seconds=_LONGEST_WAIT_SECONDS if wait else 0.0)
                # Whoever had it before may have made it the block, or given up and removed it.
                if _is_still(handle, part):
                    claim = Claim(self._blocks, handle, part, self._path(number))
                    if not self.has(number):
                        return claim
                    claim.let_go()
                    return None
            except BlockingIOError:
                os.close(handle)
                if not wait:
                    return None
                # Whoever brings it was stopped, perhaps for ever. Should it wake, it keeps the same bytes.
                part.unlink(missing_ok=True)
                continue
            os.close(handle)
        return None

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:07d}"


class Claim:
    """The right to bring one block."""

    def __init__(self, blocks: Blocks, handle: int, part: Path, path: Path) -> None:
        self._blocks, self._handle, self._part, self._path = blocks, handle, part, path

    def keep(self, data: bytes | bytearray) -> None:
        """The block is here for everybody. A disk that takes nothing more costs only that."""
        try:
            os.ftruncate(self._handle, 0)
            os.pwrite(self._handle, data, 0)
            self._part.replace(self._path)
            self._blocks.has_brought(len(data))
        except OSError as error:
            log.warning("a block of a film could not be kept: %s", error)
            self._part.unlink(missing_ok=True)
        finally:
            os.close(self._handle)

    def let_go(self) -> None:
        """Somebody else may bring it."""
        self._part.unlink(missing_ok=True)
        os.close(self._handle)


def _files_of(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    for path in folder.iterdir():
        with suppress(FileNotFoundError):
            yield path, path.stat()


def _lock(handle: int, *, seconds: float) -> None:
    """Locks the file for us. Raises BlockingIOError where somebody else has it for so long."""
    until = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= until:
                raise
        time.sleep(0.02)


def _is_still(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:40]


@cache
def _boot() -> str:
    """Another one after each start of the machine: what a power cut left half written is never read."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii")
    except OSError:
        return ""
