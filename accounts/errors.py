"""What can go wrong with accounts and profiles: codes for programs, sentences for people."""

from enum import StrEnum

from vod.lib.errors import DomainError


class AccountErrorCode(StrEnum):
    """Codes of mutations on accounts and profiles."""

    UNAUTHENTICATED = "UNAUTHENTICATED"
    FORBIDDEN = "FORBIDDEN"
    NOT_FOUND = "NOT_FOUND"
    INVALID = "INVALID"
    EMAIL_TAKEN = "EMAIL_TAKEN"
    WEAK_PASSWORD = "WEAK_PASSWORD"  # noqa: S105 - a code, no password
    WRONG_CREDENTIALS = "WRONG_CREDENTIALS"
    SECOND_FACTOR_REQUIRED = "SECOND_FACTOR_REQUIRED"
    TOO_MANY_ATTEMPTS = "TOO_MANY_ATTEMPTS"
    NAME_TAKEN = "NAME_TAKEN"
    TOO_MANY_PROFILES = "TOO_MANY_PROFILES"
    PIN_REQUIRED = "PIN_REQUIRED"
    WRONG_PIN = "WRONG_PIN"


class AccountError(DomainError):
    """Raised by the services of accounts; `code` is an AccountErrorCode."""

    def __init__(self, code: AccountErrorCode, message: str, *, field: str | None = None) -> None:
        super().__init__(code, message, field=field)
