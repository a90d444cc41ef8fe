"""Choosing the profile that watches from here on."""

from uuid import UUID

from django.contrib.auth.hashers import check_password

from accounts import attempts
from accounts.errors import AccountError, AccountErrorCode
from accounts.models import Profile
from accounts.profiles import own_profile
from vod.lib.actor import Actor


def activate_profile(*, actor: Actor, profile_id: UUID | None, pin: str | None = None) -> Profile:
    """The profile, when the asker may become it; the caller binds it to the session or token.

    From a child's profile too one may switch to any other of the household that has no PIN, or whose
    PIN one knows. Raises AccountError UNAUTHENTICATED, NOT_FOUND, PIN_REQUIRED, WRONG_PIN or
    TOO_MANY_ATTEMPTS.
    """
    if actor.user_id is None:
        raise AccountError(AccountErrorCode.UNAUTHENTICATED, "Sign in first.")
    profile = own_profile(actor.user_id, profile_id)
    if not profile.has_pin:
        return profile
    if not pin:
        raise AccountError(AccountErrorCode.PIN_REQUIRED, "Enter the PIN of this profile.", field="pin")
    limit = attempts.pin_limit(profile.pk)
    attempts.take(limit)
    if not check_password(pin, profile.pin_hash):
        raise AccountError(AccountErrorCode.WRONG_PIN, "This PIN is wrong. Try again.", field="pin")
    attempts.forget(limit)
    return profile
