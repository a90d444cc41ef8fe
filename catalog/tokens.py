"""The signed token of a preview: `<key id>.<who, and until when>.<signature>`.

It says which account and profile it was given to, for which version of which asset, and until when. It holds no place in
a plan and names no stream. What the profile may see is looked up at each request, so that a title that is withdrawn, or
put above the profile's limit, takes its previews along.
"""

import base64
import binascii
import hmac
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from vod.lib.signing import as_text, signing_keys

_LABEL = b"lantern preview token 1"
#: A token is good for one to two of these; within one, the same person is told the same address. Seconds.
WINDOW = 6 * 3600
_NO_PROFILE = UUID(int=0)
_TIME_BYTES = 8
_BYTES = 16 + 16 + _TIME_BYTES


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whom a preview was shown to; operators may have no profile."""

    user: UUID
    profile: UUID | None


def make_preview_token(viewer: Viewer, *, version: UUID, now: datetime) -> str:
    """The token that opens the preview of `version` for this viewer, the same for a while."""
    key_id, key = next(signing_keys(_LABEL))
    return _sign(key_id, key, _said(viewer, _end(version, now)), version)


def read_preview_token(token: str, *, version: UUID, now: datetime) -> Viewer | None:
    """Whom a token was given to that we signed for the preview of `version` and that is still good; else None.

    The token as a whole is compared with the one that we would have made, so that it has one spelling.
    """
    key_id, _, rest = token.partition(".")
    key = dict(signing_keys(_LABEL)).get(key_id)
    if key is None or not token.isascii():
        return None
    try:
        said = base64.b64decode(rest.partition(".")[0] + "==", altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return None
    if not hmac.compare_digest(_sign(key_id, key, said, version), token) or len(said) != _BYTES:
        return None
    if now.timestamp() >= int.from_bytes(said[32:], "big"):
        return None
    profile = UUID(bytes=said[16:32])
    return Viewer(UUID(bytes=said[:16]), None if profile == _NO_PROFILE else profile)


def _said(viewer: Viewer, end: int) -> bytes:
    return viewer.user.bytes + (viewer.profile or _NO_PROFILE).bytes + end.to_bytes(_TIME_BYTES, "big")


def _end(version: UUID, now: datetime) -> int:
    """When a token that is made now ends. Films change theirs at different moments, so that caches do not all miss at once."""
    shift = version.int % WINDOW
    return ((int(now.timestamp()) + shift) // WINDOW + 2) * WINDOW - shift


def _sign(key_id: str, key: bytes, said: bytes, version: UUID) -> str:
    return f"{key_id}.{as_text(said)}.{as_text(hmac.digest(key, said + version.bytes, 'sha256'))}"
