"""One request's bytes into the bucket: parts that are sent while the next one fills, and the tail at the end.

A part that fills is a file of this machine without a name, so that a slow sender costs no memory and a killed
process leaves nothing; the kernel keeps it in memory where there is some.
"""

import os
import tempfile
import time
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import IO, Any

from django.conf import settings

from transcoding.asset_errors import UploadError, UploadErrorCode
from transcoding.models import Asset, Upload, UploadKind, UploadPiece
from transcoding.services.claiming import later
from transcoding.services.ingest import expect_source, source_folder, take_source
from transcoding.services.removing import remove_below
from transcoding.services.uploads.in_bucket import LEASE, folder_of, give_back, is_finished
from transcoding.services.uploads.intake import Hold
from transcoding.services.uploads.refusals import IN_USE, expiry
from vod.lib.storage import objects
from vod.lib.storage.arriving import Arrivals, PartsLost
from vod.lib.storage.parts import Part
from vod.lib.transactions import in_transaction

# Parts of one upload that are on their way while the next one fills.
_ON_THE_WAY = 3
_SENDERS = 8
_LOST = "The store lost a part of this upload. Ask for its offset and go on from there."


@cache
def _senders() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_SENDERS, thread_name_prefix="parts")


class _Filling:
    """A part that is not full yet: bytes from `first` on."""

    def __init__(self, first: int, room: int, file: IO[bytes]) -> None:
        self.first, self._room, self.file = first, room, file
        self.length = 0

    @property
    def end(self) -> int:
        return self.first + self.length

    @property
    def is_full(self) -> bool:
        return self.length == self._room

    def add(self, view: memoryview) -> int:
        """Takes what fits; how much that was."""
        taken = os.pwrite(self.file.fileno(), view[: self._room - self.length], self.length)
        self.length += taken
        return taken


@dataclass(frozen=True, slots=True)
class _Sent:
    part: _Filling
    tag: "Future[str]"


class PartsHold(Hold):
    """Writes to an upload that `in_bucket.take` has taken.

    With `all_or_nothing` parts are sent as they fill, but counted only by `keep`; those of a request that was
    not kept are replaced by whoever goes on.
    """

    def __init__(self, upload: Upload, arrivals: Arrivals, *, all_or_nothing: bool) -> None:
        self._upload, self._arrivals = upload, arrivals
        self._counts_at_once = not all_or_nothing
        self._filling: _Filling | None = None
        self._sent: deque[_Sent] = deque()
        self._uncounted: list[UploadPiece] = []
        self._spare: list[IO[bytes]] = []
        self._broken = False
        self._end = upload.offset
        self._renewed = time.monotonic()
        if upload.offset == upload.size_bytes and not is_finished(upload):
            self._complete()
        self.start = upload.offset

    @property
    def _is_small(self) -> bool:
        return self._upload.size_bytes <= self._upload.part_bytes

    def write(self, block: bytes) -> None:
        left = memoryview(block)
        while left:
            part = self._filling or self._open()
            taken = part.add(left)
            self._end += taken
            left = left[taken:]
            if part.is_full and not self._is_small:
                self._send(part)
        self._collect()
        if time.monotonic() - self._renewed > LEASE.total_seconds() / 3:
            self._update()

    def busy(self) -> "Future[Any] | None":
        if len(self._sent) < _ON_THE_WAY or self._sent[0].tag.done():
            return None
        return self._sent[0].tag

    def keep(self) -> int:
        if self._broken:
            # What went through before is safe all the same.
            self._count()
            return self._upload.offset
        part, size = self._filling, self._upload.size_bytes
        if part and part.is_full and not self._is_small:
            self._send(part)
        self._collect(to_the_end=True)
        self._count()
        if self._filling and self._end > self._upload.offset:
            if self._end == size:
                self._put_whole(self._filling)
            else:
                self._put_tail(self._filling)
        if self._upload.offset == size and not is_finished(self._upload):
            self._complete()
        return self._upload.offset

    def undo(self) -> None:
        self._drop_what_is_sent()
        self._uncounted.clear()

    def release(self) -> None:
        self._drop_what_is_sent()
        for file in self._spare:
            file.close()
        self._spare.clear()
        give_back(self._upload)

    def _open(self) -> _Filling:
        """The part that the next byte belongs to, with what the store has of it already."""
        upload = self._upload
        first = self._end // upload.part_bytes * upload.part_bytes
        room = min(upload.part_bytes, upload.size_bytes - first)
        part = _Filling(first, room, self._spare.pop() if self._spare else _nameless_file())
        self._filling = part
        if first < self._end:
            for tail in upload.pieces.filter(etag="", first_byte__gte=first).order_by("first_byte"):
                # One that is missing makes the part too short: then it goes back to what the store has.
                with suppress(FileNotFoundError):
                    part.add(memoryview(objects().read_bytes(tail.key)))
        if part.end != self._end:
            self._cut_back()
        return part

    def _send(self, part: _Filling) -> None:
        upload = self._upload
        if not upload.multipart_id:
            upload.content_key = self._new_key()
            upload.multipart_id = self._arrivals.begin(upload.content_key)
            self._update("multipart_id", "content_key")
        number = part.first // upload.part_bytes + 1
        content = Part(part.file, 0, part.length)
        tag = _senders().submit(self._arrivals.put, upload.content_key, upload.multipart_id, number, content)
        self._sent.append(_Sent(part, tag))
        self._filling = None

    def _collect(self, *, to_the_end: bool = False) -> None:
        """Counts the parts that the store has, in order."""
        try:
            while self._sent and (to_the_end or self._sent[0].tag.done()):
                part = self._sent[0].part
                etag = self._sent[0].tag.result()
                self._sent.popleft()
                self._spare.append(part.file)
                self._uncounted.append(
                    UploadPiece(upload=self._upload, first_byte=part.first, size_bytes=part.length, etag=etag)
                )
            if self._counts_at_once:
                self._count()
        except PartsLost:
            self._broken = True
            self._cut_back()
        except BaseException:
            self._broken = True
            raise

    def _count(self) -> None:
        """Says in the database what is safe. Parts replace the tails that were put together in them."""
        if not self._uncounted:
            return
        tails = self._upload.pieces.filter(etag="")

        def count() -> list[str]:
            self._upload.offset = self._uncounted[-1].first_byte + self._uncounted[-1].size_bytes
            self._update("offset")
            keys = list(tails.values_list("key", flat=True))
            tails.delete()
            UploadPiece.objects.bulk_create(self._uncounted)
            return keys

        replaced = in_transaction(count)
        self._uncounted.clear()
        for key in replaced:
            # What stays behind goes with the upload.
            with suppress(OSError):
                objects().delete(key)

    def _put_tail(self, part: _Filling) -> None:
        first = self._upload.offset
        key = f"{folder_of(self._upload)}/tails/{first}-{self._upload.writer}"
        self._arrivals.put_whole(key, Part(part.file, first - part.first, part.end - first))

        def count() -> None:
            self._upload.offset = part.end
            self._update("offset")
            UploadPiece.objects.create(
                upload=self._upload, first_byte=first, size_bytes=part.end - first, key=key
            )

        in_transaction(count)

    def _put_whole(self, part: _Filling) -> None:
        """What fits into one part needs no parts."""
        if self._upload.kind == UploadKind.FILM:
            expect_source(self._upload.pk)
        key = self._new_key()
        self._arrivals.put_whole(key, Part(part.file, 0, part.length))
        self._upload.content_key, self._upload.offset = key, part.end
        self._update("content_key", "offset")

    def _complete(self) -> None:
        """Puts the content together, and takes a film into the factory. Safe to do again."""
        upload = self._upload
        if upload.kind == UploadKind.FILM:
            expect_source(upload.pk)
        if upload.multipart_id:
            parts = [
                (piece.first_byte // upload.part_bytes + 1, piece.etag)
                for piece in upload.pieces.exclude(etag="").order_by("first_byte")
            ]
            try:
                self._arrivals.complete(
                    upload.content_key, upload.multipart_id, parts, size=upload.size_bytes
                )
            except PartsLost:
                self._cut_back()
        elif not upload.content_key:
            with _nameless_file() as nothing:
                upload.content_key = self._new_key()
                self._arrivals.put_whole(upload.content_key, Part(nothing, 0, 0))

        def take_in() -> None:
            upload.multipart_id = ""
            self._update("multipart_id", "content_key")
            upload.pieces.all().delete()
            remove_below([f"{folder_of(upload)}/tails"])
            if upload.kind == UploadKind.FILM:
                upload.asset = take_source(
                    # However often an upload is completed, and whoever dies over it: one film.
                    asset_id=upload.pk,
                    source_key=upload.content_key,
                    size_bytes=upload.size_bytes,
                    file_name=upload.file_name,
                    uploaded_by_id=upload.owner_id,
                    wanted_for=upload.wanted_for,
                    within=self._is_taken,
                )

        in_transaction(take_in)

    def _is_taken(self, asset: Asset) -> None:
        Upload.objects.filter(pk=self._upload.pk).update(asset=asset)

    def _cut_back(self) -> None:
        """Goes back to what the store still has. Raises UploadError WRONG_OFFSET: the client asks where that is."""
        upload = self._upload
        there = self._arrivals.parts(upload.content_key, upload.multipart_id) if upload.multipart_id else {}
        end = 0
        for piece in upload.pieces.exclude(etag="").order_by("first_byte"):
            number = piece.first_byte // upload.part_bytes + 1
            if piece.first_byte != end or there.get(number) != (piece.etag, piece.size_bytes):
                break
            end += piece.size_bytes

        def cut() -> None:
            upload.offset = end
            if not there:
                upload.multipart_id = upload.content_key = ""
            self._update("offset", "multipart_id", "content_key")
            upload.pieces.filter(first_byte__gte=end).delete()

        in_transaction(cut)
        self._uncounted.clear()
        self._broken = True
        raise UploadError(UploadErrorCode.WRONG_OFFSET, _LOST)

    def _update(self, *fields: str) -> None:
        """Writes fields of the row and says that we live. Raises UploadError IN_USE where somebody else took over."""
        changes = {name: getattr(self._upload, name) for name in fields}
        if "offset" in fields:
            # The bucket's own rule counts from the beginning, whatever still arrives (set_up_bucket).
            last = self._upload.created_at + timedelta(days=settings.UPLOAD_LONGEST_DAYS)
            changes["expires_at"] = self._upload.expires_at = min(expiry(), last)
        ours = Upload.objects.filter(pk=self._upload.pk, writer=self._upload.writer)
        if not ours.update(**changes, writer_until=later(LEASE)):
            self._broken = True
            raise UploadError(UploadErrorCode.IN_USE, IN_USE)
        self._renewed = time.monotonic()

    def _new_key(self) -> str:
        """A key that no other writer, not even one who lost the upload without knowing, will ever write."""
        if self._upload.kind == UploadKind.FILM:
            return f"{source_folder(self._upload.pk)}/source-{self._upload.writer}"
        return f"{folder_of(self._upload)}/content-{self._upload.writer}"

    def _drop_what_is_sent(self) -> None:
        wait([sent.tag for sent in self._sent])
        self._spare += [sent.part.file for sent in self._sent]
        self._sent.clear()
        if self._filling:
            self._spare.append(self._filling.file)
            self._filling = None


def _nameless_file() -> IO[bytes]:
    settings.WORK_ROOT.mkdir(parents=True, exist_ok=True)
    # Closed by whoever holds the upload.
    file: IO[bytes] = tempfile.TemporaryFile(dir=settings.WORK_ROOT, buffering=0)  # noqa: SIM115
    return file
