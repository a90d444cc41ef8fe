"""Large objects in parts (S3's multipart upload)."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, cast

from botocore.exceptions import BotoCoreError, ClientError

from vod.lib.storage.client import REFUSED, TORN, code_of, md5_of
from vod.lib.storage.writing import vouched

PART_BYTES = 64 * 1024 * 1024
_MOST_PARTS = 10_000
_TRIES = 3


def put_in_parts(
    client: Any,
    where: dict[str, Any],
    source: Path,
    *,
    headers: dict[str, str],
    part_bytes: int = PART_BYTES,
    condition: dict[str, str],
) -> bool:
    """Writes the file `source`; the object appears with the last request. False where `condition` refuses that.

    Stores older than 2024 do not know a condition there. What is that large (a source) has a key that
    nobody else writes. Whatever fails leaves no parts. Raises OSError, or boto3's errors.
    """
    upload = client.create_multipart_upload(**where, **headers)
    within = {**where, "UploadId": upload["UploadId"]}
    try:
        parts = list(_send_parts(client, within, source, part_bytes))
        client.complete_multipart_upload(**within, MultipartUpload={"Parts": parts}, **condition)
    except BaseException as error:
        with suppress(BotoCoreError, ClientError):
            client.abort_multipart_upload(**within)
        if code_of(error) in REFUSED:
            return False
        raise
    return True


def _send_parts(
    client: Any, within: dict[str, Any], source: Path, part_bytes: int
) -> Iterator[dict[str, Any]]:
    size = source.stat().st_size
    each = max(part_bytes, -(-size // _MOST_PARTS))
    with source.open("rb") as file:
        for number, first in enumerate(range(0, size, each), start=1):
            part = Part(file, first, min(each, size - first))
            yield {"PartNumber": number, "ETag": send_part(client, within, number, part)}


def send_part(
    client: Any, within: dict[str, Any], number: int, part: "bytes | Part", *, is_signed: bool = False
) -> str:
    """Writes one part of an upload (`within`: Bucket, Key, UploadId) and answers its entity tag.

    Where the bytes are signed (`is_signed`: SHA-256 in the request's signature), the store has checked them; elsewhere
    an MD5 goes along, which costs twice the time of all else.     A part that the store seems to hold otherwise is written again, which replaces it. Some stores' tags of parts are no
    digests; then Content-MD5, which the store checked, has to do. Raises boto3's errors.
    """
    md5 = "" if is_signed else md5_of(cast(IO[bytes], part))
    vouch = {"ContentMD5": md5} if md5 else {}
    for attempt in range(_TRIES):
        try:
            answer = client.upload_part(
                **within, PartNumber=number, Body=part, ContentLength=len(part), **vouch
            )
        except ClientError as error:
            if code_of(error) not in TORN or attempt == _TRIES - 1:
                raise
        else:
            if not md5 or vouched(answer, md5=md5) is not False:
                return str(answer["ETag"])
        if not isinstance(part, bytes):
            part.seek(0)
    return str(answer["ETag"])


class Part:
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
