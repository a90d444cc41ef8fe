"""Signing out ends what was started there."""

from django.utils import timezone

from playback.models import PlaybackSession


def end_streams_of_login(login: str) -> None:
    """Ends the streams that were started with a session or token, named as Actor.login names it."""
    now = timezone.now()
    PlaybackSession.objects.live(now).filter(login=login).update(ended_at=now)
