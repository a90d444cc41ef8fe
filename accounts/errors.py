"""What can go wrong with accounts and profiles: codes for programs, sentences for people."""

from vod.lib.errors import DomainError, ErrorCode


class AccountErrorCode(ErrorCode):
    """Codes of mutations on accounts and profiles."""

    UNAUTHENTICATED = "UNAUTHENTICATED", "Nobody is signed in, or the token is dead."
    FORBIDDEN = "FORBIDDEN", "Not for this profile or token; the message says which is needed."
    NOT_FOUND = "NOT_FOUND", "There is no such thing in this account."
    INVALID = "INVALID", "The value of `field` is of no use."
    EMAIL_TAKEN = "EMAIL_TAKEN", "There is an account of that address."
    INVITATION_REQUIRED = (
        "INVITATION_REQUIRED",
        "Accounts are made by invitation, and this is none that is good.",
    )
    WEAK_PASSWORD = "WEAK_PASSWORD", "Too easily guessed; the message says why."
    WRONG_CREDENTIALS = "WRONG_CREDENTIALS", "Address, password or code is wrong; which one is not said."
    SECOND_FACTOR_REQUIRED = "SECOND_FACTOR_REQUIRED", "Send the same again with `code`."
    EMAIL_UNVERIFIED = "EMAIL_UNVERIFIED", "Follow the link in the mail first; another one has been sent."
    TOO_MANY_ATTEMPTS = "TOO_MANY_ATTEMPTS", "Wait as long as the message says."
    NAME_TAKEN = "NAME_TAKEN", "The household has a profile of that name."
    TOO_MANY_PROFILES = "TOO_MANY_PROFILES", "The household has as many profiles as it may."
    TOO_MANY_TOKENS = "TOO_MANY_TOKENS", "The account has as many live tokens as it may; revoke one."
    PIN_REQUIRED = "PIN_REQUIRED", "Send the profile's PIN."
    WRONG_PIN = "WRONG_PIN", "That is not the profile's PIN."


class AccountError(DomainError):
    """Raised by the services of accounts; `code` is an AccountErrorCode."""

    def __init__(self, code: AccountErrorCode, message: str, *, field: str | None = None) -> None:
        super().__init__(code, message, field=field)
