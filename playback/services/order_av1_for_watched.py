"""What people watch is worth the work of a second codec."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from playback.models import PlaybackSession
from transcoding.services.order_av1 import order_av1_for


def order_av1_for_watched() -> int:
    """Orders AV1 for films with a stream that has lasted long enough; answers how many were ordered."""
    if settings.AV1 != "watched":
        return 0
    now = timezone.now()
    long_ago = now - timedelta(seconds=settings.AV1_WATCHED_SECONDS)
    watched = PlaybackSession.objects.live(now).filter(created_at__lte=long_ago)
    return order_av1_for(version_ids=set(watched.values_list("version_id", flat=True)))
