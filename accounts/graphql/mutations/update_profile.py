from typing import Any

import graphene

from accounts.graphql.mutations.base import AccountErrorType
from accounts.graphql.preferences import PreferencesInput
from accounts.graphql.types import Profile
from accounts.services.update_profile import update_profile
from vod.lib.actor import Scope
from vod.lib.graphql.asking import asker
from vod.lib.graphql.ids import decode_id
from vod.lib.graphql.mutations import InputMutation


class UpdateProfile(InputMutation):
    """Changes a profile of one's household. Not from a child's profile."""

    class Meta:
        errors = AccountErrorType
        scope = Scope.ACCOUNT

    class Input(PreferencesInput):
        """What to change; what is left out stays."""

        profile_id = graphene.ID(required=True, description="The profile to change.")
        name = graphene.String(description="At most 40 letters; differs from the others'.")
        avatar = graphene.String(description="The name of a picture.")
        is_kids = graphene.Boolean(description="Whether it is a child's profile.")
        maturity_limit = graphene.Int(
            description="An age in years; null takes the limit away. A child's is at most 12."
        )
        language = graphene.String(description="The language that the person reads (BCP 47).")
        pin = graphene.String(description="Four digits; null takes the PIN away.")

    profile = graphene.Field(Profile, description="The profile as it is now.")

    @classmethod
    def perform(cls, info: Any, *, profile_id: str, **values: Any) -> Any:
        key = decode_id(profile_id, "Profile")
        return cls(profile=update_profile(actor=asker(info), profile_id=key, **values), errors=[])
