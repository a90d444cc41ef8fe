"""The one place where a second factor's code is compared, so that guesses count together across every door.

Codes of authenticator apps are those of RFC 6238; a step of thirty seconds that has been used, and all before it, are
worth nothing any more (section 5.2), which the row remembers and no cache may forget.
"""

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts import attempts
from accounts.models import User
from vod.lib.transactions import transactional


def is_needed(user: User) -> bool:
    """Whether the password alone does not sign this account in."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return bool(Authenticator.objects.filter(user=user, type__in=kinds).exists())


def used_by_code(user: User, code: str, *, client_address: str) -> Authenticator | None:
    """The authenticator of the account whose code this is, or None. The code is used up.

    Raises AccountError TOO_MANY_ATTEMPTS.
    """
    by_account, by_address = attempts.code_limit(user.pk), attempts.address_limit(client_address)
    attempts.take(by_address)
    attempts.take(by_account)
    found = _use(user, "".join(code.split()))
    if found is not None:
        attempts.forget(by_account)
        attempts.give_back(by_address)
    return found


@transactional
def _use(user: User, code: str) -> Authenticator | None:
    rows = Authenticator.objects.select_for_update().filter(user=user)
    for row in rows.exclude(type=Authenticator.Type.WEBAUTHN):
        right = _is_step(row, code) if row.type == Authenticator.Type.TOTP else row.wrap().validate_code(code)
        if right:
            # A recovery code has been written down as used in another copy of the row.
            Authenticator.objects.filter(pk=row.pk).update(last_used_at=timezone.now())
            return Authenticator.objects.select_related("user").get(pk=row.pk)
    return None


def _is_step(row: Authenticator, code: str) -> bool:
    secret = decrypt(row.data["secret"])
    for step in yield_hotp_counters_from_time():
        right = constant_time_compare(code, format_hotp_value(hotp_value(secret, step)))
        if right and step > row.data.get("step", 0):
            row.data["step"] = step
            row.save(update_fields=["data"])
            return True
    return False
