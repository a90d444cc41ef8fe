"""Uploads that go into the bucket as they arrive: nothing of them is kept on a machine between two requests.

The content becomes parts of one multipart upload, or one object where it is small. What does not fill a part when a
request ends is an object of its own (a tail) until more arrives. The row says which bytes are safe, and a
lease in it says who may write; the bytes of a writer who lost it are never counted.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.db.models import Q
from django.db.models.functions import Now

from transcoding.asset_errors import UploadError, UploadErrorCode
from transcoding.models import Upload, UploadKind
from transcoding.services.claiming import later
from transcoding.services.removing import remove_below
from transcoding.services.uploads.intake import Hold, Intake
from transcoding.services.uploads.refusals import GONE, IN_USE
from vod.lib.rows import new_id
from vod.lib.storage import objects
from vod.lib.transactions import in_transaction

if TYPE_CHECKING:
    from vod.lib.storage.arriving import Arrivals

_MIB = 1024 * 1024
# As large as is quick to send again, as many as S3 takes with some to spare.
_PART_BYTES = 8 * _MIB
_MOST_PARTS = 9_500
LEASE = timedelta(seconds=10)


def folder_of(upload: Upload) -> str:
    """The prefix of what belongs to an upload alone."""
    return f"uploads/{upload.pk}"


def part_bytes_for(size: int) -> int:
    """The size of the parts of an object of `size` bytes: whole MiB, few enough, all alike (R2 wants that)."""
    return max(_PART_BYTES, -(-size // (_MOST_PARTS * _MIB)) * _MIB)


class InBucket(Intake):
    """The bucket of the configured store."""

    def __init__(self, arrivals: "Arrivals") -> None:
        self._arrivals = arrivals

    def prepare(self, upload: Upload) -> None:
        upload.part_bytes = part_bytes_for(upload.size_bytes)
        upload.save(update_fields=["part_bytes"])

    def hold(self, upload: Upload, *, all_or_nothing: bool = False) -> Hold:
        # Not for those who only ask: boto3 comes with it.
        from transcoding.services.uploads.parts import PartsHold

        take(upload)
        try:
            return PartsHold(upload, self._arrivals, all_or_nothing=all_or_nothing)
        except BaseException:
            give_back(upload)
            raise

    def offset_of(self, upload: Upload) -> int:
        upload.refresh_from_db()
        if upload.offset == upload.size_bytes and not is_finished(upload):
            try:
                self.hold(upload).release()
            except UploadError as error:
                # Somebody else is at it, or the store has lost some of it, and the row says so by now.
                if error.code not in (UploadErrorCode.IN_USE, UploadErrorCode.WRONG_OFFSET):
                    raise
                upload.refresh_from_db()
        return upload.offset

    def is_forgotten(self, upload: Upload) -> bool:
        return upload.offset == upload.size_bytes

    def drop(self, upload: Upload) -> None:
        take(upload)
        upload.refresh_from_db()
        try:
            if upload.multipart_id:
                self._arrivals.abort(upload.content_key, upload.multipart_id)
            in_transaction(lambda: _forget(upload))
        except BaseException:
            give_back(upload)
            raise

    @contextmanager
    def file_of(self, upload: Upload) -> Iterator[Path | None]:
        if not is_finished(upload):
            yield None
            return
        with objects().local_copy(upload.content_key) as path:
            yield path


def is_finished(upload: Upload) -> bool:
    """Whether the content lies under its key, and a film is in the factory."""
    if upload.kind == UploadKind.FILM:
        return upload.asset_id is not None
    return bool(upload.content_key) and not upload.multipart_id


def _forget(upload: Upload) -> None:
    if upload.asset_id is None or upload.kind != UploadKind.FILM:
        remove_below([folder_of(upload)])
    Upload.objects.filter(pk=upload.pk).delete()


def take(upload: Upload) -> None:
    """Makes the caller the only writer: `upload.writer` is its token. Raises UploadError IN_USE or NOT_FOUND.

    Who has heard nothing from its sender for the length of a lease loses it to whoever asks.
    """
    writer = new_id()
    free = Q(writer=None) | Q(writer_until__lt=Now())
    rows = Upload.objects.filter(pk=upload.pk)
    if not rows.filter(free).update(writer=writer, writer_until=later(LEASE)):
        if rows.exists():
            raise UploadError(UploadErrorCode.IN_USE, IN_USE)
        raise UploadError(UploadErrorCode.NOT_FOUND, GONE)
    upload.refresh_from_db()
    upload.writer = writer


def give_back(upload: Upload) -> None:
    """Lets others write."""
    Upload.objects.filter(pk=upload.pk, writer=upload.writer).update(writer=None, writer_until=None)
