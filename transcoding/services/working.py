"""One unit of work: claim it, do it, and see to what it became."""

import logging
import time
from collections.abc import Callable, Collection

from django.conf import settings
from django.db.models import Q

from transcoding.engine import av1
from transcoding.errors import FailureCode, MediaError
from transcoding.models import Chunk, ChunkKind, Job, JobKind
from transcoding.queue import LANES, Lane, encoding_slot, of_lanes, pause_for_surroundings
from transcoding.services.announcing import announce_job, announce_work
from transcoding.services.claiming import Hold, LostHold, claim, ready
from transcoding.services.failing import work_failed
from transcoding.services.folders import clear_folders_now_and_then
from transcoding.services.making import make_chunk
from transcoding.services.outages import AWAY, outlast
from transcoding.services.probing import probe_asset
from transcoding.services.publishing import publish_asset
from transcoding.services.stopping import told_to_stop
from transcoding.services.toolbox import able_to_work, tools
from vod.lib.logs import about
from vod.lib.metrics import WORK_SECONDS

log = logging.getLogger(__name__)

_STORE = "The film could not be written to the store. Check its space and its rights, then try again."
_MISSING = "The film's own file is not in the store. Put it back, or upload the film again."
_JOBS: dict[str, Callable[[Hold[Job]], None]] = {
    JobKind.PROBE: probe_asset,
    JobKind.PUBLISH: publish_asset,
}


def work_once(lanes: Collection[Lane] = LANES) -> bool:
    """Does the foremost piece of work of these lanes, jobs before chunks.

    False where there was none, or no place to do it.
    """
    if told_to_stop():
        return False
    clear_folders_now_and_then()
    if Lane.URGENT in lanes and job_once():
        announce_work(lanes)
        return True
    with encoding_slot(settings.WORK_ROOT / "slots") as free:
        # A plan holds for one build of the encoder: pieces of two do not join.
        chunk = claim(Chunk, only=_can_make() & of_lanes(lanes)) if free and able_to_work() else None
        if chunk is None:
            return False
        # Before the work, so that another worker begins now and not when this one is done.
        announce_work(lanes)
        _run(chunk, make_chunk)
    announce_work(lanes)
    return True


def _can_make() -> Q:
    found = tools()
    # A preview is a file by itself, of segments that are there: any build makes it.
    mine = Q(version__plan__build=found.build) | Q(kind=ChunkKind.PREVIEW)
    return mine if av1.ENCODER in found.encoders else mine & ~Q(kind=ChunkKind.AV1)


def job_once() -> bool:
    """Does the foremost job, a probe or a publishing; False where there was none."""
    if told_to_stop():
        return False
    # A publishing opens no film: it goes on where probes must wait for a sandbox.
    job = claim(Job, only=None if able_to_work() else Q(kind=JobKind.PUBLISH))
    if job is None:
        return False
    if Job.objects.filter(ready()).exists():
        announce_job()
    _run(job, _JOBS[job.row.kind])
    return True


def _run(hold: Hold[Job] | Hold[Chunk], work: Callable[..., None]) -> None:
    row = hold.row
    if isinstance(row, Job):
        with about(asset=row.asset_id, job=row.pk):
            _do(hold, work)
    else:
        with about(version=row.version_id, chunk=row.pk):
            _do(hold, work)


def _do(hold: Hold[Job] | Hold[Chunk], work: Callable[..., None]) -> None:
    settled = False
    started = time.monotonic()
    try:
        work(hold)
        settled = True
        WORK_SECONDS.labels(hold.row.kind).observe(time.monotonic() - started)
    except LostHold:
        settled = hold.lost
        log.info("%s was given up", hold.row.pk)
    except MediaError as error:
        settled = error.code is not FailureCode.CANCELLED
        if settled:
            work_failed(hold, error)
    except FileNotFoundError as error:
        settled = True
        work_failed(hold, MediaError(FailureCode.SOURCE_MISSING, _MISSING, tail=str(error)))
    except OSError as error:
        settled = True
        work_failed(hold, MediaError(FailureCode.STORAGE_FAILED, _STORE, tail=str(error)))
    except AWAY as error:
        settled = True
        log.warning("%s was broken off, the database is away: %s", hold.row.pk, error)
        outlast(lambda: hold.hand_back(pause=pause_for_surroundings()))
    finally:
        if not settled:
            outlast(lambda: _leave(hold))


def _leave(hold: Hold[Job] | Hold[Chunk]) -> None:
    """Work that was not brought to an end: by a worker that must stop, or cut off, or by a fault of our own."""
    if told_to_stop() or hold.is_out_of_touch():
        hold.hand_back()
    else:
        hold.put_off(FailureCode.INTERNAL.value, "Something went wrong on our side. Try again.")
