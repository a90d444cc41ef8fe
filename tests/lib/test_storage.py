import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import SuspiciousFileOperation

from vod.lib.storage import LocalStore, objects


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    """An empty store in a folder of its own."""
    return LocalStore(location=str(tmp_path / "store"))


def file(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / f"made-{content.decode()}"
    path.write_bytes(content)
    return path


def test_the_first_writer_wins(store: LocalStore, tmp_path: Path) -> None:
    assert store.put_absent("a/v1/0.m4s", file(tmp_path, b"first")) is True
    assert store.put_absent("a/v1/0.m4s", file(tmp_path, b"second")) is False

    assert store.read_bytes("a/v1/0.m4s") == b"first"


def test_of_many_writers_at_once_one_wins(store: LocalStore, tmp_path: Path) -> None:
    sources = [file(tmp_path, str(number).encode()) for number in range(16)]

    with ThreadPoolExecutor(16) as pool:
        won = list(pool.map(lambda source: store.put_absent("a/0.m4s", source), sources))

    assert won.count(True) == 1
    assert store.read_bytes("a/0.m4s") == str(won.index(True)).encode()


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


@pytest.mark.parametrize("key", ["../x", "/etc/passwd", "a/../../x", "a//b", "./a", "", "a/"])
def test_a_key_that_leaves_the_folder_is_refused(store: LocalStore, tmp_path: Path, key: str) -> None:
    with pytest.raises(SuspiciousFileOperation):
        store.put_absent(key, file(tmp_path, b"x"))
    with pytest.raises(SuspiciousFileOperation):
        store.read_bytes(key)
    with pytest.raises(SuspiciousFileOperation):
        store.delete_prefix(key)


def test_bytes_are_written_replaced_and_read(store: LocalStore) -> None:
    store.put_bytes("a/b", b"one")
    store.put_bytes("a/b", b"two")

    assert store.read_bytes("a/b") == b"two"
    with store.open_bytes("a/b") as stream:
        stream.seek(1)
        assert stream.read() == b"wo"


def test_a_source_is_adopted_without_leaving_a_copy(store: LocalStore, tmp_path: Path) -> None:
    source = file(tmp_path, b"film")

    store.adopt("sources/1/source", source)

    assert store.read_bytes("sources/1/source") == b"film"
    assert not source.exists()


def test_deleting_a_prefix_takes_what_is_below_and_nothing_beside(store: LocalStore) -> None:
    store.put_bytes("assets/1/a", b"x")
    store.put_bytes("assets/10/a", b"y")

    store.delete_prefix("assets/1")
    store.delete_prefix("assets/none")

    assert not store.exists("assets/1/a")
    assert store.read_bytes("assets/10/a") == b"y"


def test_the_configured_store_lies_in_the_folder_of_the_settings(settings: object) -> None:
    objects().put_bytes("k", b"x")

    assert (Path(str(getattr(settings, "MEDIA_ROOT"))) / "k").read_bytes() == b"x"  # noqa: B009
