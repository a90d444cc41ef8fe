"""Signing out ends what was started there."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from accounts.authentication import actor_of
from playback.models import PlaybackSession


def end_streams_of_login(login: str) -> None:
    """Ends the streams that were started with a session or token, named as Actor.login names it."""
    now = timezone.now()
    PlaybackSession.objects.live(now).filter(login=login).update(ended_at=now)


def end_streams_of_browser(*, request: HttpRequest | None = None, **_said: Any) -> None:
    """The same for a browser that is being signed out, by whatever page: the receiver of Django's `user_logged_out`."""
    login = actor_of(request)[0].login if request is not None and hasattr(request, "session") else ""
    if login:
        end_streams_of_login(login)
