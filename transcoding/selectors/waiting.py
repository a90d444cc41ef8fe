"""Why work waits that nobody may start."""

from transcoding.errors import FailureCode
from transcoding.models import Chunk, Job, WorkState

#: Faults of a machine, which say nothing about a film.
NOT_READY = (FailureCode.SANDBOX_UNAVAILABLE, FailureCode.TOOLS_MISSING)


def why_films_wait() -> str:
    """The sentence that a machine without tools or sandbox left on waiting work; empty where work goes on."""
    for model in (Job, Chunk):
        told = model._default_manager.filter(state=WorkState.WAITING, failure_code__in=NOT_READY)
        sentence = told.values_list("failure_message", flat=True).first()
        if sentence:
            return str(sentence)
    return ""
