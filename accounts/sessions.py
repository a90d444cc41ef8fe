"""What hangs on a browser's session or a program's token: signing in and out, the active profile."""

from collections.abc import Callable

from django.contrib import auth
from django.http import HttpRequest

from accounts.authentication import PROFILE_KEY, actor_of, bearer_of, token_of
from accounts.models import AccessToken, Profile, User

BACKEND = "accounts.passwords.CountingBackend"

# Upper apps append what has to end with a login; each is given the login as an Actor names it.
ends_with_login: list[Callable[[str], None]] = []


def begin(request: HttpRequest, user: User) -> None:
    """Signs the browser in under a session key that nobody knew before, with no profile yet."""
    # Django keeps the key, and the profile with it, when the same user signs in again.
    request.session.flush()
    auth.login(request, user, backend=BACKEND)


def end(request: HttpRequest) -> None:
    """Kills the token that the request came with, or else its session, and what hangs on it."""
    login = actor_of(request)[0].login
    for end_what in ends_with_login if login else ():
        end_what(login)
    if bearer_of(request) is None:
        auth.logout(request)
        return
    token = token_of(request)
    if token is not None:
        token.delete()


def bind_profile(request: HttpRequest, profile: Profile) -> None:
    """Makes `profile` the active one of the request's token, or else of its session."""
    if bearer_of(request) is None:
        request.session[PROFILE_KEY] = str(profile.pk)
        return
    token = token_of(request)
    if token is not None:
        AccessToken.objects.filter(pk=token.pk).update(active_profile=profile)
