"""Where a film's own bytes come from: a file of this machine, or a store that is read by range."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

# Containers we take. Without this list a playlist named movie.mp4 makes ffmpeg open other files.
CONTAINERS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,flv,mpegts,mpeg,asf,ogg,mxf"
MAX_PIXELS = 8192 * 4320
# Where a tool finds a film that is read by range: in a network of its own, which holds nothing else.
DOOR_PORT = 8080
DOOR_PATH = "/film"
# Less is read and thrown away; a new request costs more.
_SHORT_SEEK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Remote:
    """A film of ``size`` bytes in a store. Only a tool in a sandbox can be given one (see ``door.py``).

    ``read(first, length)`` gives bytes from ``first`` on, at least one and at most ``length``, to any thread; it raises
    OSError where the store cannot.
    """

    size: int
    read: Callable[[int, int], bytes]


Source = Path | Remote


def size_of(source: Source) -> int:
    """Bytes of the film. Raises OSError."""
    return source.size if isinstance(source, Remote) else source.stat().st_size


def open_source(source: Source) -> BinaryIO:
    """The film's bytes for our own eyes, from the first on. Raises OSError."""
    if isinstance(source, Remote):
        return cast(BinaryIO, io.BufferedReader(_Stream(source), 64 * 1024))
    return source.open("rb")


class _Stream(io.RawIOBase):
    def __init__(self, remote: Remote) -> None:
        self._remote = remote
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._remote.size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        length = min(len(buffer), self._remote.size - self._at)
        if length <= 0:
            return 0
        data = self._remote.read(self._at, length)
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


def input_guard(source: Source) -> list[str]:
    """Options that stand before every input of ffmpeg and ffprobe."""
    return [
        # No network, no nested protocol: a file and our own pipes, nothing else. To a film in a store leads the one
        # address that there is in the tool's network, and then nothing else at all.
        *("-protocol_whitelist", "http,tcp" if isinstance(source, Remote) else "file,pipe"),
        # Playlists, concat scripts, images and text stay outside whatever they are named.
        *("-format_whitelist", CONTAINERS),
        # A picture larger than this is refused before it is allocated.
        *("-max_pixels", str(MAX_PIXELS)),
    ]


def input_of(source: Source) -> list[str]:
    """The input itself: always ``file:`` and an absolute path, so that no name is read as anything else."""
    if isinstance(source, Remote):
        return [*("-short_seek_size", str(_SHORT_SEEK)), "-i", f"http://127.0.0.1:{DOOR_PORT}{DOOR_PATH}"]
    return ["-i", f"file:{source.resolve()}"]
