"""Sources that are read by range: only what is needed, once a machine, whatever the store does meanwhile."""

import os
import random
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.servers.store_proxy import Cut, Delay, Fault, Refuse, Request, StoreProxy
from tests.stores.conftest import BUCKET, Connect
from tests.stores.server import StoreServer
from vod.lib.storage import StoreError
from vod.lib.storage.blocks import BLOCK_BYTES as MB
from vod.lib.storage.blocks import Blocks
from vod.lib.storage.s3 import S3Store
from vod.lib.storage.store import Ranges

KEY = "sources/1/source"
CONTENT = os.urandom(12 * MB + 12_345)


@pytest.fixture
def proxy(s3_server: StoreServer) -> Iterator[StoreProxy]:
    with StoreProxy(s3_server.endpoint) as found:
        yield found


@pytest.fixture
def store(connect: Connect, proxy: StoreProxy, tmp_path: Path) -> S3Store:
    """A film in the store, as another machine put it there."""
    store = connect(endpoint_url=proxy.endpoint)
    store.put_bytes(KEY, CONTENT)
    proxy.requests.clear()
    return store


def reader(store: S3Store) -> AbstractContextManager[Ranges]:
    return store.by_range(KEY)


def everything(ranges: Ranges) -> bytes:
    data = b""
    while len(data) < ranges.size:
        data += ranges.read(len(data), ranges.size)
    return data


def blocks(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in (tmp_path / "blocks").rglob("*") if path.is_file())


def test_any_stretch_is_read(store: S3Store) -> None:
    numbers = random.Random(1)
    with reader(store) as ranges:
        assert ranges.size == len(CONTENT)
        for _ in range(60):
            first = numbers.randrange(len(CONTENT))
            data = ranges.read(first, numbers.randrange(1, 3 * MB))
            assert data and data == CONTENT[first : first + len(data)]
        assert ranges.read(len(CONTENT) - 1, 10) == CONTENT[-1:]


def test_who_reads_here_and_there_gets_single_blocks(store: S3Store, proxy: StoreProxy) -> None:
    with reader(store) as ranges:
        for number in (10, 3, 7, 3):
            assert ranges.read(number * MB + 5, 10) == CONTENT[number * MB + 5 : number * MB + 15]

    assert sorted(one.range for one in proxy.requests if one.method == "GET") == [
        f"bytes={number * MB}-{(number + 1) * MB - 1}" for number in (10, 3, 7)
    ]
    assert proxy.bytes_of("GET") == 3 * MB


def test_who_reads_on_gets_more_at_a_time_and_nothing_twice(store: S3Store, proxy: StoreProxy) -> None:
    proxy.fault = lambda _request: Delay(0.05)
    with reader(store) as ranges:
        assert everything(ranges) == CONTENT

    got = [one for one in proxy.requests if one.method == "GET"]
    assert proxy.bytes_of("GET") == len(CONTENT)
    assert len(got) <= len(CONTENT) // MB, [one.range for one in got]


def test_a_machine_fetches_a_block_once_for_all_its_workers(store: S3Store, proxy: StoreProxy) -> None:
    def read(_number: int) -> bool:
        with reader(store) as ranges:
            return everything(ranges) == CONTENT

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(read, range(4)))

    assert proxy.bytes_of("GET") == len(CONTENT)


def each(times: int, fault: Fault) -> Callable[[Request], Fault]:
    """The fault for this many reads, one after the other, then none."""
    left = [fault] * times
    return lambda request: left.pop() if left and request.method == "GET" else None


@pytest.mark.parametrize(
    "fault",
    [each(3, Refuse(503)), each(3, Refuse(500)), each(6, Cut(400_000)), each(4, Cut(0)), each(2, Delay(2.5))],
    ids=["503", "500", "cut", "cut at once", "silent"],
)
def test_a_store_that_fails_for_a_while_costs_time_only(
    connect: Connect, proxy: StoreProxy, fault: Callable[[Request], Fault]
) -> None:
    store = connect(endpoint_url=proxy.endpoint, timeout=2)
    store.put_bytes(KEY, CONTENT)
    proxy.fault = fault
    with reader(store) as ranges:
        assert everything(ranges) == CONTENT


def test_a_store_that_fails_for_good_is_an_error_and_leaves_nothing_half(
    store: S3Store, proxy: StoreProxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vod.lib.storage.ranges._TRIES", 3)
    proxy.fault = lambda request: Cut(1000) if request.method == "GET" else None

    with reader(store) as ranges, pytest.raises(StoreError, match="cuts the film off"):
        ranges.read(0, 10)

    assert blocks(tmp_path) == []
    proxy.fault = lambda _request: None
    with reader(store) as ranges:
        assert ranges.read(0, 10) == CONTENT[:10]


def test_a_film_that_is_replaced_or_removed_while_it_is_read_is_an_error_and_no_mixture(
    store: S3Store, tmp_path: Path
) -> None:
    with reader(store) as ranges:
        assert ranges.read(0, 10) == CONTENT[:10]
        store.put_bytes(KEY, CONTENT[::-1])
        with pytest.raises(StoreError):
            ranges.read(5 * MB, 10)
    with reader(store) as ranges:
        assert ranges.read(0, 10) == CONTENT[::-1][:10]
        store.delete(KEY)
        assert blocks(tmp_path) == []
        with pytest.raises((FileNotFoundError, StoreError)):
            ranges.read(5 * MB, 10)
    with pytest.raises(FileNotFoundError), reader(store):
        pass


def test_blocks_go_with_their_film_and_when_others_need_the_room(
    connect: Connect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vod.lib.storage.blocks._LEAST_BETWEEN_CLEARINGS", 0)
    store = connect(copies_bytes=4 * MB)
    for number in range(2):
        store.put_bytes(f"sources/{number}/source", CONTENT)
        with store.by_range(f"sources/{number}/source") as ranges:
            assert everything(ranges) == CONTENT
            assert len(blocks(tmp_path)) <= 6

    store.delete_prefix("sources/1")

    assert not [path for path in (tmp_path / "blocks").iterdir() if any(path.iterdir())]


def test_a_block_that_was_torn_is_fetched_again(store: S3Store, tmp_path: Path, proxy: StoreProxy) -> None:
    with reader(store) as ranges:
        ranges.read(0, 10)
        [path] = [path for path in (tmp_path / "blocks").rglob("*") if path.is_file()]
        path.write_bytes(b"half")

        assert ranges.read(0, 10) == CONTENT[:10]


def test_a_disk_that_is_full_costs_requests_only(
    store: S3Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("vod.lib.storage.blocks.os.pwrite", full)

    with reader(store) as ranges:
        assert everything(ranges) == CONTENT

    assert blocks(tmp_path) == []


def test_a_worker_that_is_killed_while_it_brings_a_block_keeps_nobody_waiting(
    store: S3Store, tmp_path: Path
) -> None:
    kept = store._blocks.of(store.name_of(KEY), mark="x", size=len(CONTENT))
    child = os.fork()
    if child == 0:
        kept.claim(0)
        os._exit(0)
    os.waitpid(child, 0)

    claim = kept.claim(0)

    assert claim is not None
    claim.let_go()


def test_nothing_is_read_ahead_once_nobody_reads(store: S3Store, proxy: StoreProxy) -> None:
    slow = threading.Event()
    proxy.fault = lambda request: Delay(0.2) if slow.is_set() else None
    with reader(store) as ranges:
        for number in range(4):
            ranges.read(number * MB, MB)
        slow.set()

    assert proxy.bytes_of("GET") < len(CONTENT)
    assert threading.active_count() < 40


def test_the_bucket_is_asked_for_nothing_else(store: S3Store, proxy: StoreProxy) -> None:
    with reader(store) as ranges:
        everything(ranges)

    assert {one.method for one in proxy.requests} == {"HEAD", "GET"}
    assert len([one for one in proxy.requests if one.method == "HEAD"]) == 1
    assert proxy.listings() == []
    assert {one.path for one in proxy.requests} == {f"/{BUCKET}/{store.name_of(KEY)}"}


def test_a_block_whose_bringer_was_stopped_is_brought_by_somebody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vod.lib.storage.blocks._LONGEST_WAIT_SECONDS", 0.2)
    kept = Blocks(tmp_path, most_bytes=MB).of("film", mark="1", size=3)
    stopped = kept.claim(0)
    assert stopped is not None
    assert kept.claim(0) is None

    mine = kept.claim(0, wait=True)
    assert mine is not None
    mine.keep(b"abc")
    # It wakes up, and brings the same.
    stopped.keep(b"abc")

    assert kept.read(0, 0, 3) == b"abc"
