"""Who is asking: the Actor of a request, from its bearer token or else its session.

Everything is looked up at each request, so that a role, a plan or a profile that is taken away is gone
with the next one.
"""

import hashlib
from uuid import UUID

from django.http import HttpRequest

from accounts.models import AccessToken, Profile, User
from accounts.plans import limits, limits_of
from accounts.tokens import live_token
from vod.lib.actor import NOBODY, Actor

PROFILE_KEY = "active_profile"


def actor_of(request: HttpRequest) -> tuple[Actor, bool]:
    """The asker, and whether they are known by cookie (then CSRF has to be checked).

    `Authorization: Bearer` is judged by itself: with a bad token the asker is nobody, whatever
    cookies came along.
    """
    secret = bearer_of(request)
    if secret is not None:
        token = live_token(secret)
        if token is None:
            return NOBODY, False
        login = _login_digest("token", str(token.pk))
        return _actor(token.user, token.active_profile, login, limits_of(token)), False
    if not request.user.is_authenticated:
        return NOBODY, False
    user = request.user
    assert isinstance(user, User)
    profile = _bound_profile(user, request.session.get(PROFILE_KEY))
    login = _login_digest("session", request.session.session_key or "")
    return _actor(user, profile, login, _limits(user)), True


def bearer_of(request: HttpRequest) -> str | None:
    """The token of an `Authorization: Bearer` header (RFC 6750); None where there is no such header."""
    scheme, _, secret = request.headers.get("Authorization", "").strip().partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else None


def token_of(request: HttpRequest) -> AccessToken | None:
    """The row of the live token that the request came with, if it came with one."""
    secret = bearer_of(request)
    return live_token(secret) if secret is not None else None


def _bound_profile(user: User, key: object) -> Profile | None:
    try:
        return Profile.objects.filter(pk=UUID(str(key)), user_id=user.pk).first() if key else None
    except ValueError:
        return None


def _limits(user: User) -> tuple[int, int]:
    # Who has signed in by this very request was read without them.
    known = hasattr(user, "plan_max_streams")
    return limits_of(user if known else User.objects.annotate(**limits()).get(pk=user.pk))


def _actor(user: User, profile: Profile | None, login: str, allowed: tuple[int, int]) -> Actor:
    max_streams, max_height = allowed
    if profile is not None and profile.user_id != user.pk:
        profile = None
    return Actor(
        user_id=user.pk,
        # A child at an operator's television runs nothing.
        is_operator=user.is_staff and user.is_active and not (profile is not None and profile.is_kids),
        profile_id=profile.pk if profile else None,
        profile_name=profile.name if profile else "",
        is_kids=profile.is_kids if profile else False,
        maturity_limit=profile.maturity_limit if profile else None,
        language=profile.language if profile else "",
        login=login,
        max_streams=max_streams,
        max_height=max_height,
    )


def _login_digest(kind: str, key: str) -> str:
    return hashlib.sha256(f"{kind}:{key}".encode()).hexdigest()
