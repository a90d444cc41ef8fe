"""Trying again to make an asset."""

from uuid import UUID

from django.db.models.functions import Now

from transcoding.asset_errors import AssetError, AssetErrorCode
from transcoding.models import AFTERWARDS, Asset, AssetState, AssetVersion, Chunk, Job, JobKind, WorkState
from transcoding.services.announcing import announce_job, announce_work
from vod.lib.transactions import transactional

_AGAIN = (AssetState.FAILED, AssetState.CANCELLED)


def find_asset(asset_id: UUID | None) -> Asset:
    """The asset, locked for the caller's transaction. Raises AssetError NOT_FOUND."""
    asset = Asset.objects.select_for_update().filter(pk=asset_id).first() if asset_id else None
    if asset is None:
        raise AssetError(AssetErrorCode.NOT_FOUND, "There is no such asset.", field="assetId")
    return asset


@transactional
def retry_asset(*, asset_id: UUID | None) -> Asset:
    """Starts the making of a failed or cancelled asset again, keeping what is already made.

    Raises AssetError NOT_FOUND or INVALID_STATE.
    """
    asset = find_asset(asset_id)
    if asset.state not in _AGAIN:
        raise AssetError(
            AssetErrorCode.INVALID_STATE,
            "Only a film that failed or was cancelled can be tried again.",
            field="assetId",
        )
    fresh = {
        "state": WorkState.WAITING,
        "attempt": 0,
        "losses": 0,
        "not_before": None,
        "lease_until": None,
        "finished_at": None,
        "failure_code": "",
        "failure_message": "",
    }
    version = asset.versions.order_by("-number").first()
    chunks = Chunk.objects.filter(version=version) if version else Chunk.objects.none()
    if version is not None and chunks.exists():
        # What was promised before the film failed is measured anew.
        version.renditions.update(is_offered=False)
        AssetVersion.objects.filter(pk=version.pk).update(promised_at=None)
        chunks.exclude(state=WorkState.DONE).update(**fresh)
        if not chunks.exclude(state=WorkState.DONE).exclude(kind__in=AFTERWARDS).exists():
            Job.objects.update_or_create(asset=asset, kind=JobKind.PUBLISH, defaults=fresh)
        state = AssetState.ENCODING
    else:
        Job.objects.update_or_create(asset=asset, kind=JobKind.PROBE, defaults=fresh)
        state = AssetState.UPLOADED
    Asset.objects.filter(pk=asset.pk).update(
        state=state, failure_code="", failure_message="", failure_permanent=False, changed_at=Now()
    )
    announce_job()
    announce_work()
    asset.refresh_from_db()
    return asset
