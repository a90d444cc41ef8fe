"""Uploads as files that grow in a folder of this machine, for an installation whose objects lie on disk.

The file's size is the offset; the row follows it. A lock on the file keeps a second writer out, and the
kernel lets go of it with the process.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO
from uuid import UUID

from django.conf import settings
from django.db.models import F, Sum

from transcoding.asset_errors import UploadError, UploadErrorCode
from transcoding.models import Asset, Upload, UploadKind
from transcoding.services.ingest import add_source
from transcoding.services.uploads.intake import Hold, Intake
from transcoding.services.uploads.refusals import FULL, GONE, IN_USE, expiry


def upload_file(key: UUID) -> Path:
    """Where the bytes of an upload lie until it is complete."""
    root: Path = settings.UPLOAD_ROOT
    return root / str(key)


def _marker(key: UUID) -> Path:
    return upload_file(key).with_suffix(".rollback")


class OnDisk(Intake):
    """The folder `UPLOAD_ROOT`."""

    def prepare(self, upload: Upload) -> None:
        root: Path = settings.UPLOAD_ROOT
        root.mkdir(parents=True, exist_ok=True)
        unfinished = Upload.objects.filter(asset=None, part_bytes=0, offset__lt=F("size_bytes"))
        promised = unfinished.aggregate(left=Sum(F("size_bytes") - F("offset")))["left"]
        if (promised or 0) + settings.UPLOAD_SPARE_BYTES > shutil.disk_usage(root).free:
            raise UploadError(UploadErrorCode.DISK_FULL, FULL)
        # There already where the transaction is tried again.
        upload_file(upload.pk).touch()

    def hold(self, upload: Upload, *, all_or_nothing: bool = False) -> Hold:
        file = _lock(upload)
        try:
            return _FileHold(upload, file, all_or_nothing=all_or_nothing)
        except BaseException:
            file.close()
            raise

    def offset_of(self, upload: Upload) -> int:
        try:
            hold = self.hold(upload)
        except UploadError as error:
            if error.code is not UploadErrorCode.IN_USE:
                raise
        else:
            hold.release()
            return hold.start
        # Somebody writes right now: what stood before an unchecked part, or all there is.
        with suppress(OSError, ValueError):
            return int(_marker(upload.pk).read_text(encoding="ascii"))
        path = upload_file(upload.pk)
        return min(path.stat().st_size if path.exists() else upload.offset, upload.size_bytes)

    def is_forgotten(self, upload: Upload) -> bool:
        path = upload_file(upload.pk)
        return path.exists() and path.stat().st_size == upload.size_bytes

    def drop(self, upload: Upload) -> None:
        try:
            file = _lock(upload)
        except UploadError as error:
            if error.code is not UploadErrorCode.NOT_FOUND:
                raise
        else:
            with file:
                upload_file(upload.pk).unlink(missing_ok=True)
                _marker(upload.pk).unlink(missing_ok=True)
        upload.delete()

    @contextmanager
    def file_of(self, upload: Upload) -> Iterator[Path | None]:
        path = upload_file(upload.pk)
        yield path if path.is_file() and path.stat().st_size == upload.size_bytes else None


def _lock(upload: Upload) -> IO[bytes]:
    """The upload's file, ours alone until it is closed. Raises UploadError IN_USE or NOT_FOUND."""
    try:
        file = upload_file(upload.pk).open("r+b")
    except FileNotFoundError:
        raise UploadError(UploadErrorCode.NOT_FOUND, GONE) from None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(file.fileno()).st_nlink == 0:
            raise UploadError(UploadErrorCode.NOT_FOUND, GONE)
    except BlockingIOError:
        file.close()
        raise UploadError(UploadErrorCode.IN_USE, IN_USE) from None
    except BaseException:
        file.close()
        raise
    return file


class _FileHold(Hold):
    def __init__(self, upload: Upload, file: IO[bytes], *, all_or_nothing: bool) -> None:
        self._upload, self._file = upload, file
        self.start = self._settle()
        if all_or_nothing:
            # The one who finds it undoes what was written behind it.
            _marker(upload.pk).write_text(str(self.start), encoding="ascii")
        self._file.seek(0, os.SEEK_END)

    def write(self, block: bytes) -> None:
        self._file.write(block)

    def keep(self) -> int:
        # The offset that we answer must survive a power cut.
        self._file.flush()
        os.fsync(self._file.fileno())
        _marker(self._upload.pk).unlink(missing_ok=True)
        return self._settle()

    def undo(self) -> None:
        with suppress(OSError):
            # What a full disk did not take goes the same way.
            self._file.flush()
        self._roll_back()
        self._settle()

    def release(self) -> None:
        with suppress(OSError):
            self._file.close()

    def _roll_back(self) -> None:
        marker = _marker(self._upload.pk)
        with suppress(FileNotFoundError, ValueError):
            self._file.truncate(int(marker.read_text(encoding="ascii")))
        marker.unlink(missing_ok=True)

    def _settle(self) -> int:
        """Brings the row up to the file, and a complete film into the factory. The offset."""
        self._roll_back()
        upload = self._upload
        size = os.fstat(self._file.fileno()).st_size
        if size > upload.size_bytes:
            self._file.truncate(upload.size_bytes)
            size = upload.size_bytes
        if size != upload.offset:
            upload.offset, upload.expires_at = size, expiry()
            upload.save(update_fields=["offset", "expires_at"])
        if size == upload.size_bytes and upload.kind == UploadKind.FILM and upload.asset_id is None:
            upload.asset = add_source(
                path=upload_file(upload.pk),
                file_name=upload.file_name,
                uploaded_by_id=upload.owner_id,
                wanted_for=upload.wanted_for,
                # However often an upload is completed, and whoever dies over it: one film.
                key=upload.pk,
                within=lambda asset: _is_taken(upload, asset),
            )
        return size


def _is_taken(upload: Upload, asset: Asset) -> None:
    Upload.objects.filter(pk=upload.pk).update(asset=asset)
