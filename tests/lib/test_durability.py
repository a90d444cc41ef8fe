"""What must be on the disk before a row may name an object: its bytes, its name, and the names of its folders."""

import os
from pathlib import Path

import pytest

from vod.lib.storage import LocalStore


@pytest.fixture
def events(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """What was settled and what was named, in order, by inode."""
    seen: list[tuple[str, int]] = []
    fsync, link, replace = os.fsync, os.link, Path.replace

    def settled(descriptor: int) -> None:
        fsync(descriptor)
        seen.append(("settled", os.fstat(descriptor).st_ino))

    def linked(source: Path, target: Path) -> None:
        link(source, target)
        seen.append(("named", Path(target).stat().st_ino))

    def replaced(source: Path, target: Path) -> Path:
        found = replace(source, target)
        seen.append(("named", Path(target).stat().st_ino))
        return found

    monkeypatch.setattr(os, "fsync", settled)
    monkeypatch.setattr(os, "link", linked)
    monkeypatch.setattr(Path, "replace", replaced)
    return seen


def test_an_object_outlives_a_power_cut(tmp_path: Path, events: list[tuple[str, int]]) -> None:
    store = LocalStore(location=tmp_path / "objects")
    assert store.refuses_late_writers
    source = tmp_path / "segment"
    source.write_bytes(b"picture")
    events.clear()

    assert store.put_absent("assets/a/v1/s.m4s", source)

    folder = tmp_path / "objects" / "assets" / "a" / "v1"
    inode = source.stat().st_ino
    assert events[-3:] == [("settled", inode), ("named", inode), ("settled", folder.stat().st_ino)]
    new_folders = [folder.parent.parent.parent, folder.parent.parent, folder.parent]
    assert events[:-3] == [("settled", path.stat().st_ino) for path in new_folders]


def test_what_replaces_an_object_is_whole_before_it_does(
    tmp_path: Path, events: list[tuple[str, int]]
) -> None:
    store = LocalStore(location=tmp_path)
    store.put_bytes("index.m3u8", b"one")
    events.clear()

    store.put_bytes("index.m3u8", b"two")

    inode = (tmp_path / "index.m3u8").stat().st_ino
    assert events == [("settled", inode), ("named", inode), ("settled", tmp_path.stat().st_ino)]
