"""Inviting somebody to make an account."""

import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.errors import AccountError, AccountErrorCode
from accounts.invitations import PREFIX
from accounts.models import Invitation, Plan, User
from accounts.tokens import BYTES, digest_of
from vod.lib.transactions import transactional

USUAL_DAYS, MOST_DAYS = 7, 90


@transactional
def invite(
    *,
    by: User | None = None,
    email: str = "",
    plan: Plan | None = None,
    makes_operator: bool = False,
    days: int = USUAL_DAYS,
) -> tuple[Invitation, str]:
    """A new invitation and its secret, which can be read here and never again; good once, for so many days.

    An earlier one to the same address is good no more. Raises AccountError INVALID or EMAIL_TAKEN.
    """
    address = email.strip().casefold()
    if not 1 <= days <= MOST_DAYS:
        raise AccountError(
            AccountErrorCode.INVALID, f"An invitation is good for 1 to {MOST_DAYS} days.", field="days"
        )
    if address and User.objects.filter(email__iexact=address).exists():
        raise AccountError(AccountErrorCode.EMAIL_TAKEN, "This address has an account.", field="email")
    now = timezone.now()
    if address:
        Invitation.objects.open(now).filter(email__iexact=address).update(expires_at=now)
    secret = PREFIX + secrets.token_urlsafe(BYTES)
    row = Invitation.objects.create(
        digest=digest_of(secret),
        email=address,
        plan=plan,
        makes_operator=makes_operator,
        by=by,
        expires_at=now + timedelta(days=days),
    )
    return row, secret


def accept(invitation: Invitation, user: User) -> None:
    """Uses up an invitation, which the caller holds locked, for the account that was made just now."""
    invitation.used_at, invitation.user = timezone.now(), user
    invitation.save(update_fields=["used_at", "user"])
    user.plan = invitation.plan
    if invitation.makes_operator:
        user.is_staff = user.is_superuser = True
    user.save(update_fields=["plan", "is_staff", "is_superuser"])
    if invitation.email:
        EmailAddress.objects.filter(user=user, email=user.email).update(verified=True)
