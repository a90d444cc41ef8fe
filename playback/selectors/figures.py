"""What the rows say of watching at the moment."""

from django.utils import timezone

from playback.models import PlaybackSession


def live_sessions() -> int:
    """How many streams hold a place."""
    return PlaybackSession.objects.live(timezone.now()).count()
