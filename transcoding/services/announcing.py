"""Waking workers. A lost message costs seconds, never work: the sweeper finds what none names."""

from transcoding.queue import FILMS, WORK_TASK
from vod.lib.queue import enqueue


def announce_work(lane: str = FILMS) -> None:
    """Says, once the current transaction is committed, that a lane has work."""
    enqueue(WORK_TASK, lane)
