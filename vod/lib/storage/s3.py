"""Objects in a bucket, through whatever speaks S3: AWS, Ceph, MinIO, R2, Swift.

Django's interface comes from django-storages; the verbs of ours go to one thread-safe client of boto3.
Nothing is trusted to be there that an older or another S3 lacks: bytes are vouched for by Content-MD5, and
whether conditional writes (`If-None-Match: *`, RFC 9110, section 13.1.2) are honoured is tried.
"""

import base64
import hashlib
import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import IO, Any, TypeVar, cast

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

from vod.lib.storage.copies import Copies
from vod.lib.storage.store import Store, StoreError, check_key, content_type_of, trial_key

log = logging.getLogger(__name__)

T = TypeVar("T")

# Whatever is smaller goes in one conditional request; segments are never near it.
SINGLE_PUT_BYTES = 256 * 1024 * 1024
PART_BYTES = 64 * 1024 * 1024
_MOST_PARTS = 10_000
_CONFLICT_TRIES = 6
_BLOCK = 1024 * 1024
_MISSING = {"404", "NoSuchKey", "NotFound"}
_REFUSED = {"PreconditionFailed", "412"}
# Two conditional writes met: the answer is only that one should ask again.
_CONFLICT = {"ConditionalRequestConflict", "OperationAborted", "409"}
# What a store says that does not know conditional writes at all.
_UNKNOWN = {"NotImplemented", "InvalidArgument", "InvalidRequest", "501", "400"}
_SENTENCES = {
    "NoSuchBucket": "there is no bucket {bucket}: make it, or set S3_BUCKET",
    "InvalidAccessKeyId": "the store does not know the access key: set S3_ACCESS_KEY",
    "SignatureDoesNotMatch": "the store refuses the secret key: set S3_SECRET_KEY",
    "AccessDenied": "the access key may not use the bucket {bucket}: give it the right to",
    "403": "the store refuses the access key or its rights on the bucket {bucket}",
}


_making_clients = threading.Lock()


@cache
def _session() -> Any:
    """Descriptions of services are read once; making clients of it is not for two threads at a time."""
    return boto3.session.Session()


class S3Store(S3Storage, Store):  # type: ignore[misc]
    """Objects below `location` in `bucket_name`.

    Options beside those of django-storages: `timeout` in seconds without a byte, after which a request is
    tried again; `attempts`, all tries of one request; `copies`, the folder of local copies of sources, and
    `copies_bytes`, what they may take there; `single_put_bytes`, above which an object goes in parts.
    """

    #: S3 lists and removes no more at once.
    page_size = 1000

    def __init__(
        self,
        *,
        copies: str | Path,
        copies_bytes: int = 50 * 10**9,
        timeout: float = 20,
        attempts: int = 4,
        single_put_bytes: int = SINGLE_PUT_BYTES,
        **options: Any,
    ) -> None:
        super().__init__(
            **options,
            default_acl=None,
            client_config=Config(
                signature_version="s3v4",
                # Names as folders of the endpoint need no wildcard certificate; AWS has names of its own.
                s3={"addressing_style": "path" if options.get("endpoint_url") else "auto"},
                connect_timeout=min(timeout, 5),
                read_timeout=timeout,
                retries={"mode": "standard", "total_max_attempts": attempts},
                # Trailing checksums are younger than most stores; Content-MD5 is as old as S3.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                max_pool_connections=32,
                tcp_keepalive=True,
            ),
        )
        self._copies = Copies(Path(copies), most_bytes=copies_bytes)
        self._single_put_bytes = single_put_bytes
        self._client: tuple[int, Any] | None = None
        self._refuses: bool | None = None

    @property
    def client(self) -> Any:
        """boto3's client: one a process, for all its threads; made anew after a fork."""
        with _making_clients:
            if self._client is None or self._client[0] != os.getpid():
                client = _session().client(
                    "s3",
                    aws_access_key_id=self.access_key,
                    aws_secret_access_key=self.secret_key,
                    region_name=self.region_name,
                    endpoint_url=self.endpoint_url,
                    config=self.client_config,
                )
                client.meta.events.register("before-sign.s3.DeleteObjects", _add_md5)
                self._client = (os.getpid(), client)
            return self._client[1]

    def name_of(self, key: str) -> str:
        """The object's whole name in the bucket. Raises SuspiciousFileOperation."""
        return f"{self.location.strip('/')}/{check_key(key)}".lstrip("/")

    @property
    def refuses_late_writers(self) -> bool:
        if self._refuses is None:
            self._refuses = self._try_conditions()
        return self._refuses

    def _try_conditions(self) -> bool:
        key = trial_key()
        try:
            written = [self._put(key, body, len(body), absent=True) for body in (b"first", b"second")]
            return written == [True, False] and self.read_bytes(key) == b"first"
        except StoreError as error:
            if code_of(error.__cause__) in _UNKNOWN:
                return False
            raise
        finally:
            with suppress(StoreError):
                self.delete(key)

    def put_absent(self, key: str, source: Path) -> bool:
        size = source.stat().st_size
        if size > self._single_put_bytes:
            return not self.exists(key) and self._put_parts(key, source, size)
        if not self.refuses_late_writers:
            if self.exists(key):
                return False
            return self._put(key, source, size)
        return self._put(key, source, size, absent=True)

    def put_bytes(self, key: str, content: bytes) -> None:
        self._put(key, content, len(content))

    def _put(self, key: str, body: bytes | Path, size: int, *, absent: bool = False) -> bool:
        """One request; False where the store answers that the object is there already."""
        arguments = {**self._whereabouts(key), **_headers(key), "ContentLength": size}
        if absent:
            arguments["IfNoneMatch"] = "*"
        for attempt in range(_CONFLICT_TRIES):
            try:
                with _opened(body) as stream:
                    arguments["ContentMD5"] = _md5(stream, size)
                    self.client.put_object(Body=stream, **arguments)
                return True
            except ClientError as error:
                code = code_of(error)
                if absent and code in _REFUSED:
                    return False
                if code not in _CONFLICT or attempt == _CONFLICT_TRIES - 1:
                    raise self._error(key, error) from error
                time.sleep(0.05 * 2**attempt)
            except BotoCoreError as error:
                raise self._error(key, error) from error
        raise StoreError(f"the store gives no clear answer about {key}")

    def _put_parts(self, key: str, source: Path, size: int) -> bool:
        """A large object in parts; it appears with the last request, on the condition that there is none yet.

        Stores older than 2024 do not know the condition there. What is that large (a source) has a key
        that nobody else writes.
        """
        where = self._whereabouts(key)
        upload = self._ask(key, lambda: self.client.create_multipart_upload(**where, **_headers(key)))
        within = {**where, "UploadId": upload["UploadId"]}
        try:
            parts = list(self._parts(key, within, source, size))
            condition = {"IfNoneMatch": "*"} if self.refuses_late_writers else {}
            self.client.complete_multipart_upload(**within, MultipartUpload={"Parts": parts}, **condition)
        except (OSError, BotoCoreError, ClientError) as error:
            with suppress(BotoCoreError, ClientError):
                self.client.abort_multipart_upload(**within)
            if code_of(error) in _REFUSED:
                return False
            if isinstance(error, OSError):
                raise
            raise self._error(key, error) from error
        return True

    def _parts(self, key: str, within: dict[str, Any], source: Path, size: int) -> Iterator[dict[str, Any]]:
        each = max(min(PART_BYTES, self._single_put_bytes), -(-size // _MOST_PARTS))
        with source.open("rb") as file:
            for number, first in enumerate(range(0, size, each), start=1):
                file.seek(first)
                length = min(each, size - first)
                part = _Part(file, first, length)
                digest = _md5(cast(IO[bytes], part), length)
                answer = self._ask(
                    key,
                    lambda part=part, number=number, length=length, digest=digest: self.client.upload_part(  # type: ignore[misc]
                        **within, PartNumber=number, Body=part, ContentLength=length, ContentMD5=digest
                    ),
                )
                yield {"PartNumber": number, "ETag": answer["ETag"]}

    def open_bytes(self, key: str, first: int = 0, length: int | None = None) -> IO[bytes]:
        where = self._whereabouts(key)
        if first or length is not None:
            where["Range"] = f"bytes={first}-" + (str(first + length - 1) if length is not None else "")
        return cast(IO[bytes], self._ask(key, lambda: self.client.get_object(**where))["Body"])

    def read_bytes(self, key: str) -> bytes:
        def read() -> bytes:
            return bytes(self.client.get_object(**self._whereabouts(key))["Body"].read())

        return self._ask(key, read)

    def size(self, name: str) -> int:
        return int(self._head(name)["ContentLength"])

    def exists(self, name: str) -> bool:
        try:
            self._head(name)
        except FileNotFoundError:
            return False
        return True

    def _head(self, key: str) -> dict[str, Any]:
        return self._ask(key, lambda: self.client.head_object(**self._whereabouts(key)))

    def delete(self, name: str) -> None:
        self._ask(name, lambda: self.client.delete_object(**self._whereabouts(name)))

    def delete_prefix(self, prefix: str) -> None:
        for page in self._pages(prefix):
            names = [{"Key": found["Key"]} for found in page]
            answer = self._ask(
                prefix,
                lambda names=names: self.client.delete_objects(  # type: ignore[misc]
                    Bucket=self.bucket_name, Delete={"Objects": names, "Quiet": True}
                ),
            )
            if answer.get("Errors"):
                raise StoreError(f"the store did not remove {answer['Errors'][0].get('Key')}")

    def keys_below(self, prefix: str) -> list[str]:
        whole = len(self.name_of(prefix)) - len(prefix)
        return [found["Key"][whole:] for page in self._pages(prefix) for found in page]

    def _pages(self, prefix: str) -> Iterator[list[dict[str, Any]]]:
        """What lies below a folder's key, `page_size` at a time. Each page is asked for anew from where the
        last one ended, so that deleting while reading skips nothing."""
        below, after = self.name_of(prefix) + "/", ""
        while True:
            answer = self._ask(
                prefix,
                lambda after=after: self.client.list_objects_v2(  # type: ignore[misc]
                    Bucket=self.bucket_name,
                    Prefix=below,
                    MaxKeys=self.page_size,
                    **({"StartAfter": after} if after else {}),
                ),
            )
            found = answer.get("Contents", [])
            if found:
                yield found
                after = found[-1]["Key"]
            if not answer.get("IsTruncated") or not found:
                return

    @contextmanager
    def local_copy(self, key: str) -> Iterator[Path]:
        """A download, kept and shared between all that read it on this machine."""
        head = self._head(key)
        with self._copies.copy_of(
            self.name_of(key),
            mark=str(head["ETag"]),
            size=int(head["ContentLength"]),
            fetch=lambda target: self._download(key, target, int(head["ContentLength"])),
        ) as path:
            yield path

    def _download(self, key: str, target: Path, size: int) -> None:
        """Goes on from where a cut connection left off."""
        for attempt in range(_CONFLICT_TRIES):
            with target.open("ab") as file, self.open_bytes(key, file.tell()) as stream:
                try:
                    while block := stream.read(_BLOCK):
                        file.write(block)
                except BotoCoreError as error:
                    if attempt == _CONFLICT_TRIES - 1:
                        raise self._error(key, error) from error
                    log.warning("%s: the store cut the connection", key)
                if file.tell() >= size:
                    return
        raise StoreError(f"{key} ends before its {size} bytes")

    def try_out(self) -> None:
        # Not a HEAD, whose answer cannot say that it is the bucket that is missing.
        with suppress(FileNotFoundError):
            self.read_bytes("checks/none")

    def _whereabouts(self, key: str) -> dict[str, Any]:
        return {"Bucket": self.bucket_name, "Key": self.name_of(key)}

    def _ask(self, key: str, request: Callable[[], T]) -> T:
        try:
            return request()
        except (BotoCoreError, ClientError) as error:
            raise self._error(key, error) from error

    def _error(self, key: str, error: Exception) -> OSError:
        code = code_of(error)
        if code in _MISSING:
            return FileNotFoundError(f"{key} is not in the store")
        known = _SENTENCES.get(code)
        if known:
            return StoreError(known.format(bucket=self.bucket_name))
        return StoreError(f"the store failed with {key}: {error}")


class _Part:
    """A stretch of a file as a file, so that no part is held in memory."""

    def __init__(self, file: IO[bytes], first: int, length: int) -> None:
        self._file, self._first, self._length = file, first, length
        self._at = 0

    def __len__(self) -> int:
        return self._length

    def read(self, size: int = -1) -> bytes:
        left = self._length - self._at
        self._file.seek(self._first + self._at)
        block = self._file.read(left if size is None or size < 0 else min(size, left))
        self._at += len(block)
        return block

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._length}[whence]
        self._at = max(0, min(start + offset, self._length))
        return self._at

    def tell(self) -> int:
        return self._at


@contextmanager
def _opened(body: bytes | Path) -> Iterator[Any]:
    if isinstance(body, bytes):
        yield body
    else:
        with body.open("rb") as file:
            yield file


def _md5(body: bytes | IO[bytes], length: int) -> str:
    digest = hashlib.md5(usedforsecurity=False)
    if isinstance(body, bytes):
        digest.update(body)
    else:
        while block := body.read(_BLOCK):
            digest.update(block)
        body.seek(0)
    return base64.b64encode(digest.digest()).decode("ascii")


def _headers(key: str) -> dict[str, str]:
    replaced = key.endswith(".m3u8")
    return {
        "ContentType": content_type_of(key),
        "CacheControl": "private, no-cache" if replaced else "private, max-age=31536000, immutable",
    }


def _add_md5(request: Any, **_context: Any) -> None:
    """Several stores want this header with a list of objects to remove, and know no other checksum."""
    body = request.body or b""
    request.headers["Content-MD5"] = _md5(body, len(body))


def code_of(error: BaseException | None) -> str:
    """The code that S3 gives an error; empty for one that is not the store's word."""
    if not isinstance(error, ClientError):
        return ""
    answer = error.response
    return str(
        answer.get("Error", {}).get("Code") or answer.get("ResponseMetadata", {}).get("HTTPStatusCode", "")
    )
