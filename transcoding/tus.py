"""The headers of tus 1.0.0 (tus.io/protocols/resumable-upload), strictly read."""

import base64
import binascii
import hashlib
import re
import unicodedata
from dataclasses import dataclass
from uuid import UUID

from transcoding.asset_errors import UploadError, UploadErrorCode
from vod.lib.graphql.ids import decode_id

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,checksum,termination,expiration"
CHECKSUMS = ("sha1", "sha256", "md5")
OFFSET_TYPE = "application/offset+octet-stream"

_NUMBER = re.compile(r"[0-9]{1,19}")
_KEY = re.compile(r"[\x21-\x2b\x2d-\x7e]+")
_KINDS = ("film", "subtitles", "artwork")
_LONGEST_METADATA = 4096


@dataclass(frozen=True, slots=True)
class Checksum:
    """What a part must hash to: an algorithm of hashlib and its raw digest."""

    algorithm: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a client says of its file. `file_name` is for people; it never becomes a path."""

    file_name: str
    kind: str
    video_id: UUID | None


def _invalid(message: str) -> UploadError:
    return UploadError(UploadErrorCode.INVALID, message)


def parse_number(value: str | None, name: str) -> int:
    """A non-negative whole number of a header. Raises UploadError INVALID."""
    if value is None or not _NUMBER.fullmatch(value):
        raise _invalid(f"The header {name} must be a whole number.")
    return int(value)


def parse_checksum(value: str | None) -> Checksum | None:
    """Upload-Checksum: an algorithm and a base64 digest. Raises UploadError INVALID."""
    if value is None:
        return None
    algorithm, _, encoded = value.partition(" ")
    if algorithm not in CHECKSUMS:
        raise _invalid(f"Upload-Checksum must use one of {', '.join(CHECKSUMS)}.")
    try:
        digest = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        raise _invalid("The digest in Upload-Checksum must be base64.") from None
    if len(digest) != hashlib.new(algorithm).digest_size:
        raise _invalid(f"The digest in Upload-Checksum is not one of {algorithm}.")
    return Checksum(algorithm, digest)


def parse_metadata(value: str | None) -> Metadata:
    """Upload-Metadata: `key base64,key base64`. Keys that we do not know are ignored.

    Raises UploadError INVALID for what is not well formed, names a key twice or an unknown kind.
    """
    pairs: dict[str, str] = {}
    if value is not None and len(value) > _LONGEST_METADATA:
        raise _invalid(f"Upload-Metadata may have {_LONGEST_METADATA} characters.")
    for part in value.split(",") if value and value.strip() else ():
        key, _, encoded = part.strip().partition(" ")
        if not _KEY.fullmatch(key):
            raise _invalid("A key in Upload-Metadata is empty or not plain ASCII.")
        if key in pairs:
            raise _invalid(f"Upload-Metadata names {key} twice.")
        try:
            pairs[key] = base64.b64decode(encoded, validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            raise _invalid(f"The value of {key} in Upload-Metadata must be base64 of UTF-8.") from None
    kind = pairs.get("kind") or "film"
    if kind not in _KINDS:
        raise _invalid(f"kind in Upload-Metadata must be one of {', '.join(_KINDS)}.")
    wanted = pairs.get("videoId") or None
    video_id = decode_id(wanted, "Video")
    if wanted is not None and video_id is None:
        raise _invalid("videoId in Upload-Metadata is not the id of a video.")
    return Metadata(display_name(pairs.get("filename", "")), kind, video_id)


def display_name(name: str) -> str:
    """The last part of a client's file name, without characters that do not show."""
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(char if unicodedata.category(char)[0] != "C" else " " for char in last)
    plain = " ".join(shown.split())[:255]
    return plain if plain.strip(". ") else "Untitled"
