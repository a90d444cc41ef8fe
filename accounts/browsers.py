"""Browsers in which an account is signed in: the list of them, and when each was last seen."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.authentication import login_of_session
from accounts.sessions import SEEN_KEY, note_session

# A look at the clock at each request would be a write at each request.
SEEN_SECONDS = 15 * 60


@dataclass(frozen=True)
class BrowserSession:
    """One browser, as people see it. `login` is how an Actor names it."""

    pk: UUID
    row: UserSession
    login: str

    graphql_type: ClassVar[str] = "BrowserSession"

    @property
    def browser(self) -> str:
        return str(self.row.user_agent)

    @property
    def address(self) -> str:
        return "" if self.row.ip == "0.0.0.0" else str(self.row.ip)  # noqa: S104 - what stands where there is none

    @property
    def created_at(self) -> datetime:
        return self.row.created_at  # type: ignore[no-any-return]

    @property
    def last_seen_at(self) -> datetime:
        return self.row.last_seen_at  # type: ignore[no-any-return]


def browser_sessions(user_id: UUID) -> list[BrowserSession]:
    """The live ones of an account, the one that was seen last first."""
    live = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    rows = UserSession.objects.filter(user_id=user_id, session_key__in=live).order_by("-last_seen_at", "-pk")
    return [
        BrowserSession(_mark(row.session_key), row, login_of_session(row.session_key))
        for row in rows.defer("data")
    ]


def browser_session(user_id: UUID, key: UUID | None) -> BrowserSession | None:
    """The one of that key, if it is the account's and live."""
    return next((session for session in browser_sessions(user_id) if session.pk == key), None)


def _mark(session_key: str) -> UUID:
    """A key for the API: allauth counts its rows, and what is in the cookie must not be told."""
    return UUID(bytes=salted_hmac("accounts.browsers", session_key, algorithm="sha256").digest()[:16])


class SeenMiddleware:
    """Notes now and then that a browser is still in use, and from where."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        # Only where the answer asked who it was: a session is not read for this.
        known = getattr(request, "_cached_user", None)
        if known is not None and known.is_authenticated and _is_due(request):
            # A session whose key has changed with the password is on the list again by this, too.
            note_session(request=request, user=known)
        return response


def _is_due(request: HttpRequest) -> bool:
    seen = int(request.session.get(SEEN_KEY, 0))
    return bool(request.session.session_key) and time.time() - seen >= SEEN_SECONDS
