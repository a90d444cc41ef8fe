"""The signed token in a media path: `<key id>.<session>.<signature>`.

It says which stream asks, and for which version of which asset. It holds nothing secret and nothing that
expires: whether the stream still lives is looked up at each request, so that ending a stream ends the
token at once, and a film longer than any expiry plays to its end.
"""

import base64
import binascii
import hmac
from uuid import UUID

from vod.lib.signing import as_text, signing_keys

_LABEL = b"lantern playback token 1"


def _sign(key_id: str, key: bytes, session: UUID, version: UUID) -> str:
    signature = hmac.digest(key, session.bytes + version.bytes, "sha256")
    return f"{key_id}.{as_text(session.bytes)}.{as_text(signature)}"


def make_token(*, session: UUID, version: UUID) -> str:
    """The token that opens `version` for as long as `session` lives."""
    key_id, key = next(signing_keys(_LABEL))
    return _sign(key_id, key, session, version)


def read_token(token: str, *, version: UUID) -> UUID | None:
    """The session of a token that was signed by us for `version`; None for any other string.

    The token as a whole is compared with the one that we would have made, so that no second spelling of
    it (base64 has spare bits) is taken for it.
    """
    key_id, _, rest = token.partition(".")
    key = dict(signing_keys(_LABEL)).get(key_id)
    if key is None or not token.isascii():
        return None
    try:
        session = UUID(bytes=base64.b64decode(rest.partition(".")[0] + "==", altchars=b"-_", validate=True))
    except (ValueError, binascii.Error):
        return None
    return session if hmac.compare_digest(_sign(key_id, key, session, version), token) else None
