"""allauth's JSON where it would keep other rules than ours: the same views, with inputs of our own."""

from allauth.account.adapter import get_adapter
from allauth.headless.account.inputs import (
    AddEmailInput,
    ChangePasswordInput,
    SignupInput,
    VerifyEmailInput,
)
from allauth.headless.account.views import (
    ChangePasswordView,
    ManageEmailView,
    SignupView,
    VerifyEmailView,
)
from allauth.headless.constants import Client
from allauth.headless.internal.restkit import inputs
from allauth.headless.mfa.views import (
    AuthenticateView,
    AuthenticateWebAuthnView,
    LoginWebAuthnView,
    ManageWebAuthnView,
    ReauthenticateView,
    ReauthenticateWebAuthnView,
)
from django.urls import URLPattern, path

from accounts.credentials import KeyAgainForm, KeyAloneForm, KeyForm, NewKeyForm
from accounts.forms import (
    CodeAgainForm,
    CodeForm,
    HashesAnyway,
    NewAddressForm,
    check_current_password,
)
from accounts.verification import is_of_another


class CodeInput(CodeForm, inputs.Input):  # type: ignore[misc]
    pass


class CodeAgainInput(CodeAgainForm, inputs.Input):  # type: ignore[misc]
    pass


class KeyInput(KeyForm, inputs.Input):  # type: ignore[misc]
    pass


class KeyAgainInput(KeyAgainForm, inputs.Input):  # type: ignore[misc]
    pass


class KeyAloneInput(KeyAloneForm, inputs.Input):  # type: ignore[misc]
    pass


class NewKeyInput(NewKeyForm, inputs.Input):  # type: ignore[misc]
    pass


class NewPasswordInput(ChangePasswordInput):  # type: ignore[misc]
    def clean_current_password(self) -> str:
        password = str(self.cleaned_data["current_password"])
        # Who came by another provider has none yet.
        return check_current_password(self.user, password) if self.user.has_usable_password() else ""


class NewAddressInput(NewAddressForm, AddEmailInput):  # type: ignore[misc]
    pass


class NewAccountInput(HashesAnyway, SignupInput):  # type: ignore[misc]
    pass


class VerifyInput(VerifyEmailInput):  # type: ignore[misc]
    def clean_key(self) -> str:
        key = str(super().clean_key())
        if is_of_another(self.verification.email_address):
            raise get_adapter().validation_error("email_taken")
        return key


class CodeView(AuthenticateView):  # type: ignore[misc]
    input_class = CodeInput


class CodeAgainView(ReauthenticateView):  # type: ignore[misc]
    input_class = CodeAgainInput


class KeyView(AuthenticateWebAuthnView):  # type: ignore[misc]
    input_class = {"POST": KeyInput}


class KeyAgainView(ReauthenticateWebAuthnView):  # type: ignore[misc]
    input_class = {"POST": KeyAgainInput}


class KeyAloneView(LoginWebAuthnView):  # type: ignore[misc]
    input_class = {"POST": KeyAloneInput}


class KeysView(ManageWebAuthnView):  # type: ignore[misc]
    input_class = {**ManageWebAuthnView.input_class, "POST": NewKeyInput}


class NewPasswordView(ChangePasswordView):  # type: ignore[misc]
    input_class = NewPasswordInput


class AddressView(ManageEmailView):  # type: ignore[misc]
    input_class = {**ManageEmailView.input_class, "POST": NewAddressInput}


class NewAccountView(SignupView):  # type: ignore[misc]
    input_class = {"POST": NewAccountInput}


class VerifyView(VerifyEmailView):  # type: ignore[misc]
    input_class = VerifyInput


# They stand in front of allauth's own addresses of the same names.
urlpatterns: list[URLPattern] = [
    path("browser/v1/auth/2fa/authenticate", CodeView.as_api_view(client=Client.BROWSER)),
    path("browser/v1/auth/2fa/reauthenticate", CodeAgainView.as_api_view(client=Client.BROWSER)),
    path("browser/v1/auth/webauthn/authenticate", KeyView.as_api_view(client=Client.BROWSER)),
    path("browser/v1/auth/webauthn/reauthenticate", KeyAgainView.as_api_view(client=Client.BROWSER)),
    path("browser/v1/auth/webauthn/login", KeyAloneView.as_api_view(client=Client.BROWSER)),
    path("browser/v1/account/authenticators/webauthn", KeysView.as_api_view(client=Client.BROWSER)),
    path("browser/v1/auth/signup", NewAccountView.as_api_view(client=Client.BROWSER)),
    path("browser/v1/auth/email/verify", VerifyView.as_api_view(client=Client.BROWSER)),
    path("browser/v1/account/email", AddressView.as_api_view(client=Client.BROWSER)),
    path("browser/v1/account/password/change", NewPasswordView.as_api_view(client=Client.BROWSER)),
]
