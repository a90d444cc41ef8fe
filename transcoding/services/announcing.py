"""Waking workers. A lost message costs seconds, never work: the sweeper finds what none names."""

from collections.abc import Collection

from transcoding.models import Chunk
from transcoding.queue import JOB_TASK, LANES, MOST_MESSAGES, PRIORITIES, WORK_TASK, Lane, of_lanes
from transcoding.services.claiming import ready
from vod.lib.queue import enqueue


def announce_work(lanes: Collection[Lane] = LANES) -> None:
    """Says, once the current transaction is committed, which of these lanes have chunks that may be started."""
    waiting = Chunk.objects.filter(ready())
    for lane in (lane for lane in PRIORITIES if lane in lanes and waiting.filter(of_lanes([lane])).exists()):
        enqueue(WORK_TASK, lane.value, queue=lane.value, at_most=MOST_MESSAGES)


def announce_job() -> None:
    """The same for a probe or a publishing, which is short and does not wait behind films' chunks."""
    enqueue(JOB_TASK, queue=Lane.URGENT.value, at_most=MOST_MESSAGES)
