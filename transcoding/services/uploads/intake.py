"""Where the bytes of unfinished uploads lie, and the one writer that an upload has at a time."""

from abc import ABC, abstractmethod
from concurrent.futures import Future
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from transcoding.models import Upload


class Hold(ABC):
    """The right to write to one upload, until `release`. Used by one thread at a time."""

    #: The bytes that were safely here when it was taken.
    start: int

    @abstractmethod
    def write(self, block: bytes) -> None:
        """Appends. Raises OSError, or UploadError where the right to write was lost."""

    def busy(self) -> "Future[Any] | None":
        """What must be over before the next `write`, where that would block for long."""
        return None

    @abstractmethod
    def keep(self) -> int:
        """The new offset, once every byte up to it survives whatever happens. A complete film is taken in."""

    @abstractmethod
    def undo(self) -> None:
        """Forgets what was written since `start`."""

    @abstractmethod
    def release(self) -> None:
        """Lets others write. Safe to call twice."""


class Intake(ABC):
    """A place for unfinished uploads."""

    @abstractmethod
    def prepare(self, upload: Upload) -> None:
        """Makes room for a new upload, in the transaction that makes its row. Raises UploadError DISK_FULL."""

    @abstractmethod
    def hold(self, upload: Upload, *, all_or_nothing: bool = False) -> Hold:
        """The right to write. `all_or_nothing`: what is written counts only from `keep` on.

        Settles first what an earlier writer left. Raises UploadError IN_USE or NOT_FOUND.
        """

    @abstractmethod
    def offset_of(self, upload: Upload) -> int:
        """The bytes that are safely here; completes what an earlier writer did not live to complete."""

    @abstractmethod
    def is_forgotten(self, upload: Upload) -> bool:
        """Whether all bytes of a film are here and nobody took it into the factory."""

    @abstractmethod
    def drop(self, upload: Upload) -> None:
        """Removes the bytes and then the row. Raises UploadError IN_USE."""

    @abstractmethod
    def file_of(self, upload: Upload) -> AbstractContextManager[Path | None]:
        """The whole content as a file to read, while the context lasts; None while bytes are missing."""
