"""Signing in by address and password, and by the code of the second factor where there is one."""

from accounts import second_factor, verification
from accounts.errors import AccountError, AccountErrorCode
from accounts.models import User
from accounts.passwords import user_by_password


def sign_in(*, email: str, password: str, code: str | None = None, client_address: str) -> User:
    """The user. Raises AccountError WRONG_CREDENTIALS (the same for an unknown address and a wrong
    password), EMAIL_UNVERIFIED (and another link goes out), SECOND_FACTOR_REQUIRED or TOO_MANY_ATTEMPTS.
    """
    user = user_by_password(email=email, password=password, client_address=client_address)
    if user is None:
        raise AccountError(
            AccountErrorCode.WRONG_CREDENTIALS, "The address or the password is wrong. Try again."
        )
    if verification.is_lacking(user):
        verification.send_link(user)
        raise AccountError(AccountErrorCode.EMAIL_UNVERIFIED, verification.ADVICE)
    if second_factor.is_needed(user):
        _check_code(user, code, client_address)
    return user


def _check_code(user: User, code: str | None, client_address: str) -> None:
    if not code:
        raise AccountError(
            AccountErrorCode.SECOND_FACTOR_REQUIRED,
            "Enter the code of your authenticator app, or a recovery code.",
            field="code",
        )
    if second_factor.used_by_code(user, code, client_address=client_address) is None:
        raise AccountError(
            AccountErrorCode.WRONG_CREDENTIALS, "This code is wrong. Try the next one.", field="code"
        )
