"""Where an object lies on the disk, in the tests that look there."""

from pathlib import Path

from vod.lib.storage import LocalStore, objects


def path_of(key: str) -> Path:
    store = objects()
    assert isinstance(store, LocalStore)
    return store.local_path(key)
