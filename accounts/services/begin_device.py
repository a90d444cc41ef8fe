"""A device asks for a pair of codes."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from accounts import attempts
from accounts.device_codes import INTERVAL_SECONDS, DeviceError, DeviceErrorCode, new_user_code
from accounts.errors import AccountError
from accounts.models import DeviceGrant
from accounts.tokens import BYTES, GRANTABLE, digest_of
from vod.lib.actor import Scope
from vod.lib.transactions import transactional

# So long a device that asks again is told that its code has run out, rather than that there is none.
_KEPT = timedelta(hours=1)


def begin_device(
    *, client_id: str, name: str = "", scope: str = "", client_address: str
) -> tuple[DeviceGrant, str]:
    """A new grant and its device code, which can be read here and never again (RFC 8628, section 3.2).

    `scope` is a list of scopes with blanks between them; without any, the token is one of a sign-in and has them all.
    Raises DeviceError INVALID_CLIENT, INVALID_REQUEST, INVALID_SCOPE or TEMPORARILY_UNAVAILABLE.
    """
    client, shown = _word(client_id), _word(name) or _word(client_id)
    if not client:
        raise DeviceError(DeviceErrorCode.INVALID_CLIENT, "Send a client_id of 1 to 80 characters.")
    if name and not _word(name):
        raise DeviceError(DeviceErrorCode.INVALID_REQUEST, "device_name has 1 to 80 characters.")
    scopes = _scopes(scope)
    try:
        attempts.take(attempts.device_limit(client_address))
    except AccountError as error:
        raise DeviceError(DeviceErrorCode.TEMPORARILY_UNAVAILABLE, error.message) from error
    return _create(client, shown, scopes, client_address)


@transactional
def _create(client: str, name: str, scopes: list[str] | None, where: str) -> tuple[DeviceGrant, str]:
    now = timezone.now()
    DeviceGrant.objects.filter(expires_at__lt=now - _KEPT).delete()
    secret = secrets.token_urlsafe(BYTES)
    grant = DeviceGrant.objects.create(
        digest=digest_of(secret),
        user_code=new_user_code(),
        client_id=client,
        name=name,
        address=where[:45],
        scopes=scopes,
        interval=INTERVAL_SECONDS,
        expires_at=now + timedelta(seconds=settings.DEVICE_CODE_SECONDS),
    )
    return grant, secret


def _word(text: str) -> str:
    word = " ".join(text.split())
    return word if len(word) <= 80 and word.isprintable() else ""


def _scopes(wanted: str) -> list[str] | None:
    names = wanted.upper().split()
    if not names:
        return None
    known = {scope.value for scope in GRANTABLE}
    if not known.issuperset(names):
        raise DeviceError(DeviceErrorCode.INVALID_SCOPE, f"Scopes are {', '.join(sorted(known))}.")
    # As with tokens that are made by hand: who may write may read.
    return sorted({Scope.READ.value, *names})
