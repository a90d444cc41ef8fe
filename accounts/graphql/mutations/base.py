"""What the mutations of accounts share: their error type, and where a sign-in goes."""

from enum import StrEnum
from typing import Any

import graphene

from accounts import sessions
from accounts.authentication import actor_of
from accounts.errors import AccountErrorCode
from accounts.models import User
from accounts.services.issue_token import issue_token
from vod.lib.graphql.mutations import error_type

AccountErrorType = error_type("AccountError", AccountErrorCode)


class Transport(StrEnum):
    """How a sign-in is remembered."""

    TOKEN = "TOKEN"  # noqa: S105 - a way of signing in, no secret
    COOKIE = "COOKIE"


def _describe(value: Any) -> str:
    if value is None:
        return "How a sign-in is remembered."
    texts = {"TOKEN": "A bearer token in the answer; no cookie.", "COOKIE": "The session cookie; no token."}
    return texts[value.name]


TransportEnum = graphene.Enum.from_enum(Transport, name="Transport", description=_describe)


def remember(info: Any, user: User, transport: Transport) -> str | None:
    """Signs in by `transport`; the token where there is one."""
    if transport is Transport.TOKEN:
        return issue_token(user=user, name=info.context.request.headers.get("User-Agent", ""))[1]
    sessions.begin(info.context.request, user)
    refresh(info)
    return None


def refresh(info: Any) -> None:
    """Asks anew who is asking, for the rest of this document."""
    info.context.actor = actor_of(info.context.request)[0]
