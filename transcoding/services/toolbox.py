"""The tools of this installation, and whether there are any to work with."""

import logging

from django.conf import settings
from django.db.models import Q

from transcoding.engine.tools import Tools, find_tools
from transcoding.errors import FailureCode, MediaError
from transcoding.models import Chunk, Job, JobKind, WorkState

log = logging.getLogger(__name__)

# Faults of this machine, which say nothing about a film.
_NOT_READY = (FailureCode.SANDBOX_UNAVAILABLE, FailureCode.TOOLS_MISSING)


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
        if error.code not in _NOT_READY:
            raise
        _say_why(error)
        return False
    return True


def _say_why(error: MediaError) -> None:
    waiting = Q(state=WorkState.WAITING) & ~Q(failure_code=error.code.value)
    words = {"failure_code": error.code.value, "failure_message": error.sentence}
    told = Chunk.objects.filter(waiting).update(**words)
    told += Job.objects.filter(waiting, kind=JobKind.PROBE).update(**words)
    if told:
        log.error("%s pieces of work wait: %s", told, error.sentence)
