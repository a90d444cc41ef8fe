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


def code_limit(user_id: object) -> Limit:
    """Wrong codes of a second factor on one account; only who knows the password gets to try one."""
    return Limit(_digest("code", str(user_id)), settings.SIGN_IN_ATTEMPTS, settings.SIGN_IN_PAUSE_SECONDS)


def address_limit(client_address: str) -> Limit:
    """Failed sign-ins from one client address, on whatever accounts."""
    return Limit(
        _digest("address", client_address),
        settings.SIGN_IN_ADDRESS_ATTEMPTS,
        settings.SIGN_IN_PAUSE_SECONDS,
    )


def user_code_limit(user_id: object) -> Limit:
    """Codes of devices that one account enters and that no device shows."""
    return Limit(
        _digest("user code", str(user_id)), settings.SIGN_IN_ATTEMPTS, settings.SIGN_IN_PAUSE_SECONDS
    )


def device_limit(client_address: str) -> Limit:
    """Codes for devices that one client address asks for."""
    return Limit(
        _digest("device", client_address), settings.SIGN_IN_ADDRESS_ATTEMPTS, settings.SIGN_IN_PAUSE_SECONDS
    )


def sign_up_limit(client_address: str) -> Limit:
    """Accounts that one client address asks for, where each of them sends mail."""
    return Limit(
        _digest("sign-up", client_address),
        settings.SIGN_IN_ADDRESS_ATTEMPTS,
        settings.SIGN_IN_PAUSE_SECONDS,
    )


def pin_limit(profile_id: object) -> Limit:
    """Wrong PINs on one profile: five in fifteen minutes, however they are sent."""
    return Limit(_digest("pin", str(profile_id)), PIN_TRIES, PIN_SECONDS)


def _digest(kind: str, what: str) -> str:
    return hashlib.sha256(f"{kind}:{what}".encode("utf-8", "replace")).hexdigest()
