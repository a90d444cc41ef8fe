"""What allauth asks the product: how accounts are told apart, counted, written to and ended.

Its pages, its JSON for the web app and its sign-in by other providers all come through here, so that they keep the rules
that GraphQL keeps.
"""

import base64
import hashlib
import logging
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.utils.encoding import force_str

from accounts import invitations, sessions, verification
from accounts.models import User
from accounts.passwords import pauses_as_faults, user_by_password
from accounts.verification import is_of_another
from vod.lib.http import client_address

log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts: their addresses, their passwords, the mail to them."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """An invitation is shown to GraphQL's `signUp` alone; where one is needed, allauth's own ways make no account."""
        return not invitations.is_needed()

    def clean_email(self, email: str) -> str:
        return email.strip().casefold()

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Nothing is counted twice: `authenticate` does it."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The user of the address and password. Raises ValidationError where there were too many attempts."""
        email, password = credentials.get("email"), credentials.get("password")
        if not isinstance(email, str) or not isinstance(password, str):
            return None
        with pauses_as_faults():
            return user_by_password(email=email, password=password, client_address=client_address(request))

    def reauthenticate(self, user: User, password: str) -> bool:
        found = self.authenticate(self.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def set_password(self, user: User, password: str) -> None:
        """A new password, by change or by reset: whoever was signed in elsewhere no longer is, and a pause ends."""
        super().set_password(user, password)
        if not self.request.user.is_authenticated:
            # Only a link in mail lets somebody choose one who is not signed in.
            verification.note_proven(user)
        sessions.after_new_password(user, self.request)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        # Somebody may have made an account with it while the link was on its way.
        if is_of_another(email_address):
            return False
        return bool(super().confirm_email(request, email_address))

    def logout(self, request: HttpRequest) -> None:
        sessions.end_session_of(request)
        super().logout(request)

    def get_client_ip(self, request: HttpRequest) -> str:
        return sessions.address_of(request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Mail that calls the installation by its own name, not by the one that a request gave it."""
        host = urlsplit(settings.PUBLIC_URL).netloc or self.request.get_host()
        site = SimpleNamespace(name=settings.SITE_NAME, domain=host)
        try:
            super().send_mail(template_prefix, email, {**context, "current_site": site})
        except OSError:
            # What was asked for is done all the same, and an answer that says so would say whom the mail was for.
            log.exception("mail could not be sent: %s", template_prefix)

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        # To the address that the account has, never to one that somebody typed and that looks like it.
        super().send_password_reset_mail(user, user.email, context)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: their secrets at rest are worth nothing without the installation's own."""

    def encrypt(self, text: str) -> str:
        return _ciphers().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _ciphers().decrypt(encrypted_text.encode()).decode()

    def _get_site_name(self) -> str:
        return settings.SITE_NAME


class SessionsAdapter(DefaultUserSessionsAdapter):  # type: ignore[misc]
    """Sessions of browsers: what hangs on one ends with it."""

    def end_sessions(self, sessions_to_end: Iterable[Any]) -> None:
        for session in sessions_to_end:
            sessions.end_browser_session(session)


class OtherProvidersAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Accounts of other providers: who signs in with one is a person here like any other."""

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> User:
        user: User = super().populate_user(request, sociallogin, data)
        user.email = user.email.casefold()
        return user


def _ciphers() -> MultiFernet:
    """The first encrypts; those of secrets that went before still decrypt."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(f"second factors:{force_str(secret)}".encode()).digest() for secret in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
