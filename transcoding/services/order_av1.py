"""Ordering a film's upper rungs in AV1, once its ladder is whole."""

import logging
from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef

from transcoding.asset_errors import AssetError, AssetErrorCode
from transcoding.engine.plan import Plan, chunks
from transcoding.models import Asset, AssetState, Chunk, ChunkKind, Rendition, RenditionKind, WorkState
from transcoding.queue import AV1
from transcoding.services.announcing import announce_work
from transcoding.services.retry import find_asset
from vod.lib.transactions import transactional

log = logging.getLogger(__name__)

# Films a round; the next round takes the next ones.
_AT_ONCE = 20
# Short, since a new film's first piece waits for a place behind one of these at worst.
_RUN_SECONDS = 8


@transactional
def order_av1(*, asset_id: UUID | None) -> Asset:
    """Queues AV1 behind all other work; asking again starts anew only what failed.

    Raises AssetError NOT_FOUND, or INVALID_STATE for a film that is not whole or whose plan knows no AV1.
    """
    asset = find_asset(asset_id)
    version = asset.current_version
    plan = Plan.from_json(version.plan) if version else None
    if asset.state != AssetState.READY or version is None or plan is None or not plan.av1:
        raise AssetError(
            AssetErrorCode.INVALID_STATE,
            "AV1 can be made once the film is ready. Try again then.",
            field="assetId",
        )
    Rendition.objects.bulk_create(
        [
            Rendition(
                version=version,
                name=rung.name,
                kind=RenditionKind.VIDEO,
                codec=rung.codec,
                width=rung.width,
                height=rung.height,
            )
            for rung in plan.av1
        ],
        ignore_conflicts=True,
    )
    Chunk.objects.bulk_create(
        [
            Chunk(
                version=version,
                kind=ChunkKind.AV1,
                number=run.number,
                first_segment=run.first_segment,
                end_segment=run.end_segment,
                priority=AV1 + run.number,
                weight=(plan.boundaries[run.end_segment] - plan.boundaries[run.first_segment]) / plan.frames,
            )
            for run in chunks(plan, first_seconds=_RUN_SECONDS, seconds=_RUN_SECONDS)
        ],
        ignore_conflicts=True,
    )
    Chunk.objects.filter(version=version, kind=ChunkKind.AV1, state=WorkState.FAILED).update(
        state=WorkState.WAITING, attempt=0, losses=0, not_before=None, failure_code="", failure_message=""
    )
    announce_work()
    return asset


def order_av1_for(*, version_ids: Collection[UUID] | None = None) -> int:
    """Orders AV1 for films that are ready and have none, of these versions or (None) of all; how many."""
    ready = Asset.objects.filter(state=AssetState.READY, current_version__isnull=False)
    if version_ids is not None:
        ready = ready.filter(current_version__in=version_ids)
    lacking = ready.exclude(
        Exists(Rendition.objects.filter(version=OuterRef("current_version"), codec="av1"))
    ).exclude(current_version__plan__version=1)
    ordered = 0
    for key in lacking.order_by("-id").values_list("pk", flat=True)[:_AT_ONCE]:
        try:
            order_av1(asset_id=key)
        except AssetError as error:
            # Made anew or deleted since we looked.
            log.info("no AV1 for %s: %s", key, error.message)
            continue
        ordered += 1
    return ordered
