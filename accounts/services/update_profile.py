"""Changing a profile of one's account."""

from typing import Any
from uuid import UUID

from accounts.models import Profile, User
from accounts.profiles import fill, household_of, own_profile, refuse_same_name
from vod.lib.actor import Actor
from vod.lib.transactions import transactional


@transactional
def update_profile(*, actor: Actor, profile_id: UUID | None, **values: Any) -> Profile:
    """The profile with `values` (as in `profiles.fill`) in place; what is not named stays.

    Raises AccountError UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, INVALID or NAME_TAKEN.
    """
    user_id = household_of(actor)
    User.objects.select_for_update().get(pk=user_id)
    profile = own_profile(user_id, profile_id)
    fill(profile, values)
    refuse_same_name(profile)
    profile.save()
    return profile
