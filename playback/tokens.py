"""The signed token in a media path: `<key id>.<session>.<signature>`.

It says which stream asks, and for which version of which asset. It holds nothing secret and nothing that
expires: whether the stream still lives is looked up at each request, so that ending a stream ends the
token at once, and a film longer than any expiry plays to its end.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterator
from uuid import UUID

from django.conf import settings

# A new purpose or form of the token takes a new label, and so a new key.
_LABEL = b"lantern playback token 1"


def _keys() -> Iterator[tuple[str, bytes]]:
    """Key ids and keys: the current one first, then those that are being retired."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        key = hmac.digest(str(secret).encode(), _LABEL, "sha256")
        yield hashlib.sha256(b"id of " + key).hexdigest()[:8], key


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode("ascii").rstrip("=")


def _sign(key_id: str, key: bytes, session: UUID, version: UUID) -> str:
    signature = hmac.digest(key, session.bytes + version.bytes, "sha256")
    return f"{key_id}.{_text(session.bytes)}.{_text(signature)}"


def make_token(*, session: UUID, version: UUID) -> str:
    """The token that opens `version` for as long as `session` lives."""
    key_id, key = next(_keys())
    return _sign(key_id, key, session, version)


def read_token(token: str, *, version: UUID) -> UUID | None:
    """The session of a token that was signed by us for `version`; None for any other string.

    The token as a whole is compared with the one that we would have made, so that no second spelling of
    it (base64 has spare bits) is taken for it.
    """
    key_id, _, rest = token.partition(".")
    key = dict(_keys()).get(key_id)
    if key is None or not token.isascii():
        return None
    try:
        session = UUID(bytes=base64.b64decode(rest.partition(".")[0] + "==", altchars=b"-_", validate=True))
    except (ValueError, binascii.Error):
        return None
    return session if hmac.compare_digest(_sign(key_id, key, session, version), token) else None
