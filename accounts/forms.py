"""allauth's forms and the admin's, where they compare a secret: each attempt is counted with those at the other doors."""

from typing import Any

from allauth.account.forms import AddEmailForm, ChangePasswordForm, SignupForm
from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django import forms
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from unfold.forms import AuthenticationForm
from unfold.widgets import BASE_INPUT_CLASSES

from accounts import second_factor, verification
from accounts.models import User
from accounts.passwords import knows_password, pauses_as_faults
from vod.lib.http import client_address


def check_current_password(user: User, password: str) -> str:
    """The password, if it is the account's. Raises ValidationError, also where there were too many attempts."""
    with pauses_as_faults():
        right = knows_password(user, password, client_address=client_address(context.request))
    if not right:
        raise ValidationError("This is not your password.", code="enter_current_password")
    return password


class CountedCode:
    """For a form of allauth that takes the code of a second factor."""

    user: User
    cleaned_data: dict[str, Any]
    authenticator: Any
    _emit_authentication_failed: Any

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        where = client_address(context.request)
        with pauses_as_faults():
            found = second_factor.used_by_code(self.user, code, client_address=where)
        if found is None:
            raise get_adapter().validation_error("incorrect_code")
        self.authenticator = found
        return code


class CodeForm(CountedCode, AuthenticateForm):  # type: ignore[misc]
    """The second factor at a sign-in."""


class CodeAgainForm(CountedCode, ReauthenticateForm):  # type: ignore[misc]
    """The second factor as a proof of who is there."""


class NewPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    """A new password for who knows the old one."""

    def clean_oldpassword(self) -> str:
        return check_current_password(self.user, self.cleaned_data.get("oldpassword", ""))


class NewAddressForm(AddEmailForm):  # type: ignore[misc]
    """A change of address: the new one waits beside the old one until its link has been followed."""

    def save(self, request: HttpRequest) -> EmailAddress:
        # Not as allauth does it: an address that need not be verified would be taken for the one that waits.
        with transaction.atomic():
            EmailAddress.objects.filter(user=self.user, primary=False).delete()
            EmailAddress.objects.get_or_create(
                user=self.user, email=self.user.email, defaults={"primary": True}
            )
            waiting = EmailAddress.objects.create(user=self.user, email=self.cleaned_data["email"])
        send_verification_email_to_address(request, waiting)
        return waiting


class HashesAnyway:
    """For a form that makes accounts: a known address costs a hash too."""

    account_already_exists: bool
    cleaned_data: dict[str, Any]

    def try_save(self, request: HttpRequest) -> Any:
        if self.account_already_exists:
            make_password(self.cleaned_data.get("password1") or self.cleaned_data.get("password"))
        return super().try_save(request)  # type: ignore[misc]


class NewAccountForm(HashesAnyway, SignupForm):  # type: ignore[misc]
    """A new account."""


class OperatorSignInForm(AuthenticationForm):  # type: ignore[misc]
    """The admin's sign-in, with the second factor of accounts that have one in the same step."""

    code = forms.CharField(
        label="Code of the second factor, if you have one",
        required=False,
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "class": " ".join(BASE_INPUT_CLASSES)},
        ),
    )

    def confirm_login_allowed(self, user: User) -> None:
        super().confirm_login_allowed(user)
        if verification.is_lacking(user):
            verification.send_link(user)
            raise ValidationError(verification.ADVICE, code="unverified")
        if not second_factor.is_needed(user):
            return
        code = str(self.cleaned_data.get("code") or self.data.get("code") or "")
        if not code:
            raise ValidationError(
                "This account has a second factor. Enter its code, or sign in on the site first.",
                code="second_factor",
            )
        with pauses_as_faults():
            found = second_factor.used_by_code(user, code, client_address=client_address(self.request))
        if found is None:
            raise ValidationError("The password or the code is wrong. Try again.", code="second_factor")
