from typing import Any

import graphene

from accounts import sessions
from accounts.authentication import token_of
from accounts.graphql.mutations.base import AccountErrorType, refresh
from accounts.services.end_logins import end_browser_session, end_other_logins
from vod.lib.actor import Scope
from vod.lib.graphql.asking import asker
from vod.lib.graphql.ids import decode_id, encode_id
from vod.lib.graphql.mutations import InputMutation


class EndBrowserSession(InputMutation):
    """Signs a browser of the account out, wherever it is. Streams that it started end."""

    class Meta:
        errors = AccountErrorType
        scope = Scope.ACCOUNT

    class Input:
        """The browser to sign out."""

        browser_session_id = graphene.ID(required=True, description="The session to end.")

    ended_browser_session_id = graphene.ID(description="The id of the session that is dead.")

    @classmethod
    def perform(cls, info: Any, *, browser_session_id: str) -> Any:
        key = decode_id(browser_session_id, "BrowserSession")
        ended = end_browser_session(actor=asker(info), session_id=key)
        if ended.login == asker(info).login:
            sessions.end(info.context.request)
        refresh(info)
        return cls(ended_browser_session_id=encode_id("BrowserSession", ended.pk), errors=[])


class SignOutElsewhere(InputMutation):
    """Ends every login of the account but this one: browsers, devices, and tokens of programs."""

    class Meta:
        errors = AccountErrorType
        scope = Scope.ACCOUNT

    @classmethod
    def perform(cls, info: Any, **_values: Any) -> Any:
        request = info.context.request
        end_other_logins(
            actor=asker(info), session_key=request.session.session_key or "", token=token_of(request)
        )
        return cls(errors=[])
