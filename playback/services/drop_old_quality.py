"""Forgetting how streams ran long ago."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from playback.models import QualityEvent
from vod.lib.transactions import in_transaction

# So many at a time, so that nobody who writes waits long.
BATCH = 5000


def drop_old_quality() -> int:
    """Deletes the events that are older than QUALITY_DAYS; answers how many."""
    before = timezone.now() - timedelta(days=settings.QUALITY_DAYS)
    dropped = 0
    while True:
        batch = list(
            QualityEvent.objects.filter(at__lt=before).order_by("at").values_list("pk", flat=True)[:BATCH]
        )
        if not batch:
            return dropped
        in_transaction(lambda: QualityEvent.objects.filter(pk__in=batch).delete())  # noqa: B023 - runs here
        dropped += len(batch)
