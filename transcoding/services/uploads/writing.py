"""One request's bytes on their way into an upload."""

import errno
import hashlib
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import Any

from transcoding.asset_errors import UploadError, UploadErrorCode
from transcoding.models import Upload
from transcoding.services.uploads.intake import Hold
from transcoding.services.uploads.places import intake_of
from transcoding.services.uploads.refusals import FULL
from transcoding.tus import Checksum
from vod.lib.storage import StoreError

_BLOCK = 1024 * 1024
_NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Writing:
    """Up to `length` bytes at `offset`: `begin`, then `write` for each block, then `finish`; one at a time.

    A sender that goes away in the middle leaves what it sent, unless that could not be checked.
    """

    def __init__(self, upload: Upload, offset: int, length: int, checksum: Checksum | None = None) -> None:
        self.upload, self.length = upload, length
        self._offset, self._checksum = offset, checksum
        self._digest = hashlib.new(checksum.algorithm) if checksum else None
        self._hold: Hold | None = None
        self._failure: UploadError | None = None
        self._came = 0

    def begin(self) -> None:
        """Takes the upload for this request. Raises UploadError IN_USE, WRONG_OFFSET, TOO_LARGE or STORE_AWAY."""
        try:
            hold = intake_of(self.upload).hold(self.upload, all_or_nothing=self._checksum is not None)
        except OSError as error:
            raise _failure(error) from error
        try:
            if self._offset != hold.start:
                raise UploadError(
                    UploadErrorCode.WRONG_OFFSET,
                    f"This upload stands at byte {hold.start}, not {self._offset}.",
                )
            if hold.start + self.length > self.upload.size_bytes:
                raise UploadError(
                    UploadErrorCode.TOO_LARGE,
                    f"This upload was announced with {self.upload.size_bytes} bytes.",
                )
        except UploadError:
            hold.undo()
            hold.release()
            raise
        self._hold = hold

    def write(self, block: bytes) -> bool:
        """Takes a block. False where it is no use to send more; `finish` then says why."""
        assert self._hold is not None
        try:
            self._hold.write(block)
        except UploadError as error:
            self._failure = error
        except OSError as error:
            self._failure = _failure(error)
        except BaseException:
            # Nobody calls `finish` then.
            self._hold.release()
            raise
        if self._failure:
            return False
        self._came += len(block)
        if self._digest:
            self._digest.update(block)
        return True

    def busy(self) -> "Future[Any] | None":
        """What must be over before the next block is taken."""
        return self._hold.busy() if self._hold else None

    def finish(self) -> int:
        """The new offset. Raises UploadError WRONG_CHECKSUM, DISK_FULL or IN_USE (another one took over)."""
        assert self._hold is not None
        try:
            if self._checksum and self._digest and self._digest.digest() != self._checksum.digest:
                self._hold.undo()
                raise self._failure or UploadError(
                    UploadErrorCode.WRONG_CHECKSUM, "This part arrived damaged. Send it again from its start."
                )
            try:
                offset = self._hold.keep()
            except OSError as error:
                raise _failure(error) from error
            if self._failure:
                raise self._failure
            return offset
        finally:
            self._hold.release()


def append(
    *,
    upload: Upload,
    offset: int,
    length: int,
    read: Callable[[int], bytes],
    checksum: Checksum | None = None,
) -> int:
    """Appends up to `length` bytes from `read` at `offset` and answers the new offset, as `Writing` does."""
    writing = Writing(upload, offset, length, checksum)
    writing.begin()
    left = length
    while left > 0:
        try:
            block = read(min(_BLOCK, left))
        except OSError:
            break
        if not block or not writing.write(block):
            break
        if busy := writing.busy():
            wait([busy])
        left -= len(block)
    return writing.finish()


def _failure(error: OSError) -> UploadError:
    """What a client is told; raises what it cannot be told."""
    if error.errno in _NO_SPACE:
        return UploadError(UploadErrorCode.DISK_FULL, FULL)
    if isinstance(error, StoreError):
        return UploadError(
            UploadErrorCode.STORE_AWAY,
            "The server's storage cannot be used at the moment. Go on in a moment.",
        )
    raise error
