"""Uploads as files that grow: durable offsets, one writer at a time, nothing received is lost.

The file's size on disk is the offset; the row follows it. A lock on the file keeps a second writer out,
and the kernel lets go of it with the process.
"""

import errno
import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Sum
from django.db.models.functions import Now
from django.utils import timezone

from transcoding.asset_errors import UploadError, UploadErrorCode
from transcoding.models import Asset, Upload, UploadKind
from transcoding.services.ingest import add_source
from transcoding.tus import Checksum

_BLOCK = 1024 * 1024
_FULL = "There is not enough space for this file. Free some space on the server, then try again."


def upload_file(key: UUID) -> Path:
    """Where the bytes of an upload lie until it is complete."""
    root: Path = settings.UPLOAD_ROOT
    return root / str(key)


def _marker(key: UUID) -> Path:
    return upload_file(key).with_suffix(".rollback")


def create_upload(
    *, owner_id: UUID, kind: str, file_name: str, size_bytes: int, wanted_for: UUID | None
) -> Upload:
    """Reserves the space of a new upload. Raises UploadError TOO_LARGE or DISK_FULL."""
    if size_bytes > settings.UPLOAD_MAX_BYTES:
        raise UploadError(
            UploadErrorCode.TOO_LARGE, f"A file may have at most {settings.UPLOAD_MAX_BYTES} bytes."
        )
    root: Path = settings.UPLOAD_ROOT
    root.mkdir(parents=True, exist_ok=True)
    with transaction.atomic():
        upload = Upload.objects.create(
            owner_id=owner_id,
            kind=kind,
            file_name=file_name[:255],
            size_bytes=size_bytes,
            wanted_for=wanted_for,
            expires_at=_expiry(),
        )
        promised = Upload.objects.filter(asset=None, offset__lt=F("size_bytes")).aggregate(
            left=Sum(F("size_bytes") - F("offset"))
        )["left"]
        if (promised or 0) + settings.UPLOAD_SPARE_BYTES > shutil.disk_usage(root).free:
            raise UploadError(UploadErrorCode.DISK_FULL, _FULL)
        upload_file(upload.pk).touch(exist_ok=False)
    if size_bytes == 0:
        with _locked(upload) as file:
            _settle(upload, file)
    return upload


def offset_of(upload: Upload) -> int:
    """The bytes that are safely here; completes an upload whose last request did not live to do it."""
    if upload.asset_id is not None:
        return upload.size_bytes
    try:
        with _locked(upload) as file:
            return _settle(upload, file)
    except UploadError as error:
        if error.code is not UploadErrorCode.IN_USE:
            raise
    # Somebody writes right now: what stood before an unchecked part, or all there is.
    with suppress(OSError, ValueError):
        return int(_marker(upload.pk).read_text(encoding="ascii"))
    path = upload_file(upload.pk)
    return min(path.stat().st_size if path.exists() else upload.offset, upload.size_bytes)


def append(
    *,
    upload: Upload,
    offset: int,
    length: int,
    read: Callable[[int], bytes],
    checksum: Checksum | None = None,
) -> int:
    """Appends up to `length` bytes from `read` at `offset` and answers the new offset.

    A sender that goes away in the middle leaves what it sent, unless that could not be checked. Raises
    UploadError IN_USE, WRONG_OFFSET, TOO_LARGE, WRONG_CHECKSUM or DISK_FULL.
    """
    with _locked(upload) as file:
        start = _settle(upload, file)
        if offset != start:
            raise UploadError(
                UploadErrorCode.WRONG_OFFSET, f"This upload stands at byte {start}, not {offset}."
            )
        if start + length > upload.size_bytes:
            raise UploadError(
                UploadErrorCode.TOO_LARGE, f"This upload was announced with {upload.size_bytes} bytes."
            )
        if checksum is not None:
            _marker(upload.pk).write_text(str(start), encoding="ascii")
        digest = hashlib.new(checksum.algorithm) if checksum else None
        try:
            _receive(file, length, read, digest.update if digest else None)
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
                raise
            raise UploadError(UploadErrorCode.DISK_FULL, _FULL) from error
        finally:
            # The offset that we answer must survive a power cut.
            file.flush()
            os.fsync(file.fileno())
        if checksum is not None and digest is not None:
            if digest.digest() != checksum.digest:
                _roll_back(upload, file)
                raise UploadError(
                    UploadErrorCode.WRONG_CHECKSUM, "This part arrived damaged. Send it again from its start."
                )
            _marker(upload.pk).unlink()
        return _settle(upload, file)


def terminate(upload: Upload) -> None:
    """Removes an upload and its bytes; a film that is already in the factory stays. Raises IN_USE."""
    with suppress(FileNotFoundError), _locked(upload, missing=FileNotFoundError()):
        upload_file(upload.pk).unlink(missing_ok=True)
        _marker(upload.pk).unlink(missing_ok=True)
    upload.delete()


def drop_stale() -> None:
    """Removes the uploads whose time is over, except those that are being written to."""
    for upload in Upload.objects.filter(expires_at__lt=Now()):
        with suppress(UploadError):
            terminate(upload)


def finish_forgotten() -> None:
    """Takes films into the factory whose last byte arrived when the process ended."""
    for upload in Upload.objects.filter(asset=None, kind=UploadKind.FILM):
        path = upload_file(upload.pk)
        if path.exists() and path.stat().st_size == upload.size_bytes:
            with suppress(UploadError):
                offset_of(upload)


def finished_file(*, upload: Upload) -> Path | None:
    """The file of a complete upload of subtitles or artwork; None while bytes are missing."""
    path = upload_file(upload.pk)
    if upload.kind == UploadKind.FILM or not path.is_file() or path.stat().st_size != upload.size_bytes:
        return None
    return path


def _expiry() -> datetime:
    return timezone.now() + timedelta(hours=settings.UPLOAD_EXPIRES_HOURS)


@contextmanager
def _locked(upload: Upload, *, missing: Exception | None = None) -> Iterator[IO[bytes]]:
    """The upload's file, ours alone. Raises UploadError IN_USE or NOT_FOUND (or `missing`)."""
    gone = missing or UploadError(UploadErrorCode.NOT_FOUND, "This upload is gone. Start again.")
    try:
        file = upload_file(upload.pk).open("r+b")
    except FileNotFoundError:
        raise gone from None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UploadError(
                UploadErrorCode.IN_USE, "Another request writes to this upload. Try again in a moment."
            ) from None
        if os.fstat(file.fileno()).st_nlink == 0:
            raise gone
        yield file


def _receive(
    file: IO[bytes], length: int, read: Callable[[int], bytes], note: Callable[[bytes], None] | None
) -> None:
    file.seek(0, os.SEEK_END)
    left = length
    while left > 0:
        try:
            block = read(min(_BLOCK, left))
        except OSError:
            # The sender is gone; what it sent is kept.
            return
        if not block:
            return
        file.write(block)
        if note:
            note(block)
        left -= len(block)


def _roll_back(upload: Upload, file: IO[bytes]) -> None:
    """Undoes a part that was not checked to its end."""
    marker = _marker(upload.pk)
    with suppress(FileNotFoundError, ValueError):
        file.truncate(int(marker.read_text(encoding="ascii")))
    marker.unlink(missing_ok=True)


def _settle(upload: Upload, file: IO[bytes]) -> int:
    """Brings the row up to the file, and a complete film into the factory. The offset."""
    _roll_back(upload, file)
    size = os.fstat(file.fileno()).st_size
    if size > upload.size_bytes:
        file.truncate(upload.size_bytes)
        size = upload.size_bytes
    if size != upload.offset:
        upload.offset, upload.expires_at = size, _expiry()
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
