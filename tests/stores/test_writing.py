"""What goes along with every write, and what becomes of one that the store does not hold as it was given."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from django.core.files.base import ContentFile

from tests.stores.conftest import BUCKET, Connect
from tests.stores.server import StoreServer
from vod.lib.storage import StoreError
from vod.lib.storage.s3 import S3Store
from vod.lib.storage.writing import Writing, vouched

MB = 1024 * 1024


def file(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "made"
    path.write_bytes(content)
    return path


class Deaf:
    """Takes every request of a store's client instead of a server, and remembers what it would have got."""

    def __init__(self, store: S3Store) -> None:
        self.sent: list[tuple[str, dict[str, str]]] = []
        store.client.meta.events.register("before-send.s3", self._take)
        store._refuses = True

    def _take(self, request: Any, event_name: str, **_context: object) -> AWSResponse:
        headers = {
            name.lower(): value.decode() if isinstance(value, bytes) else value
            for name, value in request.headers.items()
        }
        self.sent.append((event_name.rpartition(".")[2], headers))
        answer = {"ETag": '"x"', "Content-Length": str(12 * MB if request.method == "HEAD" else 0)}
        raw = _Nothing()
        if "uploads" in request.url:
            raw.content = b"<R><UploadId>1</UploadId></R>"
        return AWSResponse(request.url, 200, answer, raw)  # type: ignore[arg-type]


class _Nothing:
    content = b""

    def stream(self, **_options: object) -> list[bytes]:
        return [self.content]

    def read(self, *_arguments: object) -> bytes:
        return b""


def test_every_kind_of_write_asks_for_encryption_and_class_and_for_no_access_list(
    connect: Connect, tmp_path: Path
) -> None:
    store = connect(
        encryption="aws:kms",
        encryption_key="key-1",
        storage_classes={"": "STANDARD_IA", "sources/": "ONEZONE_IA"},
        single_put_bytes=5 * MB,
    )
    deaf = Deaf(store)

    store._put("a/0.m4s", file(tmp_path, b"x" * 12 * MB))
    store._put_parts("sources/1/source", file(tmp_path, b"x" * 12 * MB))

    begun = {name: headers for name, headers in deaf.sent if name in ("PutObject", "CreateMultipartUpload")}
    for name, kind in (("PutObject", "STANDARD_IA"), ("CreateMultipartUpload", "ONEZONE_IA")):
        assert begun[name]["x-amz-server-side-encryption"] == "aws:kms"
        assert begun[name]["x-amz-server-side-encryption-aws-kms-key-id"] == "key-1"
        assert begun[name]["x-amz-storage-class"] == kind
        assert begun[name]["authorization"].startswith("AWS4-HMAC-SHA256")
    assert not [headers for _, headers in deaf.sent if "x-amz-acl" in headers]
    assert store.get_object_parameters("a/0.m4s") == store.writing.headers_of("a/0.m4s")


def test_nothing_is_asked_for_where_nothing_is_set() -> None:
    assert set(Writing().headers_of("a/0.m4s")) == {"ContentType", "CacheControl"}
    assert Writing("AES256", "key-1").headers_of("a")["ServerSideEncryption"] == "AES256"
    assert "SSEKMSKeyId" not in Writing("AES256", "key-1").headers_of("a")


def test_the_longest_beginning_of_a_key_says_the_class() -> None:
    writing = Writing(storage_classes={"": "HOT", "sources/": ""})

    assert writing.storage_class_of("assets/1/0.m4s") == "HOT"
    assert writing.storage_class_of("sources/1/source") == ""


def test_what_is_encrypted_by_a_key_service_is_written_checked_and_read(
    connect: Connect, s3_server: StoreServer, tmp_path: Path
) -> None:
    store = connect(encryption="aws:kms", encryption_key="lantern-key", single_put_bytes=5 * MB)
    small, large = os.urandom(1000), os.urandom(6 * MB)

    if not s3_server.has_key_service:
        with pytest.raises(StoreError):
            store.put_absent("a/0.m4s", file(tmp_path, small))
        return
    store.put_absent("a/0.m4s", file(tmp_path, small))
    store.put_absent("sources/1/source", file(tmp_path, large))

    for key, content in (("a/0.m4s", small), ("sources/1/source", large)):
        head = store.client.head_object(Bucket=BUCKET, Key=store.name_of(key))
        assert (head["ServerSideEncryption"], head["SSEKMSKeyId"]) == ("aws:kms", "lantern-key")
        assert store.read_bytes(key) == content


def test_a_storage_class_that_the_store_does_not_know_is_an_error(connect: Connect, tmp_path: Path) -> None:
    store = connect(storage_classes={"": "TEPID"})

    with pytest.raises(StoreError, match=r"storage class|InvalidArgument"):
        store.put_absent("a/0.m4s", file(tmp_path, b"x"))

    connect(storage_classes={"": "STANDARD"}).put_absent("a/0.m4s", file(tmp_path, b"x"))


@pytest.fixture
def answers(connect: Connect) -> Callable[..., tuple[S3Store, list[str]]]:
    """`answers(operation, tags)`: a store that says these entity tags of what it was given, then its own."""

    def prepared(operation: str, tags: list[str], **options: object) -> tuple[S3Store, list[str]]:
        store = connect(**options)
        asked: list[str] = []

        def say(parsed: dict[str, Any], **_context: object) -> None:
            asked.append(parsed["ETag"])
            if tags:
                parsed["ETag"] = tags.pop(0)

        assert store.refuses_late_writers is not None
        store.client.meta.events.register(f"after-call.s3.{operation}", say)
        return store, asked

    return prepared


WRONG = f'"{"0" * 32}"'


def test_an_object_that_the_store_holds_otherwise_is_removed_and_written_again(
    answers: Callable[..., tuple[S3Store, list[str]]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, asked = answers("PutObject", [WRONG])
    store._tags_are_digests = True
    removed: list[str] = []
    delete = S3Store.delete

    def deleted(self: S3Store, key: str) -> None:
        removed.append(key)
        delete(self, key)

    monkeypatch.setattr(S3Store, "delete", deleted)

    assert store.put_absent("a/0.m4s", file(tmp_path, b"segment")) is True

    assert store.read_bytes("a/0.m4s") == b"segment"
    assert (len(asked), removed) == (2, ["a/0.m4s"])


def test_an_object_that_the_store_never_holds_as_given_is_an_error_and_gone(
    answers: Callable[..., tuple[S3Store, list[str]]], tmp_path: Path
) -> None:
    store, _ = answers("PutObject", [WRONG] * 100)
    store._tags_are_digests = True

    with pytest.raises(StoreError, match=r"does not keep a/0\.m4s as it was given"):
        store.put_absent("a/0.m4s", file(tmp_path, b"segment"))

    assert not store.exists("a/0.m4s")


def test_where_tags_are_no_digests_the_length_counts(
    answers: Callable[..., tuple[S3Store, list[str]]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, asked = answers("PutObject", [WRONG] * 100)

    store.put_absent("a/0.m4s", file(tmp_path, b"segment"))
    store.put_absent("a/1.m4s", file(tmp_path, b"segment"))

    # One of them was the trial.
    assert len(asked) == 3
    assert store.keys_below("checks") == []
    monkeypatch.setattr(S3Store, "size", lambda _self, _key: 3)
    with pytest.raises(StoreError, match="as it was given"):
        store.put_absent("a/2.m4s", file(tmp_path, b"segment"))
    assert not store.exists("a/2.m4s")


def test_a_part_that_the_store_holds_otherwise_is_written_again(
    answers: Callable[..., tuple[S3Store, list[str]]], tmp_path: Path
) -> None:
    store, asked = answers("UploadPart", [WRONG], single_put_bytes=5 * MB)
    content = os.urandom(11 * MB)

    store.put_absent("sources/1/source", file(tmp_path, content))

    assert len(asked) == 4
    assert store.read_bytes("sources/1/source") == content


def test_a_large_object_of_another_length_is_removed_and_written_again(
    connect: Connect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = connect(single_put_bytes=5 * MB)
    sizes = [1, 6 * MB]
    monkeypatch.setattr(S3Store, "size", lambda _self, _key: sizes.pop(0))

    assert store.put_absent("sources/1/source", file(tmp_path, bytes(6 * MB))) is True

    assert sizes == []
    assert store.read_bytes("sources/1/source") == bytes(6 * MB)


def test_what_a_store_vouches_for() -> None:
    tag = {"ETag": '"900150983cd24fb0d6963f7d28e17f72"'}
    md5 = "kAFQmDzST7DWlj99KOF/cg=="

    assert vouched(tag, md5=md5) is True
    assert vouched(tag, md5="AAAAAAAAAAAAAAAAAAAAAA==") is False
    assert vouched({**tag, "ServerSideEncryption": "AES256"}, md5=md5) is True
    for answer in (
        {},
        {"ETag": '"900150983cd24fb0d6963f7d28e17f72-3"'},
        {**tag, "ServerSideEncryption": "aws:kms"},
        {**tag, "SSECustomerAlgorithm": "AES256"},
    ):
        assert vouched(answer, md5=md5) is None
    assert vouched({"ServerSideEncryption": "aws:kms", "ChecksumSHA256": "x"}, md5=md5, sha256="x") is True
    assert vouched({"ServerSideEncryption": "aws:kms", "ChecksumSHA256": "y"}, md5=md5, sha256="x") is False


def test_a_file_of_djangos_own_way_is_written_with_the_same_options(connect: Connect) -> None:
    store = connect()

    store.save("a/0.m4s", ContentFile(b"segment"))

    head = store.client.head_object(Bucket=BUCKET, Key=store.name_of("a/0.m4s"))
    assert (head["ContentType"], head["CacheControl"]) == (
        "video/mp4",
        "private, max-age=31536000, immutable",
    )
