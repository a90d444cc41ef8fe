from typing import Any

import graphene

from accounts.graphql.mutations.base import AccountErrorType, Transport, TransportEnum, remember
from accounts.graphql.types import User
from accounts.services.sign_in import sign_in
from vod.lib.graphql.mutations import InputMutation
from vod.lib.http import client_address


class SignIn(InputMutation):
    """Signs in by address and password, and by a code where the account has a second factor."""

    class Meta:
        errors = AccountErrorType
        scope = None

    class Input:
        """An account's address and password."""

        email = graphene.String(required=True, description="The account's address.")
        password = graphene.String(required=True, description="Its password.")
        code = graphene.String(
            description="The second factor's code, or a recovery code; ignored where the account has none."
        )
        transport = TransportEnum(default_value=Transport.TOKEN, description="TOKEN if left out.")

    token = graphene.String(description="The bearer token, shown only here; null with COOKIE.")
    viewer = graphene.Field(User, description="The account that is signed in now.")

    @classmethod
    def perform(cls, info: Any, **values: Any) -> Any:
        transport = Transport(values.get("transport") or Transport.TOKEN)
        where = client_address(info.context.request)
        user = sign_in(
            email=values["email"],
            password=values["password"],
            code=values.get("code"),
            client_address=where,
        )
        return cls(token=remember(info, user, transport), viewer=user, errors=[])
