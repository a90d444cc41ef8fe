"""Which attempts are counted together, and how many there may be."""

import hashlib
from dataclasses import dataclass

from django.conf import settings

PIN_TRIES = 5
PIN_SECONDS = 15 * 60


@dataclass(frozen=True)
class Limit:
    """At most `tries` of what `key` names in `seconds`; then a pause of as many seconds."""

    key: str
    tries: int
    seconds: int


def account_limit(email: str) -> Limit:
    """Failed sign-ins on one account, whether it exists or not."""
    return Limit(
        _digest("account", email.casefold()), settings.SIGN_IN_ATTEMPTS, settings.SIGN_IN_PAUSE_SECONDS
    )


def address_limit(client_address: str) -> Limit:
    """Failed sign-ins from one client address, on whatever accounts."""
    return Limit(
        _digest("address", client_address),
        settings.SIGN_IN_ADDRESS_ATTEMPTS,
        settings.SIGN_IN_PAUSE_SECONDS,
    )


def pin_limit(profile_id: object) -> Limit:
    """Wrong PINs on one profile: five in fifteen minutes, however they are sent."""
    return Limit(_digest("pin", str(profile_id)), PIN_TRIES, PIN_SECONDS)


def _digest(kind: str, what: str) -> str:
    return hashlib.sha256(f"{kind}:{what}".encode("utf-8", "replace")).hexdigest()
