"""The factory's tools read films in a bucket by range: little more than their own stretch, with the same results."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import cycle
from pathlib import Path

import pytest

from tests.hls.films import make
from tests.servers.store_proxy import Cut, Fault, Refuse, Request, StoreProxy
from tests.stores.conftest import Connect
from tests.stores.server import StoreServer
from transcoding.engine.copying import find_copy
from transcoding.engine.encode import encode_video_chunk
from transcoding.engine.plan import Plan, chunks, make_plan
from transcoding.engine.probe import probe
from transcoding.engine.sources import Remote, Source
from transcoding.engine.tools import Tools, find_tools
from vod.lib.storage.s3 import S3Store

KEY = "sources/1/source"
MB = 1024 * 1024
_SECONDS = 10
_TIMES = 16


@pytest.fixture(scope="module")
def tools() -> Tools:
    return find_tools(sandbox="required")


@pytest.fixture(scope="module")
def films(tools: Tools, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Films of 160 s and some 130 MB, of noise that no encoder makes small, in several containers."""
    folder = tmp_path_factory.mktemp("films")
    picture = f"testsrc2=size=160x90:rate=25:duration={_SECONDS},noise=alls=100:allf=t"
    inputs = ("-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", f"sine=duration={_SECONDS}")
    coded = ("-c:v", "libx264", "-preset", "ultrafast", "-qp", "0", "-pix_fmt", "yuv420p", "-g", "50")
    once = make(tools, folder / "once.mp4", *inputs, *coded, "-c:a", "aac", "-ac", "2")
    again = ("-stream_loop", str(_TIMES - 1), "-i", str(once), "-c", "copy")
    make(tools, folder / "film.mp4", *again)
    make(tools, folder / "film.mkv", *again)
    make(tools, folder / "film.ts", *again, "-bsf:v", "h264_mp4toannexb")
    return folder


@pytest.fixture
def proxy(s3_server: StoreServer) -> Iterator[StoreProxy]:
    with StoreProxy(s3_server.endpoint) as found:
        yield found


@contextmanager
def by_range(store: S3Store) -> Iterator[Source]:
    with store.by_range(KEY) as ranges:
        yield Remote(ranges.size, ranges.read)


@cache
def planned(path: Path, tools: Tools) -> Plan:
    info = probe(path, tools=tools)
    return make_plan(info, build=tools.build, encoding="speed", copyable=None)


def made(source: Source, path: Path, folder: Path, tools: Tools) -> dict[str, str]:
    """What a chunk in the middle of the film becomes, by digest."""
    plan = planned(path, tools)
    specs = chunks(plan)
    encode_video_chunk(source, plan, specs[len(specs) // 2], folder, tools=tools)
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file()
    }


def stretch_of(path: Path, tools: Tools) -> float:
    """Bytes of the chunk's own stretch, in a film of constant rate."""
    plan = planned(path, tools)
    spec = chunks(plan)[len(chunks(plan)) // 2]
    frames = plan.boundaries[spec.end_segment] - plan.boundaries[spec.first_segment]
    return path.stat().st_size * frames / plan.frames


@pytest.mark.parametrize("name", ["film.mp4", "film.mkv", "film.ts"])
def test_a_chunk_fetches_little_more_than_its_own_stretch_and_comes_out_the_same(
    name: str, films: Path, tools: Tools, connect: Connect, proxy: StoreProxy, tmp_path: Path
) -> None:
    path = films / name
    store = connect(endpoint_url=proxy.endpoint)
    store.put_absent(KEY, path)
    proxy.requests.clear()

    with by_range(store) as source:
        there = made(source, path, tmp_path / "there", tools)

    # A lead-in of a few seconds, the index (or the search without one), and what was on its way when the tool had enough:
    # 8 to 15 MB of a film of whatever length, and on a busy machine, where more is brought ahead, some more.
    fetched = proxy.bytes_of("GET")
    assert stretch_of(path, tools) < fetched < stretch_of(path, tools) + 36 * MB, proxy.requests
    assert fetched < path.stat().st_size / 2
    assert there == made(path, path, tmp_path / "here", tools)
    assert len(there) > 6


def test_a_probe_and_the_proof_of_a_copy_stream_the_film_once(
    films: Path, tools: Tools, connect: Connect, proxy: StoreProxy
) -> None:
    path = films / "film.mp4"
    store = connect(endpoint_url=proxy.endpoint)
    store.put_absent(KEY, path)
    proxy.requests.clear()

    with by_range(store) as source:
        info = probe(source, tools=tools)
        copyable = find_copy(source, info, tools=tools)

    assert info == probe(path, tools=tools)
    assert copyable == find_copy(path, info, tools=tools)
    assert proxy.bytes_of("GET") <= path.stat().st_size


def test_a_store_that_cuts_and_refuses_costs_time_only(
    films: Path, tools: Tools, connect: Connect, proxy: StoreProxy, tmp_path: Path
) -> None:
    path = films / "film.mp4"
    store = connect(endpoint_url=proxy.endpoint)
    store.put_absent(KEY, path)
    faults: Iterator[Fault] = cycle(
        [Refuse(500), None, Cut(300_000), None, Refuse(503), None, Cut(0), Cut(1)],
    )

    def bad_day(request: Request) -> Fault:
        return next(faults) if request.method == "GET" else None

    proxy.fault = bad_day
    proxy.requests.clear()

    with by_range(store) as source:
        assert made(source, path, tmp_path / "there", tools) == made(path, path, tmp_path / "here", tools)

    assert len([one for one in proxy.requests if one.status in (500, 503)]) > 1


def test_a_store_that_is_away_is_told_of_as_that_and_not_as_the_films_fault(
    films: Path, tools: Tools, connect: Connect, proxy: StoreProxy, tmp_path: Path
) -> None:
    path = films / "film.mp4"
    store = connect(endpoint_url=proxy.endpoint, attempts=1)
    store.put_absent(KEY, path)
    proxy.fault = lambda request: Refuse(503) if request.method == "GET" else None

    with pytest.raises(OSError, match="503"), by_range(store) as source:
        made(source, path, tmp_path / "there", tools)
    with pytest.raises(OSError, match="503"), by_range(store) as source:
        probe(source, tools=tools)
