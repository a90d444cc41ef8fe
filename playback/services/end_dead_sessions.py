"""Tidying up after players that went away without a word."""

from django.db.models import F
from django.utils import timezone

from playback.models import PlaybackSession


def end_dead_sessions() -> int:
    """Marks the streams whose lease is over as ended when it was; answers how many.

    Their places are free and their tokens dead without this; it keeps the rows honest for operators.
    """
    return PlaybackSession.objects.filter(ended_at__isnull=True, lease_expires_at__lte=timezone.now()).update(
        ended_at=F("lease_expires_at")
    )
