"""Deleting an asset with everything that was made of it."""

from uuid import UUID

from django.db import transaction

from transcoding.services.retry import find_asset
from vod.lib.storage import objects


def delete_asset(*, asset_id: UUID | None) -> UUID:
    """Removes the asset's rows, then its source and all objects. The key. Raises AssetError NOT_FOUND.

    Work that still runs loses its rows, ends at its next beat and takes back what it put meanwhile.
    """
    with transaction.atomic():
        asset = find_asset(asset_id)
        key = asset.pk
        asset.delete()
        transaction.on_commit(lambda: _remove(key))
    return key


def _remove(key: UUID) -> None:
    for prefix in (f"assets/{key}", f"sources/{key}"):
        objects().delete_prefix(prefix)
