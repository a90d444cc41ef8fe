"""Addresses: whether one has been verified, and the mail that goes to one, whoever has it.

Mail always goes out, to the known and to the unknown, so that no answer says which it was.
"""

from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.models import EmailAddress
from allauth.core import context
from django.conf import settings

from accounts.models import User

#: For who has the password of an account whose address is still to be verified.
ADVICE = "This address has not been verified yet. Follow the link in the mail that we sent to it."


def is_lacking(user: User) -> bool:
    """Whether the account is of no use yet, because its address has not been verified where it must be."""
    if not settings.VERIFY_EMAIL:
        return False
    return not EmailAddress.objects.filter(user=user, email=user.email, verified=True).exists()


def send_link(user: User, *, signup: bool = False) -> None:
    """Sends the link that verifies the account's address, unless one has gone out a moment ago."""
    address, _ = EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"primary": True})
    send_verification_email_to_address(context.request, address, signup=signup)


def tell_owner(address: str) -> None:
    """Tells whoever has the address that somebody wanted to make an account with it again."""
    send_verification_email_to_address(context.request, EmailAddress(user=None, email=address), signup=True)


def is_of_another(address: EmailAddress) -> bool:
    """Whether the address, which one account wants, is the one that another account has."""
    return User.objects.filter(email__iexact=address.email).exclude(pk=address.user_id).exists()


def note_proven(user: User) -> None:
    """Notes that who has the account reads the mail of its address, as by a link for a new password."""
    EmailAddress.objects.filter(user=user).exclude(email=user.email).filter(primary=True).update(
        primary=False
    )
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"primary": True, "verified": True}
    )
