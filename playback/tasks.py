"""Thin doors for Celery."""

from celery import shared_task

from playback.services.drop_old_quality import drop_old_quality as drop_it
from playback.services.end_dead_sessions import end_dead_sessions as end_them
from playback.services.neighbours.make_all import LONGEST_SECONDS, is_time, make_all_neighbours
from playback.services.neighbours.place_new import place_new_titles
from playback.services.order_av1_for_watched import order_av1_for_watched as order_it
from playback.services.refresh_popularity import refresh_popularity as refresh_it
from transcoding.queue import Lane
from vod.lib.queue import enqueue


@shared_task(name="playback.end_dead_sessions", soft_time_limit=30, time_limit=60)
def end_dead_sessions() -> None:
    """Once a minute: streams whose lease is over are marked as ended."""
    end_them()


@shared_task(name="playback.order_av1_for_watched", soft_time_limit=30, time_limit=60)
def order_av1_for_watched() -> None:
    """Once a minute: films that are being watched get their second codec."""
    order_it()


@shared_task(name="playback.look_for_new_titles", ignore_result=True, soft_time_limit=50, time_limit=60)
def look_for_new_titles() -> None:
    """Once a minute: new titles get neighbours, and all titles where there are many or it is time.

    The long run goes where nobody waits; two schedulers ask for it as one does, and it does its work alone.
    """
    if place_new_titles() is None or is_time():
        enqueue("playback.make_neighbours", queue=Lane.BACKGROUND.value, at_most=1)


@shared_task(
    name="playback.make_neighbours",
    acks_late=True,
    ignore_result=True,
    soft_time_limit=LONGEST_SECONDS - 60,
    time_limit=LONGEST_SECONDS,
)
def make_neighbours() -> None:
    """What is like what, from views and content; a run that is cut short is taken up again within a minute."""
    make_all_neighbours()


@shared_task(name="playback.refresh_popularity", ignore_result=True, soft_time_limit=240, time_limit=300)
def refresh_popularity() -> None:
    """Every ten minutes: what is trending, and what is watched most."""
    refresh_it()


@shared_task(name="playback.drop_old_quality", ignore_result=True, soft_time_limit=240, time_limit=300)
def drop_old_quality() -> None:
    """Once an hour: what players said longer ago than QUALITY_DAYS goes."""
    drop_it()
