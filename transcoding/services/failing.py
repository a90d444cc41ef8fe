"""What becomes of work that failed, and of its asset."""

import logging
from datetime import timedelta
from uuid import UUID

from django.db.models.functions import Now

from transcoding.errors import FailureCode, KilledFromOutside, MediaError
from transcoding.models import AFTERWARDS, Asset, AssetState, Chunk, Job, WorkState
from transcoding.queue import MAX_ATTEMPTS, pause_for_surroundings
from transcoding.services.claiming import Hold
from transcoding.services.outages import outlast
from vod.lib.metrics import STARTS_FAILED
from vod.lib.transactions import transactional

log = logging.getLogger(__name__)

# Neither the film's fault nor ours: it waits until somebody has put the machine right, and says so meanwhile.
_SURROUNDINGS = frozenset(
    {FailureCode.STORAGE_FAILED, FailureCode.SANDBOX_UNAVAILABLE, FailureCode.TOOLS_MISSING}
)
_INTERRUPTED_PAUSE = timedelta(seconds=1)
_FINAL = (AssetState.READY, AssetState.FAILED, AssetState.CANCELLED)


def asset_key(row: Job | Chunk) -> UUID:
    """The key of the asset that a piece of work is for."""
    return row.asset_id if isinstance(row, Job) else row.version.asset_id


def is_afterwards(row: Job | Chunk) -> bool:
    """Whether the film was ready before this work, and stays so without it."""
    return isinstance(row, Chunk) and row.kind in AFTERWARDS


def work_failed(hold: Hold[Job] | Hold[Chunk], error: MediaError) -> None:
    """Lets the work wait for another start where that can help, or fails its asset.

    What the machine or somebody's hand did to the work does not count as a start of it.
    """
    row = hold.row
    STARTS_FAILED.labels(error.code.value).inc()
    log.warning("%s, start %s: %s %s", row.pk, row.attempt, error.code, error.tail[-500:])
    code, sentence = error.code.value, error.sentence
    if isinstance(error, KilledFromOutside):
        outlast(lambda: hold.hand_back(pause=_INTERRUPTED_PAUSE, is_loss=True))
    elif error.code in _SURROUNDINGS:
        outlast(lambda: hold.hand_back(pause=pause_for_surroundings(), code=code, message=sentence))
    elif not error.permanent and row.attempt < MAX_ATTEMPTS:
        outlast(lambda: hold.put_off(code, sentence))
    else:
        outlast(lambda: _fail(hold, error))


@transactional
def _fail(hold: Hold[Job] | Hold[Chunk], error: MediaError) -> None:
    if hold.give_up(error.code.value, error.sentence) and not is_afterwards(hold.row):
        fail_asset(
            asset_id=asset_key(hold.row),
            code=error.code,
            sentence=error.sentence,
            permanent=error.permanent,
        )


@transactional
def fail_asset(*, asset_id: UUID, code: FailureCode, sentence: str, permanent: bool) -> None:
    """Ends an asset with a code and a sentence, and calls off what is left of its work."""
    failed = (
        Asset.objects.filter(pk=asset_id)
        .exclude(state__in=_FINAL)
        .update(
            state=AssetState.FAILED,
            failure_code=code.value,
            failure_message=sentence,
            failure_permanent=permanent,
            changed_at=Now(),
        )
    )
    if failed:
        call_off(asset_id=asset_id)


def call_off(*, asset_id: UUID) -> None:
    """Cancels all waiting and running work on an asset; who runs it notices at the next beat."""
    open_states = (WorkState.WAITING, WorkState.RUNNING)
    values = {"state": WorkState.CANCELLED, "lease_until": None, "finished_at": Now()}
    Chunk.objects.filter(version__asset_id=asset_id, state__in=open_states).update(**values)
    Job.objects.filter(asset_id=asset_id, state__in=open_states).update(**values)
