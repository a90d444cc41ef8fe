"""allauth's forms for passkeys, where what comes in need not be a credential at all."""

import struct
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)

# What the library raises over structures and bytes that are none of WebAuthn's.
_UNSOUND = (LookupError, TypeError, AttributeError, ValueError, ArithmeticError, struct.error)


class SoundAnswer:
    """For a form that takes an answer of a key: nonsense is a wrong answer."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except _UNSOUND:
            raise get_adapter().validation_error("incorrect_code") from None


class KeyForm(SoundAnswer, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A key as the second factor at a sign-in."""


class KeyAgainForm(SoundAnswer, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A key as a proof of who is there."""


class KeyAloneForm(SoundAnswer, LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey in place of a password."""


class NewKeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A new key; nonsense is none."""

    def clean(self) -> Any:
        try:
            return super().clean()
        except _UNSOUND:
            raise get_adapter().validation_error("incorrect_code") from None
