"""What lies at a media path for whoever holds its token: decided here, whoever then sends the bytes.

The application sends them itself, or tells an edge what to send. Both ask this one function, so that a path
that one of them refuses is refused by the other.
"""

import hashlib
import re
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from playback.encryption import PLAYLIST, encrypted_master, encrypted_playlist
from playback.models import PlaybackSession
from playback.selectors import encrypted
from playback.selectors.streams import LiveStream, is_within_plan, stream_of
from transcoding.models import AssetVersion
from transcoding.selectors.delivery import (
    HLS,
    MediaObject,
    master_playlist,
    media_object,
    original_playlist,
    segment_at,
)
from vod.lib.logs import say_about
from vod.lib.storage import objects

MASTER = "master.m3u8"
ORIGINAL = "original.m3u8"
# The master is made for one session. What lies below is the same for everyone and never changes, except
# the playlists of an asset that is still growing.
MASTER_CACHE = "private, no-store"
GROWING_CACHE = "private, no-cache"
IMMUTABLE_CACHE = "private, max-age=31536000, immutable"

# The one spelling of a media path: no dots but those of the token and the suffix, nothing escaped.
_PATH = re.compile(
    r"(?P<token>[A-Za-z0-9_-]{1,16}\.[A-Za-z0-9_-]{1,32}\.[A-Za-z0-9_-]{1,64})"
    r"/(?P<version>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
    r"/(?P<path>[a-z0-9_-]{1,80}(?:/[a-z0-9_-]{1,80}){0,3}\.[a-z0-9]{1,8})",
    re.ASCII,
)


class Refusal(Enum):
    """Why nothing is sent; the value is the status of the answer."""

    DEAD = 403
    NOTHING = 404


@dataclass(frozen=True, slots=True)
class Media:
    """What to send: an object of the store by its `key`, or `body`, which was written for this answer."""

    content_type: str
    size_bytes: int
    etag: str
    cache: str
    key: str = ""
    body: bytes | None = None

    @property
    def is_playlist(self) -> bool:
        return self.content_type == HLS


def media_at(address: str) -> Media | Refusal:
    """What `<token>/<asset version>/<path>`, as the client sent it, may be answered with now.

    The address is matched as a whole, and what matched is what is opened. Raises StoreError.
    """
    match = _PATH.fullmatch(address)
    if match is None:
        return Refusal.NOTHING
    stream = stream_of(match["token"], UUID(match["version"]))
    if stream is None:
        return Refusal.DEAD
    say_about(session=stream.session_id, version=stream.version_id, user=stream.user_id)
    return _within(stream, match["path"]) or Refusal.NOTHING


def _within(stream: LiveStream, path: str) -> Media | None:
    if path in (MASTER, ORIGINAL):
        text = _master(_version(stream), path, max_height=stream.max_height)
        return None if text is None else _written(text, MASTER_CACHE)
    if encrypted.is_on():
        if (kept := encrypted.encrypted_at(stream, path)) is not None:
            return _kept(kept)
        if encrypted.is_kept_back(path):
            return None
    if not is_within_plan(stream, path):
        return None
    # Nearly all requests are for segments, and want nothing of the version but its key.
    found = segment_at(stream.version_id, path) or media_object(_version(stream), path)
    if found is None:
        return None
    if encrypted.is_on() and (playlist := PLAYLIST.fullmatch(path)):
        text = (found.body or objects().read_bytes(found.key)).decode()
        return _written(encrypted_playlist(text, stream.version_id, playlist["name"]), GROWING_CACHE)
    if found.body is not None:
        return _written(found.body.decode(), GROWING_CACHE, found.content_type)
    etag = hashlib.sha256(found.key.encode()).hexdigest()[:32]
    return Media(found.content_type, found.size_bytes, etag, IMMUTABLE_CACHE, key=found.key)


def written_master(session: PlaybackSession) -> str:
    """What the session's master says now, as its path would."""
    text = _master(session.version, MASTER, max_height=session.max_height)
    assert text is not None
    return text


def _master(version: AssetVersion, path: str, *, max_height: int) -> str | None:
    write = master_playlist if path == MASTER else original_playlist
    text = write(version, max_height=max_height)
    return encrypted_master(text) if text is not None and encrypted.is_on() else text


def _kept(found: MediaObject) -> Media:
    """A key, which nobody keeps, or an encrypted segment, which never changes."""
    if found.content_type == encrypted.KEY_TYPE:
        assert found.body is not None
        return Media(found.content_type, found.size_bytes, "key", MASTER_CACHE, body=found.body)
    etag = hashlib.sha256(found.key.encode()).hexdigest()[:32]
    key = "" if found.body is not None else found.key
    return Media(found.content_type, found.size_bytes, etag, IMMUTABLE_CACHE, key=key, body=found.body)


def _version(stream: LiveStream) -> AssetVersion:
    return AssetVersion.objects.get(pk=stream.version_id)


def _written(text: str, cache: str, content_type: str = HLS) -> Media:
    body = text.encode()
    return Media(content_type, len(body), hashlib.sha256(body).hexdigest()[:32], cache, body=body)
