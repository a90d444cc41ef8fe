"""What no message names: leases that ran out, work that waits unannounced, folders left behind."""

import logging
import shutil
import time
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import F
from django.db.models.functions import Now

from transcoding.errors import FailureCode, MediaError
from transcoding.models import Chunk, Job, WorkState
from transcoding.queue import MAX_ATTEMPTS, pause_before
from transcoding.services.announcing import announce_job, announce_work
from transcoding.services.claiming import later, ready
from transcoding.services.failing import asset_key, fail_asset
from transcoding.services.remaking import remake_stranded
from transcoding.services.uploads import finish_forgotten

log = logging.getLogger(__name__)

_EXHAUSTED = (
    "Making this film was started five times and never came to an end. "
    "Export the file again and upload that, or try once more."
)


def sweep_factory() -> None:
    """One round. Safe to run at any time, several times at once."""
    for model in (Job, Chunk):
        _take_back(model)
        _fail_exhausted(model)
    finish_forgotten()
    _clear_folders()
    if Job.objects.filter(ready()).exists():
        announce_job()
    if Chunk.objects.filter(ready()).exists():
        announce_work()
    with suppress(MediaError):
        # Without tools there is nothing to compare with; whoever works says what is missing.
        remake_stranded()


def _take_back(model: type[Job] | type[Chunk]) -> None:
    """Lets others have the work of workers that went silent; the start they made counts."""
    silent = {"state": WorkState.RUNNING, "lease_until__lt": Now()}
    for key, fence, attempt in model._default_manager.filter(**silent).values_list("pk", "fence", "attempt"):
        # A first death costs nothing but the lease; work that keeps killing its workers waits longer.
        taken = model._default_manager.filter(pk=key, fence=fence, **silent).update(
            state=WorkState.WAITING,
            lease_until=None,
            not_before=later(pause_before(attempt - 1)) if attempt > 1 else None,
        )
        if taken:
            log.warning("took %s %s back from a worker that went silent", model.__name__, key)


def _fail_exhausted(model: type[Job] | type[Chunk]) -> None:
    spent = model._default_manager.filter(state=WorkState.WAITING, attempt__gte=MAX_ATTEMPTS)
    for row in spent:
        code, sentence = FailureCode.RESOURCE_LIMIT, _EXHAUSTED
        failed = model._default_manager.filter(pk=row.pk, state=WorkState.WAITING, fence=row.fence).update(
            state=WorkState.FAILED,
            finished_at=Now(),
            fence=F("fence") + 1,
            failure_code=row.failure_code or code.value,
            failure_message=row.failure_message or sentence,
        )
        if failed:
            fail_asset(asset_id=asset_key(row), code=code, sentence=sentence, permanent=False)


def _clear_folders() -> None:
    """Removes folders of chunks that their workers did not live to remove."""
    root: Path = settings.WORK_ROOT / "chunks"
    if not root.is_dir():
        return
    for folder in root.iterdir():
        key, _, fence = folder.name.rpartition("-")
        try:
            chunk, number = UUID(key), int(fence)
        except ValueError:
            continue
        held = Chunk.objects.filter(pk=chunk, fence=number, state=WorkState.RUNNING).exists()
        # One lease of grace: who was told to stop may still be on the way out.
        if not held and time.time() - folder.stat().st_mtime > settings.CHUNK_LEASE_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)
