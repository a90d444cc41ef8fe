"""The object store's embedded side: a folder of the local disk behind Django's storage interface.

Beyond Django's interface a store offers three verbs that the factory needs, with the meaning that
S3 gives them: `put_absent` (a conditional write), `delete_prefix`, and `local_path`/`open` for reads.
Keys are made by the server and are always relative, with forward slashes.
"""

import os
import shutil
from pathlib import Path
from typing import IO, cast

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import FileSystemStorage, storages
from django.utils._os import safe_join


class LocalStore(FileSystemStorage):
    """Objects as files below one folder (`location`); a key is a relative path."""

    def local_path(self, key: str) -> Path:
        """Where the bytes of `key` lie. Raises SuspiciousFileOperation for a key that leaves the folder."""
        if key != os.path.normpath(key) or key.startswith(("/", "..")):
            raise SuspiciousFileOperation(f"{key!r} is no key")
        return Path(safe_join(self.location, key))

    def put_absent(self, key: str, source: Path) -> bool:
        """Writes `source` under `key` unless there is such an object already; True where it was written.

        The object appears whole or not at all: a file of the same disk is linked into place, which
        fails where the name is taken; another disk's is copied beside it first.
        """
        target = self.local_path(key)
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(source, target)
        except FileExistsError:
            return False
        except OSError:
            beside = target.with_name(f".{target.name}.{os.getpid()}")
            shutil.copyfile(source, beside)
            try:
                os.link(beside, target)
            except FileExistsError:
                return False
            finally:
                beside.unlink()
        return True

    def put_bytes(self, key: str, content: bytes) -> None:
        """Writes or replaces the object `key` in one step."""
        target = self.local_path(key)
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f".{target.name}.{os.getpid()}")
        beside.write_bytes(content)
        beside.replace(target)

    def adopt(self, key: str, source: Path) -> None:
        """Moves `source` to `key`, replacing what is there; a copy only where disks differ."""
        target = self.local_path(key)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(str(source), str(target))

    def read_bytes(self, key: str) -> bytes:
        """The whole object. Raises FileNotFoundError."""
        return self.local_path(key).read_bytes()

    def open_bytes(self, key: str) -> IO[bytes]:
        """The object for reading and seeking. Raises FileNotFoundError."""
        return self.local_path(key).open("rb")

    def delete_prefix(self, prefix: str) -> None:
        """Removes every object below `prefix` (a folder's key). Nothing there is fine."""
        shutil.rmtree(self.local_path(prefix), ignore_errors=True)


def objects() -> LocalStore:
    """The configured object store."""
    return cast(LocalStore, storages["default"])
