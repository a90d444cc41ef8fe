"""Adding a profile to one's account."""

from typing import Any

from accounts.errors import AccountError, AccountErrorCode
from accounts.models import Profile, User
from accounts.plans import most_profiles
from accounts.profiles import fill, household_of, refuse_same_name
from vod.lib.actor import Actor
from vod.lib.transactions import transactional


@transactional
def create_profile(*, actor: Actor, name: str, **values: Any) -> Profile:
    """A new profile of the asker's account; `values` as in `profiles.fill`.

    Raises AccountError UNAUTHENTICATED, FORBIDDEN, INVALID, NAME_TAKEN or TOO_MANY_PROFILES.
    """
    user_id = household_of(actor)
    # Two requests at once count one after the other.
    user = User.objects.select_for_update().get(pk=user_id)
    most = most_profiles(user)
    if Profile.objects.filter(user_id=user_id).count() >= most:
        raise AccountError(
            AccountErrorCode.TOO_MANY_PROFILES, f"Your plan has room for {_profiles(most)}. Delete one first."
        )
    profile = Profile(user_id=user_id)
    fill(profile, {"name": name, **values})
    refuse_same_name(profile)
    profile.save()
    return profile


def _profiles(most: int) -> str:
    return "one profile" if most == 1 else f"{most} profiles"
