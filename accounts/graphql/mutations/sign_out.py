from typing import Any

from accounts import sessions
from accounts.errors import AccountError, AccountErrorCode
from accounts.graphql.mutations.base import AccountErrorType, refresh
from vod.lib.graphql.asking import asker
from vod.lib.graphql.mutations import InputMutation


class SignOut(InputMutation):
    """Ends this session or kills this token, from here on."""

    class Meta:
        errors = AccountErrorType
        scope = None

    @classmethod
    def perform(cls, info: Any, **_values: Any) -> Any:
        if not asker(info).is_signed_in:
            raise AccountError(AccountErrorCode.UNAUTHENTICATED, "Nobody is signed in here.")
        sessions.end(info.context.request)
        refresh(info)
        return cls(errors=[])
