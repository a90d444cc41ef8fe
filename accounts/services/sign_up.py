"""Making an account."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError

from accounts import attempts, signals, verification
from accounts.errors import AccountError, AccountErrorCode
from accounts.invitations import open_invitation
from accounts.models import User
from accounts.services.invite import accept
from vod.lib.transactions import transactional


def sign_up(*, email: str, password: str, client_address: str, invitation: str | None = None) -> User | None:
    """A new account without profiles; None where addresses are verified: then mail is on its way to the address,
    whether it was new or known, and which it was is not said.

    `invitation` is the secret of one; one to this very address vouches for it. Raises AccountError INVALID,
    WEAK_PASSWORD, INVITATION_REQUIRED, EMAIL_TAKEN (only where the address need not be verified) or TOO_MANY_ATTEMPTS.
    """
    address = _clean_address(email)
    _check_password(password, address)
    # Before anything is looked up: who was not invited learns nothing about an address.
    invited = open_invitation(invitation, email=address)
    verifies = settings.VERIFY_EMAIL and not (invited and invited.email)
    if verifies:
        # Each sends mail to somebody who need not have asked for it.
        attempts.take(attempts.sign_up_limit(client_address))
    try:
        is_known = User.objects.filter(email__iexact=address).exists()
        user = None if is_known else _create(address, password, invitation)
    except IntegrityError:
        user = None
    if not verifies:
        if user is None:
            raise AccountError(
                AccountErrorCode.EMAIL_TAKEN,
                "There is already an account with this address. Sign in instead.",
                field="email",
            )
        return user
    if user is None:
        # What a new one costs.
        make_password(password)
        verification.tell_owner(address)
    else:
        verification.send_link(user, signup=True)
    return None


@transactional
def _create(address: str, password: str, secret: str | None) -> User:
    # Of two who come with the same one, the second finds it used.
    invitation = open_invitation(secret, email=address, lock=True)
    user = User.objects.create_user(address, password)
    EmailAddress.objects.create(user=user, email=address, primary=True, verified=False)
    if invitation is not None:
        accept(invitation, user)
    signals.tell_made(user)
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
