from typing import Any

import graphene

from accounts.graphql.mutations.base import AccountErrorType, refresh
from accounts.services.revoke_token import revoke_token
from vod.lib.actor import Scope
from vod.lib.graphql.asking import asker
from vod.lib.graphql.ids import decode_id, encode_id
from vod.lib.graphql.mutations import InputMutation


class RevokeToken(InputMutation):
    """Kills a token of the account: what comes with it from here on is nobody's. Streams that it started end."""

    class Meta:
        errors = AccountErrorType
        scope = Scope.ACCOUNT

    class Input:
        """The token to kill."""

        token_id = graphene.ID(required=True, description="The token to kill.")

    revoked_token_id = graphene.ID(description="The id of the token that is dead.")

    @classmethod
    def perform(cls, info: Any, *, token_id: str) -> Any:
        key = revoke_token(actor=asker(info), token_id=decode_id(token_id, "AccessToken"))
        refresh(info)
        return cls(revoked_token_id=encode_id("AccessToken", key), errors=[])
