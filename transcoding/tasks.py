"""The factory's doors for Celery: thin, safe to run twice, told what to do by the database only."""

from typing import Any

from celery import current_app, shared_task
from celery.signals import worker_shutting_down
from django.conf import settings

from transcoding.queue import Lane, lanes_named
from transcoding.services.order_av1 import order_av1_for
from transcoding.services.order_previews import order_previews as order_some_previews
from transcoding.services.stopping import tell_to_stop
from transcoding.services.sweeping import sweep_factory
from transcoding.services.uploads import drop_stale
from transcoding.services.working import job_once, work_once

# The engine bounds each piece by its length; this ends only what hangs outside of it. Seconds.
_LONGEST = 30 * 3600


@shared_task(name="transcoding.work", acks_late=True, ignore_result=True, time_limit=_LONGEST)
def work(lane: str) -> None:
    """Does the foremost piece of work of the lanes that this worker serves, `lane` among them.

    A message only says that there is work: where something more important waits, that is done. Further messages are
    sent while there is more.
    """
    work_once(served_lanes(lane))


def served_lanes(lane: str) -> frozenset[Lane]:
    """The lanes that this worker serves; that of the message is one of them."""
    # Queues that it was told to serve; its pool's children know them too.
    return lanes_named({lane, *current_app.amqp.queues.consume_from})


@shared_task(name="transcoding.job", acks_late=True, ignore_result=True, time_limit=_LONGEST)
def job() -> None:
    """Does one probe or publishing, if there is one."""
    job_once()


@shared_task(name="transcoding.sweep", acks_late=True, ignore_result=True, time_limit=300)
def sweep() -> None:
    """Finds what no message names: leases that ran out, work that waits, folders left behind."""
    sweep_factory()


@shared_task(name="transcoding.drop_stale_uploads", acks_late=True, ignore_result=True, time_limit=3600)
def drop_stale_uploads() -> None:
    """Removes uploads that nobody went on with."""
    drop_stale()


@shared_task(name="transcoding.order_av1_for_all", ignore_result=True, time_limit=60)
def order_av1_for_all() -> None:
    """Once a minute, where the installation wants AV1 of all films: orders it for those that have none."""
    if settings.AV1 == "all":
        order_av1_for()


@shared_task(name="transcoding.order_previews", ignore_result=True, time_limit=60)
def order_previews() -> None:
    """Once a minute, unless the installation wants none: orders previews of films that have none."""
    if settings.PREVIEWS == "all":
        order_some_previews()


@worker_shutting_down.connect
def _stop(**_event: Any) -> None:
    # Celery tells only its main process; the memory behind this is shared with the pool's children.
    tell_to_stop()
