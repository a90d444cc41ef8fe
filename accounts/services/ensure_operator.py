"""Seeing to it that somebody can run the library."""

import secrets
from dataclasses import dataclass

from allauth.account.models import EmailAddress

from accounts import signals
from accounts.invitations import link_of
from accounts.models import User
from accounts.services.invite import invite
from vod.lib.transactions import transactional

FIRST_DAYS = 1


@dataclass(frozen=True)
class Ensured:
    """What was done: whether the account was made, and the password where it was made up just now.

    Or the `invitation` (an address) by which the first operator makes the account.
    """

    email: str
    created: bool
    password: str | None
    invitation: str | None = None


@transactional
def ensure_operator(*, email: str, password: str | None = None, invites: bool = False) -> Ensured:
    """Makes the operator `email` unless that account exists; one that exists is never changed.

    Where no password is given: with `invites` a link that is good once, and only where nobody operates the library yet;
    otherwise a password of 16 characters is made up.
    """
    address = email.strip().casefold()
    if User.objects.filter(email__iexact=address).exists():
        return Ensured(address, created=False, password=None)
    if not password and invites:
        if User.objects.filter(is_superuser=True, is_active=True).exists():
            return Ensured(address, created=False, password=None)
        secret = invite(email=address, makes_operator=True, days=FIRST_DAYS)[1]
        return Ensured(address, created=False, password=None, invitation=link_of(secret))
    made_up = None if password else secrets.token_urlsafe(12)
    user = User.objects.create_superuser(address, password or made_up)
    EmailAddress.objects.create(user=user, email=address, primary=True, verified=True)
    signals.tell_made(user)
    return Ensured(address, created=True, password=made_up)
