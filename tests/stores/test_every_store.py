"""What holds for every object store, on the local disk and on a real S3 server alike."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import SuspiciousFileOperation

from vod.lib.storage import Store


def file(tmp_path: Path, content: bytes, name: str = "made") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def test_what_becomes_of_late_writers_is_tried_and_nothing_of_the_trial_is_left(
    store: Store, keeps_conditions: bool
) -> None:
    assert store.refuses_late_writers is keeps_conditions

    assert store.keys_below("checks") == []


def test_the_first_writer_wins(store: Store, tmp_path: Path) -> None:
    assert store.put_absent("a/v1/0.m4s", file(tmp_path, b"first", "1")) is True
    assert store.put_absent("a/v1/0.m4s", file(tmp_path, b"second", "2")) is False

    assert store.read_bytes("a/v1/0.m4s") == b"first"
    assert store.size("a/v1/0.m4s") == 5


def test_of_many_writers_at_once_one_wins_where_the_store_says_so(store: Store, tmp_path: Path) -> None:
    sources = [file(tmp_path, str(number).encode() * 100_000, f"made-{number}") for number in range(16)]

    with ThreadPoolExecutor(16) as pool:
        won = list(pool.map(lambda source: store.put_absent("a/0.m4s", source), sources))

    kept = store.read_bytes("a/0.m4s")
    assert kept in [source.read_bytes() for source, written in zip(sources, won, strict=True) if written]
    assert won.count(True) == 1 or not store.refuses_late_writers


@pytest.mark.parametrize(
    "key", ["../x", "/etc/passwd", "a/../../x", "a//b", "./a", "", "a/", ".", "..", "a\0b"]
)
def test_a_key_that_leaves_the_folder_is_refused(store: Store, tmp_path: Path, key: str) -> None:
    path = file(tmp_path, b"x")
    attempts: list[Callable[[], object]] = [
        lambda: store.put_absent(key, path),
        lambda: store.put_bytes(key, b"x"),
        lambda: store.read_bytes(key),
        lambda: store.size(key),
        lambda: store.exists(key),
        lambda: store.delete(key),
        lambda: store.delete_prefix(key),
        lambda: store.keys_below(key),
        lambda: store.local_copy(key).__enter__(),
    ]

    for attempt in attempts:
        with pytest.raises(SuspiciousFileOperation):
            attempt()


def test_bytes_are_written_replaced_and_read(store: Store) -> None:
    store.put_bytes("a/b", b"one")
    store.put_bytes("a/b", b"two")

    assert store.read_bytes("a/b") == b"two"


def test_an_object_without_bytes_is_one(store: Store, tmp_path: Path) -> None:
    assert store.put_absent("a/empty", file(tmp_path, b"")) is True

    assert store.exists("a/empty")
    assert store.read_bytes("a/empty") == b""
    assert store.put_absent("a/empty", file(tmp_path, b"late")) is False


@pytest.mark.parametrize(("first", "length"), [(0, 1), (0, 100_000), (99_999, 1), (12_345, 54_321)])
def test_a_stretch_of_an_object_is_read(store: Store, first: int, length: int) -> None:
    content = os.urandom(100_000)
    store.put_bytes("a/b", content)

    with store.open_bytes("a/b", first, length) as stream:
        assert stream.read(length) == content[first : first + length]
    with store.open_bytes("a/b", first) as stream:
        assert stream.read() == content[first:]


def test_what_is_not_there_is_missing(store: Store) -> None:
    store.put_bytes("a/b/c", b"x")

    for key in ("none", "a/none", "a/b", "a"):
        assert not store.exists(key)
    for key in ("none", "a/none"):
        with pytest.raises(FileNotFoundError):
            store.read_bytes(key)
        with pytest.raises(FileNotFoundError):
            store.size(key)
        with pytest.raises(FileNotFoundError), store.local_copy(key):
            pass
    store.delete("none")
    store.delete_prefix("none")
    assert store.keys_below("none") == []


def test_deleting_takes_one_object(store: Store) -> None:
    store.put_bytes("a/b", b"x")
    store.put_bytes("a/bc", b"x")

    store.delete("a/b")

    assert store.keys_below("a") == ["a/bc"]


def test_deleting_a_prefix_takes_what_is_below_and_nothing_beside(store: Store) -> None:
    for key in ("assets/1/a", "assets/1/v1/b", "assets/10/a", "assets/1.jpg"):
        store.put_bytes(key, b"x")

    store.delete_prefix("assets/1")

    assert store.keys_below("assets") == ["assets/1.jpg", "assets/10/a"]


def test_a_local_copy_is_a_file_with_the_objects_bytes(store: Store) -> None:
    content = os.urandom(3_000_000)
    store.put_bytes("sources/1/source", content)

    with store.local_copy("sources/1/source") as path:
        assert path.read_bytes() == content


def test_a_store_that_can_be_used_says_so(store: Store) -> None:
    store.try_out()
