"""What hangs on a browser's session or a program's token: signing in and out, the active profile."""

import ipaddress
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import auth
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from accounts import attempts
from accounts.authentication import (
    PROFILE_KEY,
    actor_of,
    bearer_of,
    login_of_session,
    login_of_token,
    token_of,
)
from accounts.models import AccessToken, Profile, User
from vod.lib.http import client_address

AGENT_LENGTH = 200
SEEN_KEY = "seen_at"
BACKEND = "accounts.passwords.CountingBackend"

# Upper apps append what has to end with a login; each is given the login as an Actor names it.
ends_with_login: list[Callable[[str], None]] = []


def begin(request: HttpRequest, user: User) -> None:
    """Signs the browser in under a session key that nobody knew before, with no profile yet."""
    # Django keeps the key, and the profile with it, when the same user signs in again.
    request.session.flush()
    auth.login(request, user, backend=BACKEND)


def note_session(*, request: HttpRequest, user: User, **_said: Any) -> None:
    """Puts a session that has just begun on the list that people see, and takes off what has run out."""
    UserSession.objects.filter(user=user).exclude(
        session_key__in=Session.objects.values("session_key")
    ).delete()
    if not request.session.session_key:
        request.session.save()
    UserSession.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={
            "user": user,
            "ip": address_of(request),
            "user_agent": request.META.get("HTTP_USER_AGENT", "")[:AGENT_LENGTH],
            "last_seen_at": timezone.now(),
        },
    )
    request.session[SEEN_KEY] = int(time.time())


def address_of(request: HttpRequest) -> str:
    """The address of a request as an IP address; `0.0.0.0` where there is none, as behind a proxy's socket."""
    try:
        return str(ipaddress.ip_address(client_address(request)))
    except ValueError:
        return "0.0.0.0"  # noqa: S104 - no address to listen at


def end(request: HttpRequest) -> None:
    """Kills the token that the request came with, or else its session, and what hangs on it."""
    end_what_hangs_on(actor_of(request)[0].login)
    if bearer_of(request) is None:
        UserSession.objects.filter(session_key=request.session.session_key).delete()
        auth.logout(request)
        return
    token = token_of(request)
    if token is not None:
        token.delete()


def end_session_of(request: HttpRequest) -> None:
    """Ends what hangs on the session of a request that is about to sign out, and forgets the session."""
    key = request.session.session_key
    if key:
        end_what_hangs_on(login_of_session(key))
        UserSession.objects.filter(session_key=key).delete()


def end_browser_session(session: UserSession) -> None:
    """Ends a session wherever it is, with what hangs on it."""
    end_what_hangs_on(login_of_session(session.session_key))
    session.end()


def is_fresh(request: HttpRequest) -> bool:
    """Whether the login that the request came with was made within ACCOUNT_REAUTHENTICATION_TIMEOUT seconds."""
    least = timezone.now() - timedelta(seconds=settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)
    if bearer_of(request) is None:
        began = getattr(request.user, "last_login", None)
        return began is not None and began >= least
    token = token_of(request)
    return token is not None and token.created_at >= least


def end_all_but(user: User, *, session_key: str = "", token: AccessToken | None = None) -> None:
    """Ends every session and every token of an account but those that are named, with what hangs on them."""
    for session in UserSession.objects.filter(user=user).exclude(session_key=session_key):
        end_browser_session(session)
    for other in AccessToken.objects.filter(user=user):
        if other == token:
            continue
        end_what_hangs_on(login_of_token(other.pk))
        other.delete()


def after_new_password(user: User, request: HttpRequest) -> None:
    """Ends every login of the account but the session that asked for the new password; a pause of its sign-in ends."""
    own = request.user.is_authenticated and request.user.pk == user.pk
    key = (request.session.session_key or "") if own else ""
    end_all_but(user, session_key=key)
    if key:
        # It gets another key, under which nobody would find what was started before.
        end_session_of(request)
        request.session.pop(SEEN_KEY, None)
    attempts.forget(attempts.account_limit(user.email))


def end_what_hangs_on(login: str) -> None:
    """Ends what must not outlive the login of that name (as an Actor has it; empty for nobody's)."""
    for end_what in ends_with_login if login else ():
        end_what(login)


def bind_profile(request: HttpRequest, profile: Profile) -> None:
    """Makes `profile` the active one of the request's token, or else of its session."""
    if bearer_of(request) is None:
        request.session[PROFILE_KEY] = str(profile.pk)
        return
    token = token_of(request)
    if token is not None:
        AccessToken.objects.filter(pk=token.pk).update(active_profile=profile, had_profile=True)


def forget_profile(request: HttpRequest) -> None:
    """The login watches as nobody, as after its sign-in: for one that has deleted its own profile."""
    if bearer_of(request) is None:
        request.session.pop(PROFILE_KEY, None)
        return
    token = token_of(request)
    if token is not None:
        AccessToken.objects.filter(pk=token.pk).update(active_profile=None, had_profile=False)
