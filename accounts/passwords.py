"""The one place where a password is compared, so that attempts count together across every door."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest

from accounts import attempts
from accounts.errors import AccountError
from accounts.models import User
from accounts.plans import limits
from vod.lib.http import client_address


def user_by_password(*, email: str, password: str, client_address: str) -> User | None:
    """The active user with that address and password, or None, in the same time whether or not the
    address is known. Raises AccountError TOO_MANY_ATTEMPTS.
    """
    address = email.strip().casefold()
    by_account, by_address = attempts.account_limit(address), attempts.address_limit(client_address)
    attempts.take(by_address)
    attempts.take(by_account)
    # What no database can hold is nobody's, and takes as long as everything else that is wrong.
    user = AuthenticationBackend().authenticate(None, email=_holdable(address), password=_holdable(password))
    if not isinstance(user, User):
        return None
    attempts.forget(by_account)
    attempts.give_back(by_address)
    return user


def knows_password(user: User, password: str, *, client_address: str) -> bool:
    """Whether who is signed in as `user` knows its password. Raises AccountError TOO_MANY_ATTEMPTS."""
    return user_by_password(email=user.email, password=password, client_address=client_address) == user


@contextmanager
def pauses_as_faults() -> Iterator[None]:
    """For forms: too many attempts are said as what is wrong with what was typed, a ValidationError."""
    try:
        yield
    except AccountError as error:
        raise ValidationError(error.message, code="too_many_login_attempts") from error


def _holdable(text: str) -> str:
    """The text, or for one with a NUL or half a surrogate pair, another one that nobody has."""
    whole = "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)
    return text if whole else secrets.token_urlsafe()


class CountingBackend(AuthenticationBackend):  # type: ignore[misc]
    """Django's door to passwords (admin, allauth's pages) with the count of attempts in front.

    It also reads the user of a session, with what their plan allows.
    """

    def get_user(self, user_id: UUID | str) -> User | None:
        user = User.objects.annotate(**limits()).filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        email = credentials.get("email") or credentials.get("username")
        password = credentials.get("password")
        if not isinstance(email, str) or not isinstance(password, str):
            return None
        where = client_address(request) if request is not None else ""
        try:
            return user_by_password(email=email, password=password, client_address=where)
        except AccountError as error:
            raise PermissionDenied(error.message) from error
