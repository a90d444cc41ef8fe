"""The life of an upload but for its bytes: begun, asked about, given up, finished when its writer died."""

import logging
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models.functions import Now

from transcoding.asset_errors import UploadError, UploadErrorCode
from transcoding.models import Upload, UploadKind
from transcoding.services.uploads.places import intake_for_new, intake_of
from transcoding.services.uploads.refusals import expiry
from vod.lib.rows import new_id
from vod.lib.transactions import in_transaction

log = logging.getLogger(__name__)


def create_upload(
    *, owner_id: UUID, kind: str, file_name: str, size_bytes: int, wanted_for: UUID | None
) -> Upload:
    """Reserves the space of a new upload. Raises UploadError TOO_LARGE or DISK_FULL."""
    if size_bytes > settings.UPLOAD_MAX_BYTES:
        raise UploadError(
            UploadErrorCode.TOO_LARGE, f"A file may have at most {settings.UPLOAD_MAX_BYTES} bytes."
        )
    key = new_id()

    def begin() -> Upload:
        made = Upload.objects.create(
            id=key,
            owner_id=owner_id,
            kind=kind,
            file_name=file_name[:255],
            size_bytes=size_bytes,
            wanted_for=wanted_for,
            expires_at=expiry(),
        )
        intake_for_new().prepare(made)
        return made

    upload = in_transaction(begin)
    if size_bytes == 0:
        offset_of(upload)
    return upload


def offset_of(upload: Upload) -> int:
    """The bytes that are safely here; completes an upload whose last request did not live to do it."""
    if upload.asset_id is not None:
        return upload.size_bytes
    return intake_of(upload).offset_of(upload)


def terminate(upload: Upload) -> None:
    """Removes an upload and its bytes; a film that is already in the factory stays. Raises IN_USE."""
    intake_of(upload).drop(upload)


def drop_stale() -> None:
    """Removes the uploads whose time is over, except those that are being written to."""
    for key in list(Upload.objects.filter(expires_at__lt=Now()).values_list("pk", flat=True)):
        # Dropping takes its time where the store does, and somebody may have gone on meanwhile.
        upload = Upload.objects.filter(pk=key, expires_at__lt=Now()).first()
        if upload is None:
            continue
        try:
            terminate(upload)
        except UploadError:
            continue
        except OSError as error:
            log.warning("upload %s could not be dropped yet: %s", upload.pk, error)


def finish_forgotten() -> None:
    """Takes films into the factory whose last byte arrived when the process ended."""
    for upload in Upload.objects.filter(asset=None, kind=UploadKind.FILM):
        if not intake_of(upload).is_forgotten(upload):
            continue
        try:
            offset_of(upload)
        except UploadError:
            continue
        except OSError as error:
            log.warning("upload %s could not be completed yet: %s", upload.pk, error)


def finished_file(*, upload: Upload | None) -> AbstractContextManager[Path | None]:
    """The file of a complete upload of subtitles or artwork, while the context lasts; None where there is none."""
    if upload is None or upload.kind == UploadKind.FILM:
        return nullcontext()
    return intake_of(upload).file_of(upload)
