"""boto3's client for any S3, and what its answers mean.

Nothing is trusted to be there that an older or another S3 lacks: bytes are vouched for by Content-MD5, which is
as old as S3, and not by trailing checksums, which are younger than most stores.
"""

import base64
import hashlib
import threading
from functools import cache
from typing import IO, Any, cast

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from vod.lib.storage.store import StoreError

BLOCK = 1024 * 1024
MISSING = {"404", "NoSuchKey", "NotFound"}
REFUSED = {"PreconditionFailed", "412"}
# Two conditional writes met: the answer is only that one should ask again.
CONFLICT = {"ConditionalRequestConflict", "OperationAborted", "409"}
# What was sent did not arrive as it was sent.
TORN = {"BadDigest", "IncompleteBody", "RequestTimeout", "XAmzContentSHA256Mismatch"}
# What a store says that does not know conditional writes at all.
UNKNOWN = {"NotImplemented", "InvalidArgument", "InvalidRequest", "501", "400"}
_SENTENCES = {
    "NoSuchBucket": "there is no bucket {bucket}: make it, or set S3_BUCKET",
    "InvalidAccessKeyId": "the store does not know the access key: set S3_ACCESS_KEY",
    "SignatureDoesNotMatch": "the store refuses the secret key: set S3_SECRET_KEY",
    "AccessDenied": "the access key may not use the bucket {bucket}: give it the right to",
    "InvalidStorageClass": "the store does not know the storage class: set S3_STORAGE_CLASS, S3_SOURCE_STORAGE_CLASS",
    "KMS.NotFoundException": "the store does not know the key to encrypt with: set S3_ENCRYPTION_KEY",
    "403": "the store refuses the access key or its rights on the bucket {bucket}",
}
_WITH_MD5 = ("DeleteObjects", "PutBucketLifecycleConfiguration", "PutBucketCors", "PutPublicAccessBlock")
_making_clients = threading.Lock()


def configure(*, timeout: float, attempts: int, addressing: str) -> Config:
    """Timeouts in seconds, all tries of one request, and `path`, `virtual` or `auto`."""
    return Config(
        signature_version="s3v4",
        s3={"addressing_style": cast(Any, addressing)},
        connect_timeout=min(timeout, 5),
        read_timeout=timeout,
        retries={"mode": "standard", "total_max_attempts": attempts},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        max_pool_connections=32,
        tcp_keepalive=True,
    )


@cache
def _session() -> Any:
    """Descriptions of services are read once; making clients of it is not for two threads at a time."""
    return boto3.session.Session()


def make_client(**options: Any) -> Any:
    """A client of its own, safe for threads but not across a fork."""
    with _making_clients:
        client = _session().client("s3", **options)
    for operation in _WITH_MD5:
        client.meta.events.register(f"before-sign.s3.{operation}", _add_md5)
    return client


def _add_md5(request: Any, **_context: Any) -> None:
    """Several stores want this header with documents of XML, and know no other checksum."""
    request.headers["Content-MD5"] = md5_of(request.body or b"")


def md5_of(body: bytes | IO[bytes]) -> str:
    """Content-MD5 (RFC 1864) of bytes, or of a file from its beginning, where it is left."""
    return _digest_of(body, hashlib.md5(usedforsecurity=False))


def sha256_of(body: bytes | IO[bytes]) -> str:
    """The same as S3's own header wants it."""
    return _digest_of(body, hashlib.sha256())


def _digest_of(body: bytes | IO[bytes], digest: Any) -> str:
    if isinstance(body, bytes):
        digest.update(body)
    else:
        while block := body.read(BLOCK):
            digest.update(block)
        body.seek(0)
    return base64.b64encode(digest.digest()).decode("ascii")


def code_of(error: BaseException | None) -> str:
    """The code that S3 gives an error; empty for one that is not the store's word."""
    if not isinstance(error, ClientError):
        return ""
    answer = error.response
    return str(
        answer.get("Error", {}).get("Code") or answer.get("ResponseMetadata", {}).get("HTTPStatusCode", "")
    )


def failure(error: Exception, *, key: str, bucket: str) -> OSError:
    """What an error of boto3 is for us."""
    code = code_of(error)
    if code in MISSING:
        return FileNotFoundError(f"{key} is not in the store")
    known = _SENTENCES.get(code)
    if known:
        return StoreError(known.format(bucket=bucket))
    return StoreError(f"the store failed with {key}: {error}")
