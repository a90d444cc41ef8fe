from typing import Any

import graphene

from accounts import sessions
from accounts.graphql.mutations.base import AccountErrorType, refresh
from accounts.services.delete_profile import delete_profile
from vod.lib.actor import Scope
from vod.lib.graphql.asking import asker
from vod.lib.graphql.ids import decode_id, encode_id
from vod.lib.graphql.mutations import InputMutation


class DeleteProfile(InputMutation):
    """Deletes a profile of one's household, with all that it watched. Not from a child's profile."""

    class Meta:
        errors = AccountErrorType
        scope = Scope.ACCOUNT

    class Input:
        """The profile to delete."""

        profile_id = graphene.ID(required=True, description="The profile to delete.")

    deleted_profile_id = graphene.ID(description="The id of the profile that is gone.")

    @classmethod
    def perform(cls, info: Any, *, profile_id: str) -> Any:
        actor = asker(info)
        key = delete_profile(actor=actor, profile_id=decode_id(profile_id, "Profile"))
        if key == actor.profile_id:
            sessions.forget_profile(info.context.request)
        refresh(info)
        return cls(deleted_profile_id=encode_id("Profile", key), errors=[])
