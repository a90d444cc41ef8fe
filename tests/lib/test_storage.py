"""What only the store on the local disk does; the rest is in tests/stores."""

import os
from pathlib import Path

import pytest

from vod.lib.storage import LocalStore, objects


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    """An empty store in a folder of its own."""
    return LocalStore(location=str(tmp_path / "store"))


def file(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / f"made-{content.decode()}"
    path.write_bytes(content)
    return path


def test_another_disks_file_is_copied_and_the_first_writer_still_wins(
    store: LocalStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = os.link

    def only_within_the_store(source: Path, target: Path) -> None:
        if "made-" in str(source):
            raise OSError(18, "Invalid cross-device link")
        link(source, target)

    monkeypatch.setattr(os, "link", only_within_the_store)

    assert store.put_absent("a/0.m4s", file(tmp_path, b"first")) is True
    assert store.put_absent("a/0.m4s", file(tmp_path, b"second")) is False
    assert store.read_bytes("a/0.m4s") == b"first"
    assert [path.name for path in store.local_path("a").iterdir()] == ["0.m4s"]


def test_the_configured_store_lies_in_the_folder_of_the_settings(settings: object) -> None:
    objects().put_bytes("k", b"x")

    assert (Path(str(getattr(settings, "MEDIA_ROOT"))) / "k").read_bytes() == b"x"  # noqa: B009


def test_a_folder_without_hard_links_refuses_no_late_writer(
    store: LocalStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unsupported(_source: Path, _target: Path) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", unsupported)

    assert store.refuses_late_writers is False
    assert store.put_absent("a/0.m4s", file(tmp_path, b"first")) is True
    assert store.put_absent("a/0.m4s", file(tmp_path, b"second")) is False
    assert store.read_bytes("a/0.m4s") == b"first"


def test_a_write_that_breaks_off_leaves_nothing(
    store: LocalStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_source: Path, target: Path) -> None:
        target.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    assert store.refuses_late_writers
    monkeypatch.setattr(os, "link", full)
    monkeypatch.setattr("shutil.copyfile", full)

    with pytest.raises(OSError, match="No space"):
        store.put_absent("a/0.m4s", file(tmp_path, b"first"))

    assert [path.name for path in store.local_path("a").iterdir() if path.name.startswith(".")] == []
