"""Uploads into a real bucket: as they arrive, by whichever process, and exactly once."""

import hashlib
import os
import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from tests.people import Person
from tests.stores.conftest import BUCKET, use_s3
from tests.stores.server import StoreServer, free_port
from transcoding.asset_errors import UploadError, UploadErrorCode
from transcoding.models import Asset, Removal, Upload, UploadPiece
from transcoding.services import uploads
from transcoding.services.delete import delete_asset
from transcoding.services.removing import remove_leftovers
from transcoding.services.uploads import in_bucket, parts
from vod.lib.storage import objects
from vod.lib.storage.s3 import S3Store

MIB = 1024 * 1024
PART = 5 * MIB
Begin = Callable[..., Upload]


@pytest.fixture(autouse=True)
def bucket(s3_server: StoreServer, settings: Settings, tmp_path: Path, monkeypatch: Any) -> None:
    """The program on the real store, with the smallest parts that S3 takes."""
    use_s3(settings, s3_server, tmp_path)
    monkeypatch.setattr(in_bucket, "_PART_BYTES", PART)


@pytest.fixture
def begin(operator: Person) -> Begin:
    """`begin(size, kind)`: a new upload of the operator's."""

    def begun(size: int, kind: str = "film") -> Upload:
        return uploads.create_upload(
            owner_id=operator.user.pk, kind=kind, file_name="a.mkv", size_bytes=size, wanted_for=None
        )

    return begun


def film(size: int) -> bytes:
    return random.Random(size).randbytes(size)


def reading(content: bytes) -> Callable[[int], bytes]:
    rest = memoryview(content)

    def read(size: int) -> bytes:
        nonlocal rest
        block, rest = bytes(rest[:size]), rest[size:]
        return block

    return read


def send(upload: Upload, content: bytes, offset: int = 0, **options: Any) -> int:
    """Sends a part as another process would that knows nothing but the row."""
    length = options.pop("length", len(content))
    return uploads.append(
        upload=Upload.objects.get(pk=upload.pk),
        offset=offset,
        length=length,
        read=reading(content),
        **options,
    )


def store() -> S3Store:
    found = objects()
    assert isinstance(found, S3Store)
    return found


def open_multiparts() -> list[str]:
    answer = store().client.list_multipart_uploads(Bucket=BUCKET, Prefix=store().name_of("sources"))
    return [found["Key"] for found in answer.get("Uploads", [])]


def whole(upload: Upload) -> bytes:
    upload.refresh_from_db()
    assert upload.asset is not None
    return store().read_bytes(upload.asset.source_key)


@pytest.mark.parametrize(
    "cuts",
    [
        [],
        [PART],
        [1],
        [PART - 1, PART + 1],
        [100, 200, 3 * MIB, PART + 7, 2 * PART],
    ],
)
def test_a_film_is_the_same_however_it_was_cut(begin: Begin, cuts: list[int]) -> None:
    content = film(2 * PART + 12345)
    upload = begin(len(content))

    for first, last in zip([0, *cuts], [*cuts, len(content)], strict=True):
        assert uploads.offset_of(Upload.objects.get(pk=upload.pk)) == first
        assert send(upload, content[first:last], first) == last

    assert whole(upload) == content
    assert Asset.objects.get().size_bytes == len(content)
    assert UploadPiece.objects.count() == 0
    assert open_multiparts() == []
    assert store().keys_below("uploads") == []


@pytest.mark.parametrize("size", [0, 1, PART - 1, PART, PART + 1])
def test_sizes_around_those_of_parts(begin: Begin, size: int) -> None:
    content = film(size)
    upload = begin(size)
    if size:
        assert send(upload, content) == size

    assert whole(upload) == content


def test_what_arrived_before_the_sender_died_is_kept(begin: Begin) -> None:
    content = film(PART + 3000)
    upload = begin(len(content))

    offset = send(upload, content[: PART + 1000], length=len(content))

    assert offset == PART + 1000
    assert send(upload, content[offset:], offset) == len(content)
    assert whole(upload) == content


def test_a_process_that_dies_keeps_whole_parts(begin: Begin) -> None:
    content = film(2 * PART + 10)
    upload = begin(len(content))
    dying = uploads.Writing(Upload.objects.get(pk=upload.pk), 0, len(content))
    dying.begin()
    for first in range(0, PART + MIB, MIB):
        dying.write(content[first : first + MIB])
    hold: Any = dying._hold
    hold._collect(to_the_end=True)
    Upload.objects.update(writer_until=timezone.now() - timedelta(seconds=1))

    offset = uploads.offset_of(Upload.objects.get(pk=upload.pk))

    assert offset == PART
    assert send(upload, content[offset:], offset) == len(content)
    assert whole(upload) == content
    with pytest.raises(UploadError) as refused:
        dying.finish()
    assert refused.value.code is UploadErrorCode.IN_USE
    assert whole(upload) == content


def test_a_second_writer_is_locked_out_until_the_first_is_silent(begin: Begin) -> None:
    content = film(100)
    upload = begin(100)
    first = uploads.Writing(Upload.objects.get(pk=upload.pk), 0, 100)
    first.begin()

    with pytest.raises(UploadError) as refused:
        send(upload, content)
    assert refused.value.code is UploadErrorCode.IN_USE
    with pytest.raises(UploadError):
        uploads.terminate(Upload.objects.get(pk=upload.pk))

    Upload.objects.update(writer_until=timezone.now() - timedelta(seconds=1))
    assert send(upload, content) == 100
    first.write(b"x" * 100)
    with pytest.raises(UploadError):
        first.finish()
    assert whole(upload) == content


def test_a_part_with_a_wrong_checksum_leaves_nothing(begin: Begin) -> None:
    from transcoding.tus import Checksum

    content = film(2 * PART + 50)
    upload = begin(len(content))
    send(upload, content[:70])
    wrong = Checksum("sha256", hashlib.sha256(b"other").digest())
    damaged = content[70 : PART + 100][::-1]

    with pytest.raises(UploadError) as refused:
        send(upload, damaged, 70, checksum=wrong)

    assert refused.value.code is UploadErrorCode.WRONG_CHECKSUM
    assert uploads.offset_of(Upload.objects.get(pk=upload.pk)) == 70
    right = Checksum("sha256", hashlib.sha256(content[70:]).digest())
    assert send(upload, content[70:], 70, checksum=right) == len(content)
    assert whole(upload) == content


def test_a_checked_part_that_breaks_off_leaves_nothing(begin: Begin) -> None:
    from transcoding.tus import Checksum

    content = film(2 * PART)
    upload = begin(len(content))
    check = Checksum("sha1", hashlib.sha1(content, usedforsecurity=False).digest())

    with pytest.raises(UploadError):
        send(upload, content[: PART + 10], length=len(content), checksum=check)

    assert uploads.offset_of(Upload.objects.get(pk=upload.pk)) == 0


def test_a_dropped_upload_leaves_nothing_in_the_bucket(begin: Begin) -> None:
    content = film(PART + 10)
    upload = begin(2 * PART)
    send(upload, content)
    assert len(open_multiparts()) == 1

    uploads.terminate(Upload.objects.get(pk=upload.pk))
    Removal.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    remove_leftovers()

    assert open_multiparts() == []
    assert store().keys_below("uploads") == []
    assert Upload.objects.count() == 0


def test_an_upload_whose_time_is_over_is_aborted(begin: Begin) -> None:
    upload = begin(2 * PART)
    send(upload, film(PART + 10))
    Upload.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    uploads.drop_stale()

    assert open_multiparts() == []
    assert Upload.objects.count() == 0


@pytest.mark.parametrize("size", [100, PART + 100])
def test_a_death_between_the_last_byte_and_the_rows_is_made_good(
    begin: Begin, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = film(size)
    upload = begin(size)

    with monkeypatch.context() as dies:
        dies.setattr(parts, "take_source", lambda **_: (_ for _ in ()).throw(RuntimeError("killed")))
        with pytest.raises(RuntimeError):
            send(upload, content)
    assert Asset.objects.count() == 0

    uploads.finish_forgotten()
    uploads.finish_forgotten()

    assert whole(upload) == content
    assert Asset.objects.count() == 1
    assert open_multiparts() == []


def test_a_store_that_is_away_costs_only_time(begin: Begin, settings: Settings) -> None:
    content = film(2 * PART + 500)
    upload = begin(len(content))
    send(upload, content[: PART + 100])
    there = settings.STORAGES
    default = there["default"]
    nowhere = {**default["OPTIONS"], "endpoint_url": f"http://127.0.0.1:{free_port()}", "attempts": 1}
    settings.STORAGES = {**there, "default": {**default, "OPTIONS": nowhere}}

    with pytest.raises(UploadError) as refused:
        send(upload, content[PART + 100 :], PART + 100)
    uploads.drop_stale()

    assert refused.value.code is UploadErrorCode.STORE_AWAY
    settings.STORAGES = there
    assert uploads.offset_of(Upload.objects.get(pk=upload.pk)) == PART + 100
    assert send(upload, content[PART + 100 :], PART + 100) == len(content)
    assert whole(upload) == content


def test_parts_that_the_store_lost_are_sent_again(begin: Begin) -> None:
    content = film(3 * PART)
    upload = begin(len(content))
    send(upload, content[: 2 * PART + 10])
    upload.refresh_from_db()
    store().client.abort_multipart_upload(
        Bucket=BUCKET, Key=store().name_of(upload.content_key), UploadId=upload.multipart_id
    )

    with pytest.raises(UploadError) as refused:
        send(upload, content[2 * PART + 10 :], 2 * PART + 10)

    assert refused.value.code is UploadErrorCode.WRONG_OFFSET
    assert uploads.offset_of(Upload.objects.get(pk=upload.pk)) == 0
    assert send(upload, content) == len(content)
    assert whole(upload) == content


def test_a_part_that_a_late_writer_replaced_is_found_out(begin: Begin) -> None:
    content = film(2 * PART + 5)
    upload = begin(len(content))
    send(upload, content[: PART + 5])
    upload.refresh_from_db()
    store().client.upload_part(
        Bucket=BUCKET,
        Key=store().name_of(upload.content_key),
        UploadId=upload.multipart_id,
        PartNumber=1,
        Body=os.urandom(PART),
    )

    with pytest.raises(UploadError) as refused:
        send(upload, content[PART + 5 :], PART + 5)

    assert refused.value.code is UploadErrorCode.WRONG_OFFSET
    assert uploads.offset_of(Upload.objects.get(pk=upload.pk)) == 0
    assert send(upload, content) == len(content)
    assert whole(upload) == content


@pytest.mark.parametrize("size", [6, PART + 6])
def test_subtitles_are_found_by_another_process(begin: Begin, size: int) -> None:
    content = film(size)
    upload = begin(size, "subtitles")
    send(upload, content[:3])
    with uploads.finished_file(upload=Upload.objects.get(pk=upload.pk)) as path:
        assert path is None

    send(upload, content[3:], 3)

    with uploads.finished_file(upload=Upload.objects.get(pk=upload.pk)) as path:
        assert path is not None
        assert path.read_bytes() == content
    uploads.terminate(Upload.objects.get(pk=upload.pk))
    Removal.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    remove_leftovers()
    assert store().keys_below("uploads") == []


def test_parts_are_few_enough_for_the_largest_file() -> None:
    for size in (1, 10**9, 100 * 10**9, 5 * 10**12):
        each = in_bucket.part_bytes_for(size)
        assert each >= PART
        assert each % MIB == 0
        assert -(-size // each) <= 10_000
        assert each <= 5 * 1024**3


def test_a_film_that_was_deleted_stays_deleted(begin: Begin) -> None:
    upload = begin(1000)
    send(upload, film(1000))
    upload.refresh_from_db()

    delete_asset(asset_id=upload.asset_id)
    uploads.finish_forgotten()

    assert not Asset.objects.exists()
    assert not Upload.objects.exists()
    assert Removal.objects.filter(prefix__startswith="sources/").exists()


def test_the_bytes_of_somebody_who_left_are_removed_when_their_time_is_over(
    begin: Begin, operator: Person
) -> None:
    content = film(PART + 10)
    upload = begin(2 * PART)
    send(upload, content)
    assert open_multiparts()

    operator.user.delete()
    assert uploads.offset_of(Upload.objects.get(pk=upload.pk)) == len(content)
    Upload.objects.update(expires_at=timezone.now() - timedelta(hours=1))
    uploads.drop_stale()

    assert not Upload.objects.exists()
    assert open_multiparts() == []
