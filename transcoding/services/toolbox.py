"""The tools of this installation, and whether there are any to work with."""

import logging

from django.conf import settings
from django.db.models import Q

from transcoding.engine.tools import Tools, find_tools
from transcoding.errors import MediaError
from transcoding.models import Chunk, Job, JobKind, WorkState
from transcoding.selectors.waiting import NOT_READY

log = logging.getLogger(__name__)

# Whether this process has removed what an earlier outage left on waiting work.
_cleared = False


def tools() -> Tools:
    """ffmpeg and ffprobe as settings name them, in the sandbox that SANDBOX asks for.

    Raises MediaError TOOLS_MISSING or SANDBOX_UNAVAILABLE.
    """
    return find_tools(settings.FFMPEG or None, settings.FFPROBE or None, sandbox=settings.SANDBOX)


def able_to_work() -> bool:
    """Whether this machine may open films now. Where it may not, work waits, uncounted, and its rows say why."""
    try:
        tools()
    except MediaError as error:
        if error.code not in NOT_READY:
            raise
        _say_why(error)
        return False
    _take_back_words()
    return True


def _say_why(error: MediaError) -> None:
    global _cleared
    _cleared = False
    # What went wrong at an earlier start stays.
    waiting = Q(state=WorkState.WAITING) & (Q(failure_code="") | Q(failure_code__in=NOT_READY))
    other = waiting & ~Q(failure_message=error.sentence)
    words = {"failure_code": error.code.value, "failure_message": error.sentence}
    told = Chunk.objects.filter(other).update(**words)
    told += Job.objects.filter(other, kind=JobKind.PROBE).update(**words)
    if told:
        log.error("%s pieces of work wait: %s", told, error.sentence)


def _take_back_words() -> None:
    global _cleared
    if not _cleared:
        for model in (Job, Chunk):
            told = model._default_manager.filter(state=WorkState.WAITING, failure_code__in=NOT_READY)
            told.update(failure_code="", failure_message="")
        _cleared = True
