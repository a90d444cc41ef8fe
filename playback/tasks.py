"""Thin doors for Celery."""

from celery import shared_task

from playback.services.end_dead_sessions import end_dead_sessions as end_them


@shared_task(name="playback.end_dead_sessions", soft_time_limit=30, time_limit=60)
def end_dead_sessions() -> None:
    """Once a minute: streams whose lease is over are marked as ended."""
    end_them()
