from typing import Any

import graphene

from accounts import sessions
from accounts.graphql.mutations.base import AccountErrorType, refresh
from accounts.graphql.types import Profile
from accounts.services.activate_profile import activate_profile
from vod.lib.actor import Scope
from vod.lib.graphql.asking import asker
from vod.lib.graphql.ids import decode_id
from vod.lib.graphql.mutations import InputMutation


class ActivateProfile(InputMutation):
    """Binds a profile of one's household to this session or token, on the server."""

    class Meta:
        errors = AccountErrorType
        scope = Scope.READ

    class Input:
        """The profile to watch as."""

        profile_id = graphene.ID(required=True, description="The profile to watch as.")
        pin = graphene.String(description="Its PIN, where it has one.")

    profile = graphene.Field(Profile, description="The profile that is active now.")

    @classmethod
    def perform(cls, info: Any, *, profile_id: str, pin: str | None = None) -> Any:
        profile = activate_profile(actor=asker(info), profile_id=decode_id(profile_id, "Profile"), pin=pin)
        sessions.bind_profile(info.context.request, profile)
        refresh(info)
        return cls(profile=profile, errors=[])
