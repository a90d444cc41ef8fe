"""Waking workers. A lost message costs seconds, never work: the sweeper finds what none names."""

from transcoding.queue import FILMS, JOB_TASK, WORK_TASK
from vod.lib.queue import enqueue


def announce_work(lane: str = FILMS) -> None:
    """Says, once the current transaction is committed, that a lane has work."""
    enqueue(WORK_TASK, lane)


def announce_job() -> None:
    """The same for a probe or a publishing, which is short and does not wait behind films' chunks."""
    enqueue(JOB_TASK)
