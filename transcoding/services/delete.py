"""Deleting an asset with everything that was made of it."""

from uuid import UUID

from django.db import transaction

from transcoding.models import Chunk, Upload
from transcoding.services.folders import end_tools_of
from transcoding.services.ingest import source_folder
from transcoding.services.removing import remove_below
from transcoding.services.retry import find_asset
from vod.lib.transactions import transactional


@transactional
def delete_asset(*, asset_id: UUID | None) -> UUID:
    """Removes the asset's rows, then its source and all objects. The key. Raises AssetError NOT_FOUND.

    Work that still runs loses its rows, ends at its next beat and takes back what it put meanwhile.
    """
    asset = find_asset(asset_id)
    key = asset.pk
    chunks = list(Chunk.objects.filter(version__asset=asset).values_list("pk", flat=True))
    # Without its film it would count as one whose film nobody took in (finish_forgotten).
    Upload.objects.filter(asset=asset).delete()
    asset.delete()
    remove_below([f"assets/{key}", source_folder(key)])
    transaction.on_commit(lambda: end_tools_of(chunks))
    return key
