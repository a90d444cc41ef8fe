"""Counts in the database: by updates that only succeed below the limit."""

from datetime import timedelta
from math import ceil

from django.conf import settings
from django.db.models import Case, F, Value, When
from django.utils import timezone

from accounts.attempts.limits import PIN_SECONDS, Limit
from accounts.models import AttemptCount
from vod.lib.transactions import transactional


@transactional
def take(limit: Limit) -> int:
    """Counts one attempt. The seconds to wait, where it is one too many; else 0."""
    now = timezone.now()
    rows = AttemptCount.objects.filter(key=limit.key)
    _, new = AttemptCount.objects.get_or_create(key=limit.key, defaults={"count": 0, "since": now})
    if new:
        longest = max(settings.SIGN_IN_PAUSE_SECONDS, PIN_SECONDS)
        AttemptCount.objects.filter(since__lt=now - timedelta(seconds=longest)).delete()
    if rows.filter(since__lte=now - timedelta(seconds=limit.seconds)).update(count=1, since=now):
        return 0
    # The last attempt that is allowed starts the pause: it is as long for the slow as for the quick.
    since = Case(When(count=limit.tries - 1, then=Value(now)), default=F("since"))
    if rows.filter(count__lt=limit.tries).update(count=F("count") + 1, since=since):
        return 0
    started = rows.values_list("since", flat=True).first() or now
    return max(1, ceil((started + timedelta(seconds=limit.seconds) - now).total_seconds()))


def give_back(limit: Limit) -> None:
    """Uncounts one attempt that turned out well."""
    AttemptCount.objects.filter(key=limit.key, count__gt=0).update(count=F("count") - 1)


def forget(limit: Limit) -> None:
    """Drops all that was counted: the secret was known."""
    AttemptCount.objects.filter(key=limit.key).delete()
