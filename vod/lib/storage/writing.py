"""What goes along with everything that is written to a bucket, and whether the store holds what it was given."""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from vod.lib.storage.store import content_type_of

KMS = "aws:kms"
_MD5 = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Writing:
    """Options of every write. No access list is among them: a bucket whose owner owns all refuses one.

    `encryption` is `off` (the bucket's own rule holds), `AES256` or `aws:kms`, with `encryption_key` or the account's
    own; `storage_classes` are by the beginning of a key, of which the longest counts.
    """

    encryption: str = "off"
    encryption_key: str = ""
    storage_classes: Mapping[str, str] = field(default_factory=dict)

    def headers_of(self, key: str) -> dict[str, str]:
        """For a single write, or the beginning of one in parts, by boto3's names."""
        replaced = key.endswith(".m3u8")
        headers = {
            "ContentType": content_type_of(key),
            "CacheControl": "private, no-cache" if replaced else "private, max-age=31536000, immutable",
        }
        if self.encryption != "off":
            headers["ServerSideEncryption"] = self.encryption
        if self.encryption == KMS and self.encryption_key:
            headers["SSEKMSKeyId"] = self.encryption_key
        if found := self.storage_class_of(key):
            headers["StorageClass"] = found
        return headers

    def storage_class_of(self, key: str) -> str:
        """Empty for the store's own."""
        fitting = [start for start in self.storage_classes if key.startswith(start)]
        return self.storage_classes[max(fitting, key=len)] if fitting else ""


def vouched(answer: Mapping[str, Any], *, md5: str, sha256: str = "") -> bool | None:
    """Whether the store's answer to a write says that it holds the bytes of these digests (base64); None: it says nothing.

    An entity tag is the bytes' MD5 except where they are encrypted with a key of a key service or of the caller's.
    """
    if sha256 and answer.get("ChecksumSHA256"):
        return bool(answer["ChecksumSHA256"] == sha256)
    encryption = str(answer.get("ServerSideEncryption", ""))
    tag = str(answer.get("ETag", "")).strip('"')
    if encryption.startswith(KMS) or answer.get("SSECustomerAlgorithm") or not _MD5.fullmatch(tag):
        return None
    return tag == base64.b64decode(md5).hex()
