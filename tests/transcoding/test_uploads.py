"""tus 1.0.0 at /api/uploads/: the protocol, and what is kept when things break."""

import base64
import fcntl
import hashlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from tests.people import Person
from tests.transcoding.tus_client import Send, b64, patch
from transcoding.asset_errors import UploadError
from transcoding.models import Asset, Upload
from transcoding.services import uploads
from transcoding.services.uploads import on_disk
from vod.lib.graphql.ids import encode_id
from vod.lib.rows import new_id
from vod.lib.storage import objects


def test_options_tells_what_the_server_can_do_to_anybody(send: Send, settings: Any) -> None:
    response = send("OPTIONS", as_=None, headers={"Tus-Resumable": None})

    assert response.status_code == 204
    assert response["Tus-Version"] == "1.0.0"
    assert response["Tus-Extension"] == "creation,creation-with-upload,checksum,termination,expiration"
    assert response["Tus-Checksum-Algorithm"] == "sha1,sha256,md5"
    assert response["Tus-Max-Size"] == str(settings.UPLOAD_MAX_BYTES)


def test_a_film_sent_in_parts_becomes_an_asset_with_its_request(
    send: Send, begin: Callable[..., str], film: Path, operator: Person
) -> None:
    content = film.read_bytes()
    half = len(content) // 2
    address = begin(len(content), f"filename {b64('Ein Film.mkv')},kind {b64('film')}")

    first = patch(send, address, 0, content[:half])
    between = send("HEAD", address)
    last = patch(send, address, half, content[half:])

    assert (first.status_code, first["Upload-Offset"]) == (204, str(half))
    assert "Asset-Id" not in first
    assert (between["Upload-Offset"], between["Upload-Length"]) == (str(half), str(len(content)))
    assert (last.status_code, last["Upload-Offset"]) == (204, str(len(content)))
    asset = Asset.objects.get()
    assert last["Asset-Id"] == encode_id("Asset", asset.pk)
    assert (asset.file_name, asset.size_bytes) == ("Ein Film.mkv", len(content))
    assert asset.uploaded_by_id == operator.user.pk
    assert objects().read_bytes(asset.source_key) == content
    known = send("GET", address).json()
    assert known == {"offset": len(content), "size": len(content), "assetId": encode_id("Asset", asset.pk)}


def test_a_whole_film_can_come_with_its_creation(send: Send) -> None:
    video = new_id()
    said = f"filename {b64('a.mkv')},videoId {b64(encode_id('Video', video))}"

    response = send("POST", body=b"12345", headers={"Upload-Length": "5", "Upload-Metadata": said})

    asset = Asset.objects.get()
    assert response.status_code == 201
    assert response["Upload-Offset"] == "5"
    assert response["Asset-Id"] == encode_id("Asset", asset.pk)
    assert asset.wanted_for == video


def test_the_address_is_the_servers_own_whatever_host_a_client_names(send: Send) -> None:
    response = send("POST", headers={"Upload-Length": "5", "Host": "evil.example"}, content_type="")

    assert response["Location"] == f"/api/uploads/{Upload.objects.get().pk}"


def test_the_address_begins_with_the_public_one_where_it_is_set(send: Send, settings: Any) -> None:
    settings.PUBLIC_URL = "https://films.example"

    response = send("POST", headers={"Upload-Length": "5"}, content_type="")

    assert response["Location"].startswith("https://films.example/api/uploads/")


@pytest.mark.parametrize("offset", [0, 2, 4])
def test_a_part_at_another_offset_is_refused(send: Send, begin: Callable[..., str], offset: int) -> None:
    address = begin(10)
    patch(send, address, 0, b"abc")

    response = patch(send, address, offset, b"xyz")

    assert response.status_code == 409
    assert send("HEAD", address)["Upload-Offset"] == "3"


def test_more_bytes_than_announced_are_refused_unread(send: Send, begin: Callable[..., str]) -> None:
    address = begin(4)

    response = patch(send, address, 0, b"12345")

    assert response.status_code == 413
    assert send("HEAD", address)["Upload-Offset"] == "0"


@pytest.mark.parametrize("algorithm", ["sha1", "sha256", "md5"])
def test_a_part_with_the_right_checksum_is_kept(
    send: Send, begin: Callable[..., str], algorithm: str
) -> None:
    address = begin(10)
    digest = base64.b64encode(hashlib.new(algorithm, b"abc").digest()).decode()

    response = patch(send, address, 0, b"abc", **{"Upload-Checksum": f"{algorithm} {digest}"})

    assert (response.status_code, response["Upload-Offset"]) == (204, "3")


def test_a_part_with_a_wrong_checksum_is_rolled_back(send: Send, begin: Callable[..., str]) -> None:
    address = begin(10)
    patch(send, address, 0, b"abc")
    digest = base64.b64encode(hashlib.sha1(b"other", usedforsecurity=False).digest()).decode()

    response = patch(send, address, 3, b"def", **{"Upload-Checksum": f"sha1 {digest}"})

    assert response.status_code == 460
    assert send("HEAD", address)["Upload-Offset"] == "3"
    assert patch(send, address, 3, b"def").status_code == 204
    assert uploads.upload_file(Upload.objects.get().pk).read_bytes() == b"abcdef"


def test_a_second_writer_is_locked_out(send: Send, begin: Callable[..., str]) -> None:
    address = begin(10)

    with uploads.upload_file(Upload.objects.get().pk).open("r+b") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        response = patch(send, address, 0, b"abc")

    assert response.status_code == 423
    assert patch(send, address, 0, b"abc").status_code == 204


def test_what_arrived_before_the_sender_died_is_kept(begin: Callable[..., str]) -> None:
    begin(100)
    upload = Upload.objects.get()
    blocks = [b"twenty bytes arrived"]

    def read(_size: int) -> bytes:
        if blocks:
            return blocks.pop()
        raise ConnectionResetError("the sender is gone")

    offset = uploads.append(upload=upload, offset=0, length=100, read=read)

    assert offset == 20
    assert uploads.offset_of(Upload.objects.get()) == 20


def test_an_unchecked_part_does_not_survive_the_death_of_the_server(begin: Callable[..., str]) -> None:
    begin(100)
    upload = Upload.objects.get()
    path = uploads.upload_file(upload.pk)
    path.write_bytes(b"checked and then not")
    path.with_suffix(".rollback").write_text("7")

    assert uploads.offset_of(upload) == 7
    assert path.read_bytes() == b"checked"


def test_a_film_whose_last_request_died_is_found_by_the_sweeper(begin: Callable[..., str]) -> None:
    begin(4)
    upload = Upload.objects.get()
    uploads.upload_file(upload.pk).write_bytes(b"film")

    uploads.finish_forgotten()

    upload.refresh_from_db()
    assert upload.asset is not None
    assert upload.offset == 4


def test_space_is_reserved_for_what_others_have_announced(
    send: Send, begin: Callable[..., str], monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.UPLOAD_SPARE_BYTES = 10
    monkeypatch.setattr("shutil.disk_usage", lambda _path: type("Usage", (), {"free": 100}))
    begin(50)

    response = send("POST", headers={"Upload-Length": "41"}, content_type="")

    assert (response.status_code, response.json()["code"]) == (507, "DISK_FULL")
    assert Upload.objects.count() == 1
    begin(40)


def test_a_full_disk_in_the_middle_keeps_what_fits(
    send: Send, begin: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = begin(10)

    def full(hold: Any, block: bytes) -> None:
        hold._file.write(block[:3])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(on_disk._FileHold, "write", full)
        response = patch(send, address, 0, b"abcdef")

    assert response.status_code == 507
    assert send("HEAD", address)["Upload-Offset"] == "3"


def test_a_dropped_upload_leaves_nothing(send: Send, begin: Callable[..., str], settings: Any) -> None:
    address = begin(10)
    patch(send, address, 0, b"abc")

    assert send("DELETE", address).status_code == 204

    assert send("HEAD", address).status_code == 404
    assert list(settings.UPLOAD_ROOT.iterdir()) == []


def test_uploads_whose_time_is_over_are_removed_unless_somebody_writes(
    begin: Callable[..., str], settings: Any
) -> None:
    begin(10)
    begin(10)
    Upload.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    _first, second = Upload.objects.order_by("id")

    with uploads.upload_file(second.pk).open("r+b") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        uploads.drop_stale()

    assert list(Upload.objects.all()) == [second]
    assert [path.name for path in settings.UPLOAD_ROOT.iterdir()] == [str(second.pk)]


def test_subtitles_wait_as_files_until_somebody_takes_them(send: Send, begin: Callable[..., str]) -> None:
    address = begin(6, f"kind {b64('subtitles')}")
    patch(send, address, 0, b"WEB")
    upload = Upload.objects.get()
    with uploads.finished_file(upload=upload) as path:
        assert path is None

    response = patch(send, address, 3, b"VTT")

    assert "Asset-Id" not in response
    with uploads.finished_file(upload=upload) as path:
        assert path is not None
        assert path.read_bytes() == b"WEBVTT"
    assert Asset.objects.count() == 0


def test_a_method_can_be_overridden(send: Send, begin: Callable[..., str]) -> None:
    address = begin(10)

    response = send(
        "POST", address, b"abc", headers={"X-HTTP-Method-Override": "PATCH", "Upload-Offset": "0"}
    )

    assert (response.status_code, response["Upload-Offset"]) == (204, "3")


def test_a_complete_upload_takes_no_more(send: Send, begin: Callable[..., str]) -> None:
    address = begin(3)
    patch(send, address, 0, b"abc")

    assert patch(send, address, 3, b"d").status_code == 409
    assert send("HEAD", address)["Upload-Offset"] == "3"


def test_the_bytes_of_an_upload_that_are_gone_are_not_found(begin: Callable[..., str]) -> None:
    begin(3)
    upload = Upload.objects.get()
    uploads.upload_file(upload.pk).unlink()

    with pytest.raises(UploadError, match="gone"):
        uploads.offset_of(upload)
