"""The log file of one supervised process, kept below a size, and its last lines for when it fails."""

import contextlib
from collections import deque
from pathlib import Path
from typing import BinaryIO

LARGEST_BYTES = 10 * 1024 * 1024
KEPT_LINES = 15


class ChildLog:
    """Appends what a process says to `path`; at 10 MB the file becomes `path.1` and a new one begins."""

    def __init__(self, path: Path, largest: int = LARGEST_BYTES) -> None:
        self.path = path
        self.largest = largest
        self._unfinished = b""
        self._last: deque[bytes] = deque(maxlen=KEPT_LINES)
        self._file = self._open()

    def write(self, data: bytes) -> list[str]:
        """Keeps `data` and returns the lines that it completes."""
        if self._file.tell() + len(data) > self.largest:
            self._file.close()
            self.path.replace(self.path.with_name(self.path.name + ".1"))
            self._file = self._open()
        # A full disk must not stop the one process that could still say so.
        with contextlib.suppress(OSError):
            self._file.write(data)
        *whole, self._unfinished = (self._unfinished + data).split(b"\n")
        self._last.extend(whole)
        return [line.decode("utf-8", "replace") for line in whole]

    def last_lines(self) -> list[str]:
        lines = [*self._last, self._unfinished] if self._unfinished else list(self._last)
        return [line.decode("utf-8", "replace") for line in lines]

    def forget(self) -> None:
        """A new process starts: the last lines of the one before are no longer its own."""
        self._last.clear()
        self._unfinished = b""

    def close(self) -> None:
        self._file.close()

    def _open(self) -> BinaryIO:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        return self.path.open("ab", buffering=0)
