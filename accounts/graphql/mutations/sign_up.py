from contextlib import nullcontext
from typing import Any

import graphene
from django.conf import settings

from accounts.even_time import even_time
from accounts.graphql.mutations.base import AccountErrorType, Transport, TransportEnum, remember
from accounts.graphql.types import User
from accounts.services.sign_up import sign_up
from vod.lib.graphql.mutations import InputMutation
from vod.lib.http import client_address


class SignUp(InputMutation):
    """Makes an account and signs it in. It has no profile yet.

    Where addresses have to be verified, a link goes to the address instead and nobody is signed in; the answer is the
    same where there is such an account already.
    """

    class Meta:
        errors = AccountErrorType
        scope = None

    class Input:
        """A new account."""

        email = graphene.String(required=True, description="The address to sign in with.")
        password = graphene.String(required=True, description="At least ten characters.")
        invitation = graphene.String(
            description="The secret of an invitation, where accounts are made by invitation."
        )
        transport = TransportEnum(default_value=Transport.TOKEN, description="TOKEN if left out.")

    token = graphene.String(description="The bearer token, shown only here; null with COOKIE.")
    viewer = graphene.Field(
        User, description="The new account; null where its address has to be verified first."
    )

    @classmethod
    def perform(cls, info: Any, **values: Any) -> Any:
        transport = Transport(values.get("transport") or Transport.TOKEN)
        where = client_address(info.context.request)
        with even_time() if settings.VERIFY_EMAIL else nullcontext():
            user = sign_up(
                email=values["email"],
                password=values["password"],
                client_address=where,
                invitation=values.get("invitation"),
            )
        if user is None:
            return cls(token=None, viewer=None, errors=[])
        return cls(token=remember(info, user, transport), viewer=user, errors=[])
