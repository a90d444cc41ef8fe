"""Bearer tokens: how one is made, how it is kept, and when it is worth something."""

import hashlib
import secrets

from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.models import AccessToken, User
from accounts.plans import limits

PREFIX = "ltn_"
BYTES = 32  # 256 bits: nobody guesses, so a plain digest at rest is enough


def new_secret() -> str:
    """A new token as its owner sees it, once."""
    return PREFIX + secrets.token_urlsafe(BYTES)


def digest_of(secret: str) -> str:
    """SHA-256 of a token, hexadecimal: all that is kept of it."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def stamp_of(user: User) -> str:
    """A digest of the user's password hash: a token that carries another one is dead."""
    return user.get_session_auth_hash()


def live_token(secret: str) -> AccessToken | None:
    """The row of a token that may be used now, with its user, their limits and the profile; else None."""
    token = (
        AccessToken.objects.select_related("user", "active_profile")
        .annotate(**limits("user__"))
        .filter(digest=digest_of(secret), expires_at__gt=timezone.now(), user__is_active=True)
        .first()
    )
    if token is None or not constant_time_compare(token.password_stamp, stamp_of(token.user)):
        return None
    return token
