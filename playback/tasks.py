"""Thin doors for Celery."""

from celery import shared_task

from playback.services.end_dead_sessions import end_dead_sessions as end_them
from playback.services.order_av1_for_watched import order_av1_for_watched as order_it


@shared_task(name="playback.end_dead_sessions", soft_time_limit=30, time_limit=60)
def end_dead_sessions() -> None:
    """Once a minute: streams whose lease is over are marked as ended."""
    end_them()


@shared_task(name="playback.order_av1_for_watched", soft_time_limit=30, time_limit=60)
def order_av1_for_watched() -> None:
    """Once a minute: films that are being watched get their second codec."""
    order_it()
