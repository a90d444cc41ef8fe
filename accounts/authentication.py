"""Who is asking: the Actor of a request, from its bearer token or else its session.

Everything is looked up at each request, so that a role, a plan or a profile that is taken away is gone
with the next one.
"""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

from accounts.models import AccessToken, Profile, User
from accounts.plans import limits, limits_of
from accounts.tokens import live_token, scopes_of
from vod.lib.actor import EVERYTHING, NOBODY, Actor, Scope, operates

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
        login = login_of_token(token.pk)
        bound = Binding(token.active_profile, gone=token.had_profile and token.active_profile is None)
        return _actor(token.user, bound, login, limits_of(token), scopes_of(token)), False
    if not request.user.is_authenticated:
        return NOBODY, False
    user = request.user
    assert isinstance(user, User)
    bound = binding_of_session(request, user)
    login = login_of_session(request.session.session_key or "")
    return _actor(user, bound, login, _limits(user)), True


def bearer_of(request: HttpRequest) -> str | None:
    """The token of an `Authorization: Bearer` header (RFC 6750); None where there is no such header."""
    scheme, _, secret = request.headers.get("Authorization", "").strip().partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else None


def token_of(request: HttpRequest) -> AccessToken | None:
    """The row of the live token that the request came with, if it came with one."""
    secret = bearer_of(request)
    return live_token(secret) if secret is not None else None


@dataclass(frozen=True, slots=True)
class Binding:
    """The profile that a login watches as. `gone`: it had one that there is no more."""

    profile: Profile | None = None
    gone: bool = False

    @property
    def is_confined(self) -> bool:
        """As `Actor.is_confined` says."""
        return self.gone or (self.profile is not None and self.profile.is_kids)


def binding_of_session(request: HttpRequest, user: User) -> Binding:
    """What the browser's session of `user` is bound to."""
    key = request.session.get(PROFILE_KEY)
    if not key:
        return Binding()
    try:
        profile = Profile.objects.filter(pk=UUID(str(key)), user_id=user.pk).first()
    except ValueError:
        profile = None
    return Binding(profile, gone=profile is None)


def _limits(user: User) -> tuple[int, int]:
    # Who has signed in by this very request was read without them.
    known = hasattr(user, "plan_max_streams")
    return limits_of(user if known else User.objects.annotate(**limits()).get(pk=user.pk))


def _actor(
    user: User,
    bound: Binding,
    login: str,
    allowed: tuple[int, int],
    scopes: frozenset[Scope] = EVERYTHING,
) -> Actor:
    max_streams, max_height = allowed
    profile = bound.profile
    if profile is not None and profile.user_id != user.pk:
        bound, profile = Binding(gone=True), None
    is_kids = profile.is_kids if profile else False
    is_operator = operates(is_staff=user.is_staff, is_active=user.is_active, is_kids=is_kids)
    return Actor(
        user_id=user.pk,
        is_operator=is_operator and not bound.gone,
        profile_id=profile.pk if profile else None,
        profile_name=profile.name if profile else "",
        is_kids=is_kids,
        profile_gone=bound.gone,
        maturity_limit=profile.maturity_limit if profile else None,
        language=profile.language if profile else "",
        login=login,
        max_streams=max_streams,
        max_height=max_height,
        scopes=scopes,
    )


def login_of_token(key: UUID) -> str:
    """How an Actor names the login by the token of that key."""
    return _login_digest("token", str(key))


def login_of_session(key: str) -> str:
    """How an Actor names the login by the session of that key."""
    return _login_digest("session", key)


def _login_digest(kind: str, key: str) -> str:
    return hashlib.sha256(f"{kind}:{key}".encode()).hexdigest()
