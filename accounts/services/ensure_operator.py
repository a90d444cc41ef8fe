"""Seeing to it that somebody can run the library."""

import secrets
from dataclasses import dataclass

from allauth.account.models import EmailAddress

from accounts.models import User
from vod.lib.transactions import transactional


@dataclass(frozen=True)
class Ensured:
    """What was done: whether the account was made, and the password where it was made up just now."""

    email: str
    created: bool
    password: str | None


@transactional
def ensure_operator(*, email: str, password: str | None = None) -> Ensured:
    """Makes the operator `email` unless that account exists; one that exists is never changed.

    Where no password is given, one of 16 characters is made up.
    """
    address = email.strip().casefold()
    if User.objects.filter(email__iexact=address).exists():
        return Ensured(address, created=False, password=None)
    made_up = None if password else secrets.token_urlsafe(12)
    user = User.objects.create_superuser(address, password or made_up)
    EmailAddress.objects.create(user=user, email=address, primary=True, verified=True)
    return Ensured(address, created=True, password=made_up)
