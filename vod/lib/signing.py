"""Keys for signed words in addresses, made of the installation's secret."""

import base64
import hashlib
import hmac
from collections.abc import Iterator

from django.conf import settings


def signing_keys(label: bytes) -> Iterator[tuple[str, bytes]]:
    """Key ids and keys for one purpose: the current one first, then those that are being retired.

    A new purpose or form of what is signed takes a new label, and so a new key.
    """
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        key = hmac.digest(str(secret).encode(), label, "sha256")
        yield hashlib.sha256(b"id of " + key).hexdigest()[:8], key


def as_text(raw: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(raw).decode("ascii").rstrip("=")
