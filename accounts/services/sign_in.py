"""Signing in by address and password."""

from accounts.errors import AccountError, AccountErrorCode
from accounts.models import User
from accounts.passwords import user_by_password


def sign_in(*, email: str, password: str, client_address: str) -> User:
    """The user. Raises AccountError WRONG_CREDENTIALS (the same for an unknown address and a wrong
    password) or TOO_MANY_ATTEMPTS.
    """
    user = user_by_password(email=email, password=password, client_address=client_address)
    if user is None:
        raise AccountError(
            AccountErrorCode.WRONG_CREDENTIALS, "The address or the password is wrong. Try again."
        )
    return user
