"""A person looks at a device that asks to be signed in, and allows it or not."""

from uuid import UUID

from django.utils import timezone

from accounts import attempts
from accounts.device_codes import as_kept
from accounts.errors import AccountError, AccountErrorCode
from accounts.models import DeviceGrant, User
from accounts.profiles import household_of
from accounts.tokens import stamp_of
from vod.lib.actor import Actor, Scope
from vod.lib.transactions import transactional


def review_device(*, actor: Actor, user_code: str, client_address: str) -> DeviceGrant:
    """The device that shows this code and waits. A guess is counted, for the account and for the client's address.

    Raises AccountError UNAUTHENTICATED, FORBIDDEN (from a child's profile; OPERATE for who operates nothing), NOT_FOUND
    or TOO_MANY_ATTEMPTS.
    """
    user_id = household_of(actor)
    by_account, by_address = attempts.user_code_limit(user_id), attempts.address_limit(client_address)
    attempts.take(by_address)
    attempts.take(by_account)
    grant = DeviceGrant.objects.filter(
        user_code=as_kept(user_code), state=DeviceGrant.State.PENDING, expires_at__gt=timezone.now()
    ).first()
    if grant is None:
        raise _gone()
    attempts.forget(by_account)
    attempts.give_back(by_address)
    if Scope.OPERATE in (grant.scopes or ()) and not actor.is_operator:
        raise AccountError(
            AccountErrorCode.FORBIDDEN, "This device wants to run the library. Only an operator can allow it."
        )
    return grant


def decide_device(*, actor: Actor, user_code: str, allow: bool, client_address: str) -> DeviceGrant:
    """The device, allowed to fetch a token of the asker's account or told that it may not. Raises as `review_device`."""
    grant = review_device(actor=actor, user_code=user_code, client_address=client_address)
    return _decide(grant, household_of(actor), allow)


@transactional
def _decide(grant: DeviceGrant, user_id: UUID, allow: bool) -> DeviceGrant:
    user = User.objects.get(pk=user_id)
    done = DeviceGrant.objects.filter(
        pk=grant.pk, state=DeviceGrant.State.PENDING, expires_at__gt=timezone.now()
    ).update(
        state=DeviceGrant.State.ALLOWED if allow else DeviceGrant.State.DENIED,
        user=user if allow else None,
        password_stamp=stamp_of(user) if allow else "",
    )
    if not done:
        raise _gone()
    grant.refresh_from_db()
    return grant


def _gone() -> AccountError:
    return AccountError(
        AccountErrorCode.NOT_FOUND,
        "No device waits with this code. Look at its screen, and start there again if the code is old.",
        field="userCode",
    )
