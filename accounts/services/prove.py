"""Asking again who somebody is, before what cannot be taken back."""

from uuid import UUID

from accounts.errors import AccountError, AccountErrorCode
from accounts.models import User
from accounts.passwords import user_by_password
from accounts.profiles import household_of
from vod.lib.actor import Actor


def prove(*, actor: Actor, password: str | None, is_fresh: bool, client_address: str) -> User:
    """The asker's account, when its password was given; wrong ones count with those at every other door.

    An account without a password (it signs in by another provider) has to have signed in a moment ago (`is_fresh`).
    Raises AccountError UNAUTHENTICATED, FORBIDDEN (also from a child's profile), WRONG_CREDENTIALS or TOO_MANY_ATTEMPTS.
    """
    user_id: UUID = household_of(actor)
    user = User.objects.get(pk=user_id)
    if not user.has_usable_password():
        if is_fresh:
            return user
        raise AccountError(
            AccountErrorCode.FORBIDDEN, "Sign in again, and ask within five minutes.", field="password"
        )
    found = user_by_password(email=user.email, password=password or "", client_address=client_address)
    if found is None or found.pk != user.pk:
        raise AccountError(
            AccountErrorCode.WRONG_CREDENTIALS, "The password is wrong. Try again.", field="password"
        )
    return user
