"""A store that is full for as long as a certain file lies beside it."""

import errno
from pathlib import Path
from typing import Any

from vod.lib.storage import LocalStore


def full_marker(home: Path) -> Path:
    """While this file is there, the store of the installation in `home` takes nothing."""
    return home / "store-is-full"


class StoreThatFillsUp(LocalStore):
    """The product's local store, which raises ENOSPC on every write while the marker is there."""

    def _room(self) -> None:
        if full_marker(Path(self.location).parent).exists():
            raise OSError(errno.ENOSPC, "No space left on device")

    def put_absent(self, key: str, source: Path, **options: Any) -> bool:
        self._room()
        return super().put_absent(key, source, **options)

    def put_bytes(self, key: str, content: bytes) -> None:
        self._room()
        super().put_bytes(key, content)
