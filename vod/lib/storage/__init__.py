"""The object store: where sources, segments, playlists and pictures lie.

`objects()` is the configured one: a folder of the local disk, or a bucket behind the S3 interface.
"""

from typing import TYPE_CHECKING, cast

from django.core.files.storage import storages

from vod.lib.storage.local import LocalStore
from vod.lib.storage.store import Store, StoreError

if TYPE_CHECKING:
    from vod.lib.storage.arriving import Arrivals

__all__ = ["LocalStore", "Store", "StoreError", "arrivals", "objects"]


def objects() -> Store:
    """The configured object store."""
    return cast(Store, storages["default"])


def arrivals() -> "Arrivals | None":
    """The configured store as one that takes objects in parts as they arrive; None for the local disk."""
    store = objects()
    if isinstance(store, LocalStore):
        return None
    # Only here: an installation without a bucket never loads boto3.
    from vod.lib.storage.arriving import Arrivals
    from vod.lib.storage.s3 import S3Store

    assert isinstance(store, S3Store)
    return Arrivals(store)
