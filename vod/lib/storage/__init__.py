"""The object store: where sources, segments, playlists and pictures lie.

`objects()` is the configured one: a folder of the local disk, or a bucket behind the S3 interface.
"""

from typing import cast

from django.core.files.storage import storages

from vod.lib.storage.local import LocalStore
from vod.lib.storage.store import Store, StoreError

__all__ = ["LocalStore", "Store", "StoreError", "objects"]


def objects() -> Store:
    """The configured object store."""
    return cast(Store, storages["default"])
