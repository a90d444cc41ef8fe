from typing import Any

import graphene

from accounts.graphql.mutations.base import AccountErrorType
from accounts.graphql.types import WaitingDevice
from accounts.services.decide_device import decide_device, review_device
from vod.lib.actor import Scope
from vod.lib.graphql.asking import asker
from vod.lib.graphql.mutations import InputMutation
from vod.lib.http import client_address


class ReviewDevice(InputMutation):
    """Looks for the device that shows a code and waits to be signed in; guesses are counted. Decides nothing."""

    class Meta:
        errors = AccountErrorType
        scope = Scope.ACCOUNT

    class Input:
        """A code."""

        user_code = graphene.String(
            required=True, description="The code on its screen; dashes and case do not matter."
        )

    device = graphene.Field(WaitingDevice, description="What asks.")

    @classmethod
    def perform(cls, info: Any, *, user_code: str) -> Any:
        where = client_address(info.context.request)
        found = review_device(actor=asker(info), user_code=user_code, client_address=where)
        return cls(device=found, errors=[])


class DecideDevice(InputMutation):
    """Lets the device that shows a code sign in to the account, or tells it that it may not."""

    class Meta:
        errors = AccountErrorType
        scope = Scope.ACCOUNT

    class Input:
        """A code, and what becomes of its device."""

        user_code = graphene.String(
            required=True, description="The code on its screen; dashes and case do not matter."
        )
        allow = graphene.Boolean(required=True, description="Whether the device may sign in.")

    device = graphene.Field(WaitingDevice, description="The device that was decided on.")

    @classmethod
    def perform(cls, info: Any, *, user_code: str, allow: bool) -> Any:
        where = client_address(info.context.request)
        found = decide_device(actor=asker(info), user_code=user_code, allow=allow, client_address=where)
        return cls(device=found, errors=[])
