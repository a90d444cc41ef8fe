"""What lies behind media paths where segments are encrypted (SEGMENT_ENCRYPTION)."""

import hashlib
from functools import lru_cache

from django.conf import settings

from playback.encryption import ADDRESS, CLEAR_SEGMENT, FOLDER, KEY_FRAMES, encrypt, media_keys
from playback.selectors.streams import LiveStream, is_within_plan
from transcoding.selectors.delivery import MediaObject, segment_at
from vod.lib.storage import objects

FIRST = "00000"
KEY_TYPE = "application/octet-stream"


def is_on() -> bool:
    return bool(settings.SEGMENT_ENCRYPTION == "aes-128")


def is_kept_back(path: str) -> bool:
    """Whether the path is of a clear segment, or of byte ranges of such: there is nothing where segments are encrypted."""
    return bool(CLEAR_SEGMENT.fullmatch(path) or KEY_FRAMES.fullmatch(path))


def encrypted_at(stream: LiveStream, path: str) -> MediaObject | None:
    """A key or an encrypted segment; None for any other path, for a rung above the plan and for a key id that is none.

    Keys have a `body`. So has a segment where the application sends it; for an edge it lies in the store, put there when
    it is asked for first. Raises StoreError, FileNotFoundError.
    """
    found = ADDRESS.fullmatch(path)
    if found is None or not is_within_plan(stream, f"{found['name']}/"):
        return None
    key = dict(media_keys(stream.version_id, found["name"])).get(found["kid"])
    if key is None:
        return None
    # A rendition has a key where it has anything that is closed by it.
    clear = segment_at(stream.version_id, f"{found['name']}/{found['number'] or FIRST}.m4s")
    if clear is None:
        return None
    if found["number"] is None:
        return MediaObject("", len(key), KEY_TYPE, key)
    number = int(found["number"])
    if settings.DELIVERY == "application":
        body = encrypt(objects().read_bytes(clear.key), key, number)
        return MediaObject(f"{clear.key}:{found['kid']}", len(body), clear.content_type, body)
    kept = _key_of(clear.key, found["kid"])
    return MediaObject(kept, _put(clear.key, kept, key, number), clear.content_type)


def _key_of(clear: str, kid: str) -> str:
    """Where the encrypted one lies: below the version too, so that it goes with it. The clear one's name may hold a
    fence, which is a claim's and would be cleared away with it."""
    prefix, name, file = clear.rsplit("/", 2)
    mark = hashlib.sha256(clear.encode()).hexdigest()[:16]
    return f"{prefix}/{FOLDER}/{kid}/{name}/{file[:5]}-{mark}.m4s"


@lru_cache(maxsize=20_000)
def _put(clear: str, kept: str, key: bytes, number: int) -> int:
    """The size of the encrypted object, which is made where it is not there. Two who make it write the same bytes."""
    try:
        return objects().size(kept)
    except FileNotFoundError:
        body = encrypt(objects().read_bytes(clear), key, number)
        objects().put_bytes(kept, body)
        return len(body)
