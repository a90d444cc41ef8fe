"""What only a store behind the S3 interface does, on a real server."""

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from botocore.awsrequest import AWSResponse

from tests.stores.conftest import BUCKET, Connect
from tests.stores.server import StoreServer, free_port
from vod.lib.storage import StoreError
from vod.lib.storage.s3 import S3Store

MB = 1024 * 1024


def file(tmp_path: Path, content: bytes, name: str = "made") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def test_two_installations_in_one_bucket_do_not_see_each_other(connect: Connect) -> None:
    one, other = connect(location="one"), connect(location="one-more")
    one.put_bytes("a/b", b"one")
    other.put_bytes("a/b", b"other")

    one.delete_prefix("a")

    assert other.read_bytes("a/b") == b"other"
    assert not one.exists("a/b")


def test_segments_say_what_they_are_and_that_they_never_change(connect: Connect, tmp_path: Path) -> None:
    store = connect()
    store.put_absent("a/0.m4s", file(tmp_path, b"x"))
    store.put_bytes("a/index.m3u8", b"#EXTM3U\n")

    segment = store.client.head_object(Bucket=BUCKET, Key=store.name_of("a/0.m4s"))
    playlist = store.client.head_object(Bucket=BUCKET, Key=store.name_of("a/index.m3u8"))

    assert (segment["ContentType"], segment["CacheControl"]) == (
        "video/mp4",
        "private, max-age=31536000, immutable",
    )
    assert (playlist["ContentType"], playlist["CacheControl"]) == (
        "application/vnd.apple.mpegurl",
        "private, no-cache",
    )


def test_a_large_object_goes_in_parts_once(connect: Connect, tmp_path: Path) -> None:
    store = connect(single_put_bytes=5 * MB)
    content = os.urandom(12 * MB + 345)

    assert store.put_absent("sources/1/source", file(tmp_path, content)) is True
    assert store.put_absent("sources/1/source", file(tmp_path, bytes(12 * MB + 345), "late")) is False

    assert store.read_bytes("sources/1/source") == content
    head = store.client.head_object(Bucket=BUCKET, Key=store.name_of("sources/1/source"))
    assert head["ETag"].strip('"').endswith("-3")


def test_a_large_object_that_cannot_be_finished_leaves_no_parts(
    connect: Connect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = connect(single_put_bytes=5 * MB)

    def broken(*_arguments: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("vod.lib.storage.parts.Part.read", broken)

    with pytest.raises(OSError, match="Input/output"):
        store.put_absent("sources/1/source", file(tmp_path, bytes(6 * MB)))

    unfinished = store.client.list_multipart_uploads(Bucket=BUCKET, Prefix=store.location)
    assert unfinished.get("Uploads", []) == []
    assert not store.exists("sources/1/source")


def test_more_objects_than_one_page_holds_are_removed(connect: Connect) -> None:
    store = connect()
    store.page_size = 10
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: store.put_bytes(f"a/{number:05d}", b""), range(35)))
    assert len(store.keys_below("a")) == 35

    store.delete_prefix("a")

    assert store.keys_below("a") == []


def test_a_store_that_knows_no_lists_of_what_to_remove_is_asked_one_by_one(connect: Connect) -> None:
    store = connect()
    for number in range(3):
        store.put_bytes(f"a/{number}", b"")
    # As Google's answers.
    store.client.meta.events.register(
        "before-call.s3.DeleteObjects",
        lambda **_context: (
            AWSResponse("", 501, {}, None),  # type: ignore[arg-type]
            {
                "Error": {"Code": "NotImplemented", "Message": ""},
                "ResponseMetadata": {"HTTPStatusCode": 501},
            },
        ),
    )

    store.delete_prefix("a")

    assert store.keys_below("a") == []


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"access_key": "SOMEBODYELSE"}, "set S3_ACCESS_KEY|set S3_SECRET_KEY"),
        ({"secret_key": "wrong"}, "refuses the secret key"),
        ({"bucket_name": "lantern-elsewhere"}, "no bucket lantern-elsewhere"),
    ],
)
def test_a_store_that_may_not_be_used_says_why(
    connect: Connect, tmp_path: Path, options: dict[str, str], sentence: str
) -> None:
    store = connect(attempts=1, **options)

    with pytest.raises(StoreError, match=sentence):
        store.put_bytes("a/b", b"x")
    with pytest.raises(StoreError, match=sentence):
        store.put_absent("a/b", file(tmp_path, b"x"))
    with pytest.raises(StoreError, match=sentence):
        store.read_bytes("a/b")
    with pytest.raises(StoreError):
        store.try_out()


def test_a_store_that_is_not_there_is_an_error_within_bounds(connect: Connect) -> None:
    store = connect(endpoint_url=f"http://127.0.0.1:{free_port()}", attempts=2)
    began = time.monotonic()

    with pytest.raises(StoreError, match="Could not connect"):
        store.read_bytes("a/b")

    assert time.monotonic() - began < 10


def test_a_store_that_hangs_is_an_error_within_bounds(connect: Connect, s3_server: StoreServer) -> None:
    store = connect(timeout=1, attempts=2)
    s3_server.pause()
    began = time.monotonic()
    try:
        with pytest.raises(StoreError):
            store.read_bytes("a/b")
    finally:
        s3_server.resume()

    assert time.monotonic() - began < 20


def test_a_store_that_hangs_for_a_while_costs_only_time(
    connect: Connect, s3_server: StoreServer, tmp_path: Path
) -> None:
    store = connect(timeout=1, attempts=6)
    store.try_out()
    s3_server.pause()
    timer = threading.Timer(3, s3_server.resume)
    timer.start()
    try:
        # The first request may have arrived after all: then the second is told that the object is there.
        store.put_absent("a/0.m4s", file(tmp_path, b"made once"))
    finally:
        timer.join()

    assert store.read_bytes("a/0.m4s") == b"made once"


def copies(tmp_path: Path) -> list[str]:
    return sorted(path.suffix or "copy" for path in (tmp_path / "copies").iterdir())


def test_a_source_is_fetched_once_for_all_who_read_it(
    connect: Connect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stores = [connect(location="shared") for _ in range(4)]
    stores[0].put_bytes("sources/1/source", bytes(MB))
    fetched: list[str] = []
    download = S3Store._download

    def counted(self: S3Store, key: str, target: Path, size: int) -> None:
        fetched.append(key)
        download(self, key, target, size)

    monkeypatch.setattr(S3Store, "_download", counted)

    def read(store: S3Store) -> int:
        with store.local_copy("sources/1/source") as path:
            return len(path.read_bytes())

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(read, stores)) == [MB] * 4

    assert fetched == ["sources/1/source"]
    assert copies(tmp_path) == [".lock", "copy"]


def test_copies_that_nobody_reads_make_room_for_new_ones(connect: Connect, tmp_path: Path) -> None:
    store = connect(copies_bytes=2 * MB)
    for number in range(3):
        store.put_bytes(f"sources/{number}", bytes([number]) * MB)

    with store.local_copy("sources/0") as held:
        for number in (1, 2):
            with store.local_copy(f"sources/{number}") as path:
                assert path.read_bytes() == bytes([number]) * MB
        assert held.read_bytes() == bytes(MB)

    assert copies(tmp_path).count("copy") == 2


def test_a_source_that_is_replaced_is_fetched_anew(connect: Connect) -> None:
    store = connect()
    store.put_bytes("sources/1", b"before")
    with store.local_copy("sources/1") as path:
        assert path.read_bytes() == b"before"
    store.put_bytes("sources/1", b"after!")

    with store.local_copy("sources/1") as path:
        assert path.read_bytes() == b"after!"


def test_a_copy_that_cannot_be_fetched_leaves_nothing(
    connect: Connect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = connect()
    store.put_bytes("sources/1", b"film")

    def broken(_self: S3Store, _key: str, target: Path, _size: int) -> None:
        target.write_bytes(b"fi")
        raise StoreError("gone")

    monkeypatch.setattr(S3Store, "_download", broken)

    with pytest.raises(StoreError), store.local_copy("sources/1"):
        pass

    assert "copy" not in copies(tmp_path)
    assert ".part" not in copies(tmp_path)


def test_copies_go_with_the_objects(connect: Connect, tmp_path: Path) -> None:
    store = connect()
    for number in range(3):
        store.put_bytes(f"sources/{number}/source", bytes([number]))
        with store.local_copy(f"sources/{number}/source"):
            pass

    store.delete_prefix("sources/0")
    store.delete("sources/1/source")

    assert copies(tmp_path) == [".lock", "copy"]
    with store.local_copy("sources/2/source") as path:
        assert path.read_bytes() == bytes([2])


def test_who_reads_a_source_while_it_is_removed_takes_the_copy_along(
    connect: Connect, tmp_path: Path
) -> None:
    store, other = connect(location="shared"), connect(location="shared", copies=tmp_path / "elsewhere")
    store.put_bytes("sources/1/source", b"film")

    with pytest.raises(InterruptedError), store.local_copy("sources/1/source") as path:
        other.delete_prefix("sources/1")
        assert path.read_bytes() == b"film"
        raise InterruptedError

    assert copies(tmp_path) == []
