"""Making an account."""

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError

from accounts.errors import AccountError, AccountErrorCode
from accounts.models import User
from vod.lib.transactions import transactional


def sign_up(*, email: str, password: str) -> User:
    """A new account without profiles. Raises AccountError INVALID, WEAK_PASSWORD or EMAIL_TAKEN."""
    address = _clean_address(email)
    _check_password(password, address)
    taken = AccountError(
        AccountErrorCode.EMAIL_TAKEN,
        "There is already an account with this address. Sign in instead.",
        field="email",
    )
    if User.objects.filter(email__iexact=address).exists():
        raise taken
    try:
        return _create(address, password)
    except IntegrityError:
        raise taken from None


@transactional
def _create(address: str, password: str) -> User:
    user = User.objects.create_user(address, password)
    EmailAddress.objects.create(user=user, email=address, primary=True, verified=False)
    return user


def _clean_address(email: str) -> str:
    address = email.strip().casefold()
    try:
        validate_email(address)
        User._meta.get_field("email").run_validators(address)
    except ValidationError:
        raise AccountError(
            AccountErrorCode.INVALID, "Enter an e-mail address, such as name@example.org.", field="email"
        ) from None
    return address


def _check_password(password: str, address: str) -> None:
    try:
        validate_password(password, User(email=address))
    except ValidationError as error:
        raise AccountError(
            AccountErrorCode.WEAK_PASSWORD, " ".join(error.messages), field="password"
        ) from None
