"""What the device authorization grant says on the wire (RFC 8628): codes as people type them, and its errors."""

import secrets
from enum import StrEnum

# Consonants without Y: no words come out, and nothing looks like a digit (section 6.1). 20^8 is 34 bits.
ALPHABET = "BCDFGHJKLMNPQRSTVWXZ"
LENGTH = 8
GRANT_TYPE = "urn:ietf:params:oauth:grant-type:device_code"
INTERVAL_SECONDS = 5
# What `slow_down` adds to the pause between two questions (section 3.5).
SLOWER_SECONDS = 5


class DeviceErrorCode(StrEnum):
    """Values of `error` at the token endpoint: RFC 8628, section 3.5, and RFC 6749, section 5.2."""

    AUTHORIZATION_PENDING = "authorization_pending"
    SLOW_DOWN = "slow_down"
    ACCESS_DENIED = "access_denied"
    EXPIRED_TOKEN = "expired_token"  # noqa: S105 - the word of the protocol
    INVALID_REQUEST = "invalid_request"
    INVALID_CLIENT = "invalid_client"
    INVALID_GRANT = "invalid_grant"
    INVALID_SCOPE = "invalid_scope"
    UNSUPPORTED_GRANT_TYPE = "unsupported_grant_type"
    TEMPORARILY_UNAVAILABLE = "temporarily_unavailable"


class DeviceError(Exception):
    """A request of a device that gets an error instead of codes or a token."""

    def __init__(self, code: DeviceErrorCode, description: str) -> None:
        super().__init__(description)
        self.code = code
        self.description = description


def new_user_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def as_shown(user_code: str) -> str:
    """With a dash in the middle, as a screen shows it."""
    return f"{user_code[: LENGTH // 2]}-{user_code[LENGTH // 2 :]}"


def as_kept(typed: str) -> str:
    """What somebody typed, in whatever case, with dashes and blanks or without."""
    return "".join(sign for sign in typed.upper() if sign in ALPHABET)[: LENGTH + 1]
