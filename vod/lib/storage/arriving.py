"""Objects that arrive in parts, over requests and processes that know nothing of each other (S3's multipart upload).

Which parts there are is the caller's to remember; the store is asked only where the two disagree.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import IO, Any, TypeVar, cast

from botocore.exceptions import BotoCoreError, ClientError

from vod.lib.storage.client import MISSING, code_of, failure, md5_of
from vod.lib.storage.parts import Part, send_part
from vod.lib.storage.s3 import S3Store

T = TypeVar("T")

# What S3 takes; the last part may be smaller.
LEAST_PART_BYTES = 5 * 1024 * 1024
MOST_PARTS = 10_000
# As many of these as there are threads that send are in memory at most.
_IN_MEMORY_BYTES = 64 * 1024 * 1024
# Of an arrival that ended, some stores say that there is no such key.
_UNKNOWN = {"NoSuchUpload", *MISSING}
_MISSING = {"InvalidPart", "InvalidPartOrder", "EntityTooSmall"}


class PartsLost(Exception):
    """The store does not have the parts, or not as they were: somebody aborted or replaced them."""


class Arrivals:
    """The bucket of a store, for what arrives in parts. Raises StoreError where it cannot be used."""

    def __init__(self, store: S3Store) -> None:
        self._store = store

    def prepare(self) -> None:
        """Makes the client, which takes a moment, and asks nothing of the store."""
        self._store.client  # noqa: B018

    def begin(self, key: str) -> str:
        """The store's id of a new arrival under `key`. Costs nothing until there are parts."""
        headers = self._store.writing.headers_of(key)
        answer = self._ask(
            key, lambda: self._store.client.create_multipart_upload(**self._where(key), **headers)
        )
        return str(answer["UploadId"])

    def put(self, key: str, arrival: str, number: int, part: Part) -> str:
        """Writes or replaces part `number` (from 1); its entity tag. Raises PartsLost for an unknown arrival."""
        within = {**self._where(key), "UploadId": arrival}
        # In one piece it is hashed and sent without a line of Python for every few kilobytes.
        body = part.read() if len(part) <= _IN_MEMORY_BYTES else part
        return self._ask(
            key,
            lambda: send_part(self._store.client, within, number, body, is_signed=self._signs_bodies),
        )

    @property
    def _signs_bodies(self) -> bool:
        """botocore signs the bytes themselves where no TLS protects them."""
        return str(self._store.client.meta.endpoint_url).startswith("http:")

    def complete(self, key: str, arrival: str, parts: Sequence[tuple[int, str]], *, size: int) -> None:
        """Puts the object together, unless that has been done. Raises PartsLost, and then nothing has changed."""
        listed = [{"PartNumber": number, "ETag": etag} for number, etag in parts]
        try:
            self._ask(
                key,
                lambda: self._store.client.complete_multipart_upload(
                    **self._where(key), UploadId=arrival, MultipartUpload={"Parts": listed}
                ),
            )
        except PartsLost:
            # Whoever did it before may not have lived to say so.
            if not self._is_there(key, size):
                raise

    def parts(self, key: str, arrival: str) -> dict[int, tuple[str, int]]:
        """Entity tag and bytes of each part that the store has; nothing for an unknown arrival."""
        found: dict[int, tuple[str, int]] = {}
        more: dict[str, Any] = {}
        with suppress(PartsLost):
            while True:
                answer = self._ask(
                    key,
                    lambda more=more: self._store.client.list_parts(  # type: ignore[misc]
                        **self._where(key), UploadId=arrival, **more
                    ),
                )
                for part in answer.get("Parts", []):
                    found[int(part["PartNumber"])] = (str(part["ETag"]), int(part["Size"]))
                if not answer.get("IsTruncated"):
                    break
                more = {"PartNumberMarker": answer["NextPartNumberMarker"]}
        return found

    def abort(self, key: str, arrival: str) -> None:
        """Drops the parts. None there is fine."""
        with suppress(PartsLost):
            self._ask(
                key,
                lambda: self._store.client.abort_multipart_upload(**self._where(key), UploadId=arrival),
            )

    def put_whole(self, key: str, content: Part) -> None:
        """Writes an object in one step."""
        self._ask(
            key,
            lambda: self._store.client.put_object(
                **self._where(key),
                **self._store.writing.headers_of(key),
                Body=content,
                ContentLength=len(content),
                ContentMD5=md5_of(cast(IO[bytes], content)),
            ),
        )

    def _is_there(self, key: str, size: int) -> bool:
        try:
            return self._store.size(key) == size
        except FileNotFoundError:
            return False

    def _where(self, key: str) -> dict[str, Any]:
        return {"Bucket": self._store.bucket_name, "Key": self._store.name_of(key)}

    def _ask(self, key: str, request: Callable[[], T]) -> T:
        try:
            return request()
        except (BotoCoreError, ClientError) as error:
            if code_of(error) in _UNKNOWN | _MISSING:
                raise PartsLost(str(error)) from error
            raise failure(error, key=key, bucket=self._store.bucket_name) from error
