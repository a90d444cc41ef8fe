from typing import Any

import graphene

from accounts.graphql.mutations.base import AccountErrorType
from accounts.graphql.preferences import PreferencesInput
from accounts.graphql.types import Profile
from accounts.services.create_profile import create_profile
from vod.lib.actor import Scope
from vod.lib.graphql.asking import asker
from vod.lib.graphql.mutations import InputMutation


class CreateProfile(InputMutation):
    """Adds a person to the household. Not from a child's profile."""

    class Meta:
        errors = AccountErrorType
        scope = Scope.ACCOUNT

    class Input(PreferencesInput):
        """A new profile; only the name is needed."""

        name = graphene.String(required=True, description="At most 40 letters; differs from the others'.")
        avatar = graphene.String(description="The name of a picture.")
        is_kids = graphene.Boolean(description="Whether it is a child's profile.")
        maturity_limit = graphene.Int(
            description="An age in years; null: no limit. A child's is 7 if left out, and at most 12."
        )
        language = graphene.String(description="The language that the person reads (BCP 47).")
        pin = graphene.String(description="Four digits to ask for before the profile is used.")

    profile = graphene.Field(Profile, description="The new profile.")

    @classmethod
    def perform(cls, info: Any, **values: Any) -> Any:
        return cls(profile=create_profile(actor=asker(info), **values), errors=[])
