from typing import Any

import graphene

from accounts.graphql.mutations.base import AccountErrorType, Transport, TransportEnum, remember
from accounts.graphql.types import User
from accounts.services.sign_up import sign_up
from vod.lib.graphql.mutations import InputMutation


class SignUp(InputMutation):
    """Makes an account and signs it in. It has no profile yet."""

    class Meta:
        errors = AccountErrorType

    class Input:
        """A new account."""

        email = graphene.String(required=True, description="The address to sign in with.")
        password = graphene.String(required=True, description="At least ten characters.")
        transport = TransportEnum(default_value=Transport.TOKEN, description="TOKEN if left out.")

    token = graphene.String(description="The bearer token, shown only here; null with COOKIE.")
    viewer = graphene.Field(User, description="The new account.")

    @classmethod
    def perform(cls, info: Any, **values: Any) -> Any:
        transport = Transport(values.get("transport") or Transport.TOKEN)
        user = sign_up(email=values["email"], password=values["password"])
        return cls(token=remember(info, user, transport), viewer=user, errors=[])
