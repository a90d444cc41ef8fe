"""Adding a profile to one's account."""

from typing import Any

from django.conf import settings

from accounts.errors import AccountError, AccountErrorCode
from accounts.models import Profile, User
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
    User.objects.select_for_update().get(pk=user_id)
    most = settings.PROFILES_PER_ACCOUNT
    if Profile.objects.filter(user_id=user_id).count() >= most:
        raise AccountError(
            AccountErrorCode.TOO_MANY_PROFILES, f"An account has at most {most} profiles. Delete one first."
        )
    profile = Profile(user_id=user_id)
    fill(profile, {"name": name, **values})
    refuse_same_name(profile)
    profile.save()
    return profile
