"""Taking one's data along, and having it erased."""

from typing import Any

import graphene
from django.utils import timezone

from accounts import exporting, sessions
from accounts.authentication import token_of
from accounts.graphql.mutations.base import AccountErrorType
from accounts.graphql.types import User
from accounts.models import User as UserRow
from accounts.profiles import household_of
from accounts.services.erase_account import keep_account, plan_erasure
from accounts.services.prove import prove
from vod.lib.actor import Scope
from vod.lib.graphql.asking import asker
from vod.lib.graphql.mutations import InputMutation
from vod.lib.http import client_address

_PASSWORD = "The account's password; may be left out where it has none and has just signed in."  # noqa: S105


def proven(info: Any, password: str | None) -> UserRow:
    """The account that asks, once its password has been given again."""
    request = info.context.request
    return prove(
        actor=asker(info),
        password=password,
        is_fresh=sessions.is_fresh(request),
        client_address=client_address(request),
    )


class ExportAccount(InputMutation):
    """Says where all that is kept about the account can be fetched, as JSON, for fifteen minutes, by its own logins."""

    class Meta:
        errors = AccountErrorType
        scope = Scope.ACCOUNT

    class Input:
        """Who asks, once more."""

        password = graphene.String(description=_PASSWORD)

    url = graphene.String(description="A path of this site. Only this account's own sign-ins may fetch it.")
    expires_at = graphene.DateTime(description="Until when, in UTC.")

    @classmethod
    def perform(cls, info: Any, *, password: str | None = None) -> Any:
        user = proven(info, password)
        ends = timezone.now() + exporting.LINK_LASTS
        return cls(url=exporting.path_for(user.pk), expires_at=ends, errors=[])


class EraseAccount(InputMutation):
    """Has the account erased after some days, with all that it keeps. Every other login ends now, and every stream."""

    class Meta:
        errors = AccountErrorType
        scope = Scope.ACCOUNT

    class Input:
        """Who asks, once more."""

        password = graphene.String(description=_PASSWORD)

    erases_at = graphene.DateTime(description="When it is erased, in UTC; until then it can be kept.")

    @classmethod
    def perform(cls, info: Any, *, password: str | None = None) -> Any:
        user = proven(info, password)
        ends = plan_erasure(user=user)
        request = info.context.request
        sessions.end_what_hangs_on(asker(info).login)
        token = token_of(request)
        key = "" if token else request.session.session_key or ""
        sessions.end_all_but(user, session_key=key, token=token)
        return cls(erases_at=ends, errors=[])


class KeepAccount(InputMutation):
    """Takes back that the account is to be erased."""

    class Meta:
        errors = AccountErrorType
        scope = Scope.ACCOUNT

    viewer = graphene.Field(User, description="The account as it is now.")

    @classmethod
    def perform(cls, info: Any, **_values: Any) -> Any:
        return cls(viewer=keep_account(user_id=household_of(asker(info))), errors=[])
