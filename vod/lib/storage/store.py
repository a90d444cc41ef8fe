"""What every object store does for us, whatever it is made of.

Keys are made by the server: relative, normalised, with forward slashes. An object that cannot be read or
written for a reason that time may cure is a StoreError, which is an OSError as a full disk's is; one that
is not there is a FileNotFoundError.
"""

import os
import uuid
from abc import ABC, abstractmethod
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, Protocol

from django.core.exceptions import SuspiciousFileOperation

from vod.lib.metrics import STORE_ERRORS

_TYPES = {
    ".jpg": "image/jpeg",
    ".m3u8": "application/vnd.apple.mpegurl",
    ".m4s": "video/mp4",
    ".mp4": "video/mp4",
    ".vtt": "text/vtt; charset=utf-8",
    ".webp": "image/webp",
}


class StoreError(OSError):
    """The store could not do what it was asked; trying again later can help. Each one is counted."""

    def __init__(self, *words: object) -> None:
        super().__init__(*words)
        STORE_ERRORS.inc()


class Ranges(Protocol):
    """An object of `size` bytes; `read` gives from `first` on at least one and at most `length`, to any thread.

    It raises OSError where the store cannot.
    """

    @property
    def size(self) -> int: ...

    def read(self, first: int, length: int) -> bytes: ...


class Store(ABC):
    """Beyond Django's storage interface: the verbs that the factory and the delivery need."""

    @property
    @abstractmethod
    def refuses_late_writers(self) -> bool:
        """Whether `put_absent` of two writers at once keeps the first one's bytes: tried, then remembered.

        Where it does not, a writer makes its keys its own (`services/bench.py`). Raises StoreError.
        """

    @abstractmethod
    def put_absent(self, key: str, source: Path) -> bool:
        """Writes the file `source` under `key` unless there is such an object; True where it was written.

        The object appears whole or not at all. Raises StoreError or OSError.
        """

    def copy_absent(self, key: str, source: Path) -> bool:
        """`put_absent` of a file that is not ours: whatever is written to it later does not reach the object."""
        return self.put_absent(key, source)

    @abstractmethod
    def put_bytes(self, key: str, content: bytes) -> None:
        """Writes or replaces the object `key` in one step."""

    @abstractmethod
    def open_bytes(self, key: str, first: int = 0, length: int | None = None) -> IO[bytes]:
        """The object's bytes from `first` on, `length` of them or the rest, to be read once and closed.

        A file of the local disk may give more than `length`; readers count. Raises FileNotFoundError.
        """

    @abstractmethod
    def size(self, name: str) -> int:
        """Bytes of the object. Raises FileNotFoundError."""

    @abstractmethod
    def exists(self, name: str) -> bool:
        """Whether there is such an object."""

    @abstractmethod
    def delete(self, name: str) -> None:
        """Removes one object. Nothing there is fine."""

    @abstractmethod
    def delete_prefix(self, prefix: str) -> None:
        """Removes every object below `prefix` (a folder's key). Nothing there is fine."""

    @abstractmethod
    def keys_below(self, prefix: str) -> list[str]:
        """The keys of all objects below `prefix` (a folder's key), in order. Never on a viewer's way."""

    @abstractmethod
    def local_copy(self, key: str) -> AbstractContextManager[Path]:
        """A file with the object's bytes, to be read only, while the context lasts. Raises FileNotFoundError."""

    def by_range(self, key: str) -> AbstractContextManager[Ranges] | None:
        """A reader of the object's bytes by range; None where `local_copy` costs nothing.

        On entering it raises FileNotFoundError, and what it reads is the object as it was then.
        """
        return None

    @abstractmethod
    def try_out(self) -> None:
        """Raises StoreError or OSError where the store cannot be used at the moment."""

    def presigned_address(self, key: str) -> str:
        """An address at which whoever holds it may read `key`, for `PRESIGNED_SECONDS` at least; empty where
        the store is a folder. Nobody asks the store: the object may be missing."""
        return ""

    def read_bytes(self, key: str) -> bytes:
        """The whole object. Raises FileNotFoundError."""
        with self.open_bytes(key) as stream:
            return stream.read()


def check_key(key: str) -> str:
    """The key itself. Raises SuspiciousFileOperation for one that is none, or leaves its folder."""
    if key != os.path.normpath(key) or key in (".", "..") or key.startswith(("/", "../")) or "\0" in key:
        raise SuspiciousFileOperation(f"{key!r} is no key")
    return key


def content_type_of(key: str) -> str:
    """The media type of what we make, by its name."""
    return _TYPES.get(os.path.splitext(key)[1], "application/octet-stream")  # noqa: PTH122


def trial_key() -> str:
    """A key that nobody else uses, for trying what a store does."""
    return f"checks/{uuid.uuid4()}"
