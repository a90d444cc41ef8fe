"""Objects in a bucket, through whatever speaks S3: AWS, Ceph, MinIO, R2, Swift.

Django's interface comes from django-storages; the verbs of ours go to one thread-safe client of boto3. Whether
conditional writes (`If-None-Match: *`, RFC 9110, section 13.1.2) are kept to is tried, not believed.
"""

import logging
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, TypeVar, cast

from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

from vod.lib.storage.blocks import Blocks
from vod.lib.storage.client import (
    BLOCK,
    CONFLICT,
    REFUSED,
    TORN,
    UNKNOWN,
    code_of,
    configure,
    failure,
    make_client,
    md5_of,
    sha256_of,
)
from vod.lib.storage.conditions import first_end_wins
from vod.lib.storage.copies import Copies
from vod.lib.storage.parts import PART_BYTES, put_in_parts
from vod.lib.storage.presigned import Presigned
from vod.lib.storage.ranges import ByRange
from vod.lib.storage.store import Ranges, Store, StoreError, check_key, trial_key
from vod.lib.storage.writing import KMS, Writing, vouched

log = logging.getLogger(__name__)

T = TypeVar("T")

# Whatever is smaller goes in one conditional request; segments are never near it.
SINGLE_PUT_BYTES = 256 * 1024 * 1024
_TRIES = 6


class S3Store(S3Storage, Store):  # type: ignore[misc]
    """Objects below `location` in `bucket_name`.

    Options beside those of django-storages: `timeout` in seconds without a byte, after which a request is
    tried again; `attempts`, all tries of one request; `copies` and `blocks`, the folders of whole sources and of those
    read by range, and `copies_bytes`, what each may take; `single_put_bytes`, above which an object goes in parts;
    `addressing`, `path` or `virtual` (the bucket's name in the host's); `encryption`, `encryption_key` and
    `storage_classes` of `Writing`. Where no keys are given, AWS's own rules find some: a role, a profile.
    """

    #: S3 lists and removes no more at once.
    page_size = 1000

    def __init__(
        self,
        *,
        copies: str | Path,
        blocks: str | Path,
        copies_bytes: int = 50 * 10**9,
        timeout: float = 20,
        attempts: int = 4,
        single_put_bytes: int = SINGLE_PUT_BYTES,
        addressing: str = "auto",
        encryption: str = "off",
        encryption_key: str = "",
        storage_classes: Mapping[str, str] | None = None,
        **options: Any,
    ) -> None:
        if addressing == "auto" and options.get("endpoint_url"):
            # Names as folders of the endpoint need no wildcard certificate; AWS has names of its own.
            addressing = "path"
        super().__init__(
            **options,
            default_acl=None,
            client_config=configure(timeout=timeout, attempts=attempts, addressing=addressing),
        )
        self.writing = Writing(encryption, encryption_key, storage_classes or {})
        self._copies = Copies(Path(copies), most_bytes=copies_bytes)
        self._blocks = Blocks(Path(blocks), most_bytes=copies_bytes)
        self._single_put_bytes = single_put_bytes
        self._client: tuple[int, Any] | None = None
        self._refuses: bool | None = None
        self._tags_are_digests: bool | None = None
        self._presigned = Presigned(lambda: self.client)

    @property
    def client(self) -> Any:
        """boto3's client: one a process, for all its threads; made anew after a fork."""
        if self._client is None or self._client[0] != os.getpid():
            self._client = (os.getpid(), self._make_client())
        return self._client[1]

    def _make_client(self) -> Any:
        return make_client(
            aws_access_key_id=self.access_key,
            aws_secret_access_key=self.secret_key,
            aws_session_token=self.security_token,
            verify=self.verify,
            region_name=self.region_name,
            endpoint_url=self.endpoint_url,
            config=self.client_config,
        )

    def get_object_parameters(self, name: str) -> dict[str, Any]:
        """What Django's own way of writing sends along."""
        return {**super().get_object_parameters(name), **self.writing.headers_of(name)}

    def name_of(self, key: str) -> str:
        """The object's whole name in the bucket. Raises SuspiciousFileOperation."""
        return f"{self.location.strip('/')}/{check_key(key)}".lstrip("/")

    @property
    def refuses_late_writers(self) -> bool:
        if self._refuses is None:
            self._refuses = self._try_conditions()
        return self._refuses

    def _try_conditions(self) -> bool:
        key, client = trial_key(), self._make_client()

        def put(body: Any, size: int) -> bool:
            where = self._whereabouts(key)
            try:
                client.put_object(**where, Body=body, ContentLength=size, IfNoneMatch="*")
            except ClientError as error:
                if code_of(error) in REFUSED | CONFLICT:
                    return False
                raise
            return True

        try:
            return self._ask(
                key, lambda: first_end_wins(put, lambda: self.read_bytes(key), events=client.meta.events)
            )
        except StoreError as error:
            if code_of(error.__cause__) in UNKNOWN:
                return False
            raise
        finally:
            client.close()
            with suppress(OSError):
                self.delete(key)

    def put_absent(self, key: str, source: Path) -> bool:
        size = source.stat().st_size
        if size > self._single_put_bytes:
            return not self.exists(key) and self._put_parts(key, source)
        if not self.refuses_late_writers:
            if self.exists(key):
                return False
            return self._put(key, source)
        return self._put(key, source, absent=True)

    def put_bytes(self, key: str, content: bytes) -> None:
        self._put(key, content)

    def _put(self, key: str, body: bytes | Path, *, absent: bool = False) -> bool:
        """One request, and the store's word that it holds these bytes; False where it answers that the object is there."""
        arguments: dict[str, Any] = {**self._whereabouts(key), **self.writing.headers_of(key)}
        if absent:
            arguments["IfNoneMatch"] = "*"
        for attempt in range(_TRIES):
            try:
                with _opened(body) as stream:
                    arguments["ContentMD5"] = md5_of(stream)
                    if self.writing.encryption == KMS:
                        # Its tag says nothing of the bytes.
                        arguments["ChecksumSHA256"] = sha256_of(stream)
                    answer = self.client.put_object(Body=stream, **arguments)
                if self._holds(key, answer, body, arguments):
                    return True
                log.warning("%s: the store holds other bytes than it was given", key)
                self.delete(key)
            except ClientError as error:
                code = code_of(error)
                if absent and code in REFUSED:
                    return False
                if code not in CONFLICT | TORN or attempt == _TRIES - 1:
                    raise self._error(key, error) from error
                time.sleep(0.05 * 2**attempt)
            except BotoCoreError as error:
                raise self._error(key, error) from error
        raise StoreError(f"the store does not keep {key} as it was given")

    def _holds(
        self, key: str, answer: Mapping[str, Any], body: bytes | Path, sent: Mapping[str, Any]
    ) -> bool:
        said = vouched(answer, md5=sent["ContentMD5"], sha256=sent.get("ChecksumSHA256", ""))
        if said or (said is False and self._are_tags_digests()):
            # A digest speaks of the length too.
            return bool(said)
        return self.size(key) == (len(body) if isinstance(body, bytes) else body.stat().st_size)

    def _are_tags_digests(self) -> bool:
        """Whether the entity tag of an object is its MD5 here, which is tried only where one is not."""
        if self._tags_are_digests is None:
            key, content = trial_key(), b"digest"
            try:
                answer = self._ask(
                    key, lambda: self.client.put_object(**self._whereabouts(key), Body=content)
                )
                self._tags_are_digests = vouched(answer, md5=md5_of(content)) is True
            finally:
                self.delete(key)
        return self._tags_are_digests

    def _put_parts(self, key: str, source: Path) -> bool:
        condition = {"IfNoneMatch": "*"} if self.refuses_late_writers else {}
        for _ in range(_TRIES):
            written = self._ask(
                key,
                lambda: put_in_parts(
                    self.client,
                    self._whereabouts(key),
                    source,
                    headers=self.writing.headers_of(key),
                    part_bytes=min(PART_BYTES, self._single_put_bytes),
                    condition=condition,
                ),
            )
            if not written or self.size(key) == source.stat().st_size:
                return written
            log.warning("%s: the store holds another length than it was given", key)
            self.delete(key)
        raise StoreError(f"the store does not keep {key} as it was given")

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
        self._forget([self.name_of(name)])

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
            self._forget([found["Key"] for found in page])

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
        try:
            with self._copies.copy_of(
                self.name_of(key),
                mark=str(head["ETag"]),
                size=int(head["ContentLength"]),
                fetch=lambda target: self._download(key, target, int(head["ContentLength"])),
            ) as path:
                yield path
        except BaseException:
            self._forget_if_gone(key)
            raise

    @contextmanager
    def by_range(self, key: str) -> Iterator[Ranges]:
        """Blocks, kept and shared between all that read it on this machine."""
        head = self._head(key)
        size, tag = int(head["ContentLength"]), str(head["ETag"])

        def open_stretch(first: int, last: int) -> IO[bytes]:
            where = {**self._whereabouts(key), "Range": f"bytes={first}-{last}", "IfMatch": tag}
            return cast(IO[bytes], self._ask(key, lambda: self.client.get_object(**where))["Body"])

        reader = ByRange(size, self._blocks.of(self.name_of(key), mark=tag, size=size), open_stretch)
        try:
            yield reader
        except BaseException:
            self._forget_if_gone(key)
            raise
        finally:
            reader.close()

    def _forget_if_gone(self, key: str) -> None:
        """Work is often broken off because its film was deleted: nothing of it stays here."""
        with suppress(OSError):
            if not self.exists(key):
                self._forget([self.name_of(key)])

    def _forget(self, names: list[str]) -> None:
        self._copies.forget(names)
        self._blocks.forget(names)

    def _download(self, key: str, target: Path, size: int) -> None:
        """Goes on from where a cut connection left off."""
        for attempt in range(_TRIES):
            with target.open("ab") as file, self.open_bytes(key, file.tell()) as stream:
                try:
                    while block := stream.read(BLOCK):
                        file.write(block)
                except BotoCoreError as error:
                    if attempt == _TRIES - 1:
                        raise self._error(key, error) from error
                    log.warning("%s: the store cut the connection", key)
                if file.tell() >= size:
                    return
        raise StoreError(f"{key} ends before its {size} bytes")

    def presigned_address(self, key: str) -> str:
        return self._presigned.address(self.bucket_name, self.name_of(key))

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
        return failure(error, key=key, bucket=self.bucket_name)


@contextmanager
def _opened(body: bytes | Path) -> Iterator[Any]:
    if isinstance(body, bytes):
        yield body
    else:
        with body.open("rb") as file:
            yield file
