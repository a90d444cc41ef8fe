"""Bearer tokens: how one is made, how it is kept, and when it is worth something."""

import hashlib
import secrets
from functools import cache

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.models import AccessToken, User
from accounts.plans import limits
from vod.lib.actor import EVERYTHING, Scope

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


# What a token made for a program can be given.
GRANTABLE = (Scope.READ, Scope.WATCH, Scope.OPERATE)


def scopes_of(token: AccessToken) -> frozenset[Scope]:
    """What a token may be used for: all that its user may do where it came from a sign-in."""
    if token.scopes is None:
        return EVERYTHING
    return frozenset(scope for scope in GRANTABLE if scope.value in token.scopes)


def live_tokens(user: User) -> QuerySet[AccessToken]:
    """The tokens of an account that are worth something: not those from before a change of its password."""
    return AccessToken.objects.filter(user=user, expires_at__gt=timezone.now(), password_stamp=stamp_of(user))


@cache
def _with_owner() -> "QuerySet[AccessToken]":
    # Asked for by every request: it is put together once, and only narrowed from there.
    return AccessToken.objects.select_related("user", "active_profile").annotate(**limits("user__"))


def live_token(secret: str) -> AccessToken | None:
    """The row of a token that may be used now, with its user, their limits and the profile; else None."""
    now = timezone.now()
    token = _with_owner().filter(digest=digest_of(secret), expires_at__gt=now, user__is_active=True).first()
    if token is None or not constant_time_compare(token.password_stamp, stamp_of(token.user)):
        return None
    return token
