"""The embedded object store: files below one folder of the local disk."""

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import IO

from django.core.files.storage import FileSystemStorage
from django.utils._os import safe_join

from vod.lib.storage.cloning import clone
from vod.lib.storage.store import Store, StoreError, check_key, trial_key

_LEAST_FREE = 100 * 1024 * 1024


class LocalStore(FileSystemStorage, Store):
    """Objects as files below one folder (`location`); a key is a relative path."""

    def local_path(self, key: str) -> Path:
        """Where the bytes of `key` lie. Raises SuspiciousFileOperation for a key that leaves the folder."""
        return Path(safe_join(self.location, check_key(key)))

    @cached_property
    def refuses_late_writers(self) -> bool:
        """Whether this folder's file system has hard links: some of network shares and USB disks have none."""
        key = trial_key()
        first, second = (self.local_path(f"{key}-{name}") for name in ("first", "second"))
        target = self.local_path(key)
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            first.write_bytes(b"first")
            second.write_bytes(b"second")
            try:
                os.link(first, target)
                with suppress(FileExistsError):
                    os.link(second, target)
            except OSError:
                return False
            return target.read_bytes() == b"first"
        finally:
            for path in (first, second, target):
                path.unlink(missing_ok=True)

    def put_absent(self, key: str, source: Path) -> bool:
        """A file of the same disk is linked into place, which fails where the name is taken; another
        disk's is copied beside it first. Without hard links the name is looked at and then taken.

        Bytes and name survive a power cut from here on, so that no row ever names an empty file."""
        target = self.local_path(key)
        _make_folder(target.parent)
        if not self.refuses_late_writers:
            if target.exists():
                return False
            with _beside(target) as path:
                shutil.copyfile(source, path)
                _settle(path)
                path.replace(target)
            _settle(target.parent)
            return True
        _settle(source)
        try:
            os.link(source, target)
        except FileExistsError:
            return False
        except OSError:
            with _beside(target) as path:
                shutil.copyfile(source, path)
                _settle(path)
                try:
                    os.link(path, target)
                except FileExistsError:
                    return False
        _settle(target.parent)
        return True

    def copy_absent(self, key: str, source: Path) -> bool:
        """Shares the blocks of a file of the same disk where its file system can, until either is written to; copies them
        otherwise. Never a hard link, whose bytes would be the same ones for good."""
        target = self.local_path(key)
        if target.exists():
            return False
        _make_folder(target.parent)
        with _beside(target) as path:
            clone(source, path)
            return self.put_absent(key, path)

    def put_bytes(self, key: str, content: bytes) -> None:
        target = self.local_path(key)
        _make_folder(target.parent)
        with _beside(target) as path:
            path.write_bytes(content)
            _settle(path)
            path.replace(target)
        _settle(target.parent)

    def open_bytes(self, key: str, first: int = 0, length: int | None = None) -> IO[bytes]:
        file = self.local_path(key).open("rb")
        file.seek(first)
        return file

    def size(self, name: str) -> int:
        return self.local_path(name).stat().st_size

    def exists(self, name: str) -> bool:
        return self.local_path(name).is_file()

    def delete(self, name: str) -> None:
        self.local_path(name).unlink(missing_ok=True)

    def delete_prefix(self, prefix: str) -> None:
        shutil.rmtree(self.local_path(prefix), ignore_errors=True)

    def keys_below(self, prefix: str) -> list[str]:
        root = Path(self.location)
        found = self.local_path(prefix).rglob("*")
        return sorted(path.relative_to(root).as_posix() for path in found if path.is_file())

    @contextmanager
    def local_copy(self, key: str) -> Iterator[Path]:
        """The very file, without a copy."""
        path = self.local_path(key)
        if not path.is_file():
            raise FileNotFoundError(key)
        yield path

    def try_out(self) -> None:
        folder = Path(self.location)
        folder.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(folder).free < _LEAST_FREE:
            raise StoreError("less than 100 MB are free where the objects lie")


def _make_folder(folder: Path) -> None:
    """Makes a folder whose name survives a power cut as the files in it do."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        _settle(folder.parent)


def _settle(path: Path) -> None:
    """Waits until a file's bytes, or a folder's names, are on the disk (fsync(2))."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A name of the writer's own in the folder of `target`; what is left there afterwards is removed."""
    path = target.with_name(f".{target.name}.{os.getpid()}-{threading.get_ident()}")
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)
