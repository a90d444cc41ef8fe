"""Cancelling the making of an asset."""

from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from transcoding.asset_errors import AssetError, AssetErrorCode
from transcoding.models import Asset, AssetState, Chunk, Rendition
from transcoding.services.failing import call_off
from transcoding.services.folders import end_tools_of
from transcoding.services.removing import remove_below
from transcoding.services.retry import find_asset
from vod.lib.transactions import transactional


@transactional
def cancel_asset(*, asset_id: UUID | None) -> Asset:
    """Ends all work on an asset and removes what was made; the source stays, so that it can be retried.

    Workers notice within a second. Raises AssetError NOT_FOUND, or INVALID_STATE for what is over.
    """
    asset = find_asset(asset_id)
    if asset.state in (AssetState.READY, AssetState.CANCELLED):
        raise AssetError(
            AssetErrorCode.INVALID_STATE,
            "There is nothing left to cancel for this film.",
            field="assetId",
        )
    call_off(asset_id=asset.pk)
    remove_below([version.key_prefix for version in asset.versions.all()])
    chunks = list(Chunk.objects.filter(version__asset=asset).values_list("pk", flat=True))
    # The versions stay as rows: their numbers, and so their keys, are never used again.
    Chunk.objects.filter(version__asset=asset).delete()
    Rendition.objects.filter(version__asset=asset).delete()
    Asset.objects.filter(pk=asset.pk).update(
        state=AssetState.CANCELLED,
        current_version=None,
        progress=0,
        failure_code="",
        failure_message="",
        changed_at=Now(),
    )
    # Workers do it themselves, unless they are stopped.
    transaction.on_commit(lambda: end_tools_of(chunks))
    asset.refresh_from_db()
    return asset
