"""What no message names: leases that ran out, work that waits unannounced, what was left behind."""

import logging
from contextlib import suppress

from django.db.models import F, Q
from django.db.models.functions import Now

from transcoding.errors import FailureCode, MediaError
from transcoding.models import Chunk, Job, WorkState
from transcoding.queue import MAX_ATTEMPTS, MAX_LOSSES, pause_after_loss
from transcoding.services.announcing import announce_job, announce_work
from transcoding.services.claiming import later, ready, uncounted
from transcoding.services.failing import asset_key, fail_asset, is_afterwards
from transcoding.services.folders import clear_folders
from transcoding.services.remaking import remake_stranded
from transcoding.services.removing import remove_leftovers
from transcoding.services.uploads import finish_forgotten
from vod.lib.metrics import LEASES_LOST
from vod.lib.transactions import transactional

log = logging.getLogger(__name__)

_EXHAUSTED = (
    "Making this film was started {} times and never came to an end. "
    "Export the file again and upload that, or try once more."
)


def sweep_factory() -> None:
    """One round. Safe to run at any time, several times at once."""
    for model in (Job, Chunk):
        _take_back(model)
        _fail_exhausted(model)
    finish_forgotten()
    clear_folders()
    remove_leftovers()
    if Job.objects.filter(ready()).exists():
        announce_job()
    announce_work()
    with suppress(MediaError):
        # Without tools there is nothing to compare with; whoever works says what is missing.
        remake_stranded()


def _take_back(model: type[Job] | type[Chunk]) -> None:
    """Lets others have the work of workers that went silent.

    A worker dies of many things, mostly of others than its work: the start counts as a loss, not as an attempt.
    """
    silent = {"state": WorkState.RUNNING, "lease_until__lt": Now()}
    for key, fence, before in model._default_manager.filter(**silent).values_list("pk", "fence", "losses"):
        pause = pause_after_loss(before + 1)
        taken = model._default_manager.filter(pk=key, fence=fence, **silent).update(
            state=WorkState.WAITING,
            lease_until=None,
            attempt=uncounted(),
            losses=before + 1,
            not_before=later(pause) if pause else None,
        )
        if taken:
            LEASES_LOST.labels(model.__name__.lower()).inc()
            log.warning("took %s %s back from a worker that went silent", model.__name__, key)


def _fail_exhausted(model: type[Job] | type[Chunk]) -> None:
    spent = Q(attempt__gte=MAX_ATTEMPTS) | Q(losses__gte=MAX_LOSSES)
    for row in model._default_manager.filter(spent, state=WorkState.WAITING):
        if row.attempt >= MAX_ATTEMPTS and row.failure_code:
            # Put off five times: what the last one said is what is known.
            code, sentence = FailureCode(row.failure_code), row.failure_message
        else:
            starts = MAX_ATTEMPTS if row.attempt >= MAX_ATTEMPTS else MAX_LOSSES
            code, sentence = FailureCode.RESOURCE_LIMIT, _EXHAUSTED.format(starts)
        _fail(row, code, sentence)


@transactional
def _fail(row: Job | Chunk, code: FailureCode, sentence: str) -> None:
    waiting = type(row)._default_manager.filter(pk=row.pk, state=WorkState.WAITING, fence=row.fence)
    failed = waiting.update(
        state=WorkState.FAILED,
        finished_at=Now(),
        fence=F("fence") + 1,
        failure_code=code.value,
        failure_message=sentence,
    )
    if failed and not is_afterwards(row):
        fail_asset(asset_id=asset_key(row), code=code, sentence=sentence, permanent=False)
