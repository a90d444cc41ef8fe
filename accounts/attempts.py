"""Counting attempts at a secret, for all processes and all doors.

An attempt is counted before the secret is looked at, by updates that only succeed below the limit: of
many requests at the same moment no more than the limit get to try. Whoever then knows the secret gives
the attempt back.
"""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from django.conf import settings
from django.db.models import Case, F, Value, When
from django.utils import timezone

from accounts.errors import AccountError, AccountErrorCode
from accounts.models import AttemptCount
from vod.lib.transactions import transactional

PIN_TRIES = 5
PIN_SECONDS = 15 * 60


@dataclass(frozen=True)
class Limit:
    """At most `tries` of what `key` names in `seconds`; then a pause of as many seconds."""

    key: str
    tries: int
    seconds: int


def account_limit(email: str) -> Limit:
    """Failed sign-ins on one account, whether it exists or not."""
    return Limit(
        _digest("account", email.casefold()), settings.SIGN_IN_ATTEMPTS, settings.SIGN_IN_PAUSE_SECONDS
    )


def address_limit(client_address: str) -> Limit:
    """Failed sign-ins from one client address, on whatever accounts."""
    return Limit(
        _digest("address", client_address),
        settings.SIGN_IN_ADDRESS_ATTEMPTS,
        settings.SIGN_IN_PAUSE_SECONDS,
    )


def pin_limit(profile_id: object) -> Limit:
    """Wrong PINs on one profile: five in fifteen minutes, however they are sent."""
    return Limit(_digest("pin", str(profile_id)), PIN_TRIES, PIN_SECONDS)


@transactional
def take(limit: Limit) -> None:
    """Counts one attempt. Raises AccountError TOO_MANY_ATTEMPTS with the seconds to wait."""
    now = timezone.now()
    rows = AttemptCount.objects.filter(key=limit.key)
    _, new = AttemptCount.objects.get_or_create(key=limit.key, defaults={"count": 0, "since": now})
    if new:
        longest = max(settings.SIGN_IN_PAUSE_SECONDS, PIN_SECONDS)
        AttemptCount.objects.filter(since__lt=now - timedelta(seconds=longest)).delete()
    if rows.filter(since__lte=now - timedelta(seconds=limit.seconds)).update(count=1, since=now):
        return
    # The last attempt that is allowed starts the pause: it is as long for the slow as for the quick.
    since = Case(When(count=limit.tries - 1, then=Value(now)), default=F("since"))
    if rows.filter(count__lt=limit.tries).update(count=F("count") + 1, since=since):
        return
    started = rows.values_list("since", flat=True).first() or now
    wait = max(1, ceil((started + timedelta(seconds=limit.seconds) - now).total_seconds()))
    raise AccountError(AccountErrorCode.TOO_MANY_ATTEMPTS, f"Too many attempts. Try again in {wait} seconds.")


def give_back(limit: Limit) -> None:
    """Uncounts one attempt that turned out well."""
    AttemptCount.objects.filter(key=limit.key, count__gt=0).update(count=F("count") - 1)


def forget(limit: Limit) -> None:
    """Drops all that was counted: the secret was known."""
    AttemptCount.objects.filter(key=limit.key).delete()


def _digest(kind: str, what: str) -> str:
    return hashlib.sha256(f"{kind}:{what}".encode("utf-8", "replace")).hexdigest()
