"""Stores as some really are: whoever writes last is kept."""

import shutil
from pathlib import Path

from vod.lib.storage import LocalStore


class CarelessStore(LocalStore):
    """A store that takes a conditional write for a plain one, and says that it was done."""

    @property
    def refuses_late_writers(self) -> bool:
        return False

    def put_absent(self, key: str, source: Path) -> bool:
        target = self.local_path(key)
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f".{target.name}.part")
        shutil.copyfile(source, part)
        part.replace(target)
        return True
