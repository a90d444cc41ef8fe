"""Deleting a profile of one's account, with all that it watched."""

from uuid import UUID

from accounts.profiles import household_of, own_profile
from vod.lib.actor import Actor
from vod.lib.transactions import transactional


@transactional
def delete_profile(*, actor: Actor, profile_id: UUID | None) -> UUID:
    """The key of the profile that is gone. Where it was active, no profile is.

    Raises AccountError UNAUTHENTICATED, FORBIDDEN or NOT_FOUND.
    """
    profile = own_profile(household_of(actor), profile_id)
    key: UUID = profile.pk
    profile.delete()
    return key
