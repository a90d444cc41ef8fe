from uuid import UUID

from catalog.errors import CatalogError, CatalogErrorCode
from catalog.models import Video
from catalog.services.changes import catalogue_changed
from catalog.services.finding import video_to_change
from transcoding.models import Asset, AssetState
from transcoding.services.subtitles import carry_sidecars
from vod.lib.queue import enqueue
from vod.lib.transactions import transactional


@transactional
def attach_asset(*, video_id: UUID | None, asset_id: UUID | None) -> Video:
    """Gives a video its film: at once where it can be watched, else as soon as it can.

    What the video had before stays until then. Raises CatalogError NOT_FOUND, or ASSET_FAILED for a film
    that will never be watchable.
    """
    video = video_to_change(video_id)
    asset = Asset.objects.filter(pk=asset_id).first() if asset_id else None
    if asset is None:
        raise CatalogError(CatalogErrorCode.NOT_FOUND, "There is no such file.", field="assetId")
    if asset.state in (AssetState.FAILED, AssetState.CANCELLED):
        message = asset.failure_message or "This file could not be made into a film. Upload another one."
        raise CatalogError(CatalogErrorCode.ASSET_FAILED, message, field="assetId")
    if asset.is_watchable:
        if video.asset_id is not None and video.asset_id != asset.pk:
            carry_sidecars(from_asset_id=video.asset_id, to_asset_id=asset.pk)
        video.asset, video.pending_asset = asset, None
        enqueue("catalog.settle_attachments")
    else:
        video.pending_asset = None if video.asset_id == asset.pk else asset
    video.save(update_fields=["asset", "pending_asset"])
    catalogue_changed()
    return video
