from typing import Any

import graphene

from accounts.graphql.mutations.base import AccountErrorType
from accounts.graphql.types import AccessToken, ScopeEnum
from accounts.services.create_token import create_token
from vod.lib.actor import Scope
from vod.lib.graphql.asking import asker
from vod.lib.graphql.mutations import InputMutation


class CreateToken(InputMutation):
    """Makes a bearer token for a program. Needs a sign-in: a token made for a program makes no other."""

    class Meta:
        errors = AccountErrorType
        scope = Scope.ACCOUNT

    class Input:
        """What the token is for, and what it is good for."""

        name = graphene.String(required=True, description="What it is for, in 1 to 80 characters.")
        scopes = graphene.List(
            graphene.NonNull(ScopeEnum),
            required=True,
            description="What it is good for. WATCH and OPERATE bring READ along; OPERATE is for operators.",
        )
        expires_in_days = graphene.Int(description="Days until it ends by itself; 90 if left out.")

    token = graphene.String(description="What the program sends as its bearer token; shown only here.")
    access_token = graphene.Field(AccessToken, description="The new token, without what it says.")

    @classmethod
    def perform(cls, info: Any, *, name: str, scopes: list[Any], expires_in_days: int | None = None) -> Any:
        row, secret = create_token(
            actor=asker(info),
            name=name,
            scopes=[Scope(scope.value) for scope in scopes],
            days=expires_in_days,
        )
        return cls(token=secret, access_token=row, errors=[])
