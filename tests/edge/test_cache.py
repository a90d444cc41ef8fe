"""Segments from a bucket: one request to the store for all viewers, and none while it is away."""

import http.client
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.edge.installation import SECRET, Way, until_refused
from tests.edge.library import BIG_BYTES
from tests.edge.origin import Origin
from tests.edge.raw import fetch
from tests.playback.library import segment_bytes
from tests.servers.nginx import Nginx, start_nginx
from tests.stores.server import free_port


@pytest.fixture
def origin(from_s3: Way) -> Iterator[Origin]:
    """The door to the store, open again afterwards."""
    assert from_s3.origin is not None
    yield from_s3.origin
    from_s3.origin.delay, from_s3.origin.is_away, from_s3.origin.cut = 0.0, False, None


def asked_for(origin: Origin, name: str) -> int:
    return sum(name in line for line in origin.asked)


def test_one_request_goes_to_the_store_for_twenty_viewers(from_s3: Way, origin: Origin) -> None:
    name = "video-1080/00000.m4s"
    folders = [from_s3.start()[0] for _ in range(4)] * 5
    origin.delay = 0.3
    together = threading.Barrier(20)

    def fetch_one(folder: str) -> bytes:
        together.wait()
        return from_s3.get(folder + name).body

    with ThreadPoolExecutor(20) as pool:
        bodies = list(pool.map(fetch_one, folders))

    assert bodies == [segment_bytes("video-1080", 0)] * 20
    assert asked_for(origin, name) == 1


def test_another_viewers_request_is_answered_from_the_cache(from_s3: Way, origin: Origin) -> None:
    name = "video-1080/00001.m4s"
    for expected in (1, 1, 1):
        assert from_s3.get(from_s3.start()[0] + name).body == segment_bytes("video-1080", 1)
        assert asked_for(origin, name) == expected


def test_only_the_slices_that_are_watched_are_fetched(from_s3: Way, origin: Origin) -> None:
    """And a range that spans two slices is put together of both."""
    name = "video-720/00003.m4s"
    folder, before = from_s3.folder, asked_for(origin, name)
    assert len(from_s3.get(folder + name).body) == BIG_BYTES
    fetched = asked_for(origin, name)
    assert fetched <= before + 4

    assert from_s3.get(folder + name, Range="bytes=1048570-1048580").status == 206
    assert asked_for(origin, name) == fetched


def test_neither_token_nor_signature_is_part_of_what_is_kept(from_s3: Way, origin: Origin) -> None:
    folder = from_s3.folder
    name = "audio-0/00001.m4s"
    assert from_s3.get(folder + name).status == 200
    assert from_s3.nginx is not None
    kept = [path.read_bytes() for path in (from_s3.nginx.cache / "objects").rglob("*") if path.is_file()]
    keys = [line for body in kept for line in body[:2000].split(b"\n") if line.startswith(b"KEY: ")]
    wanted = f"KEY: {from_s3.library.prefix}/{name}bytes=0-1048575".encode()
    assert wanted in keys
    token = folder.split("/")[2].encode()
    assert not [body for body in kept if token in body or b"X-Amz-Signature" in body or b"/stream/" in body]


def test_what_is_kept_is_sent_while_the_store_is_away(from_s3: Way, origin: Origin) -> None:
    (folder, session), name = from_s3.start(), "video-1080/00002.m4s"
    assert from_s3.get(folder + name).status == 200

    origin.is_away = True
    other = from_s3.start()[0]
    assert from_s3.get(other + name).body == segment_bytes("video-1080", 2)
    absent = from_s3.get(other + "video-1080/00003.m4s")
    assert (absent.status, absent.body, absent["Retry-After"]) == (503, b"", "5")
    assert absent["Cache-Control"] == "no-store"
    from_s3.stop_stream(session)
    until_refused(from_s3, folder + name)

    origin.is_away = False
    assert from_s3.get(other + "video-1080/00003.m4s").body == segment_bytes("video-1080", 3)


def test_half_an_object_is_neither_kept_nor_taken_for_a_whole_one(from_s3: Way, origin: Origin) -> None:
    folder, name = from_s3.folder, "video-360/00001.m4s"
    whole = segment_bytes("video-360", 1)
    origin.cut = 700

    for _ in range(2):
        answer = _read(from_s3, folder + name)
        assert len(answer) < len(whole)

    origin.cut = None
    assert from_s3.get(folder + name).body == whole


def _read(way: Way, path: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", way.port, timeout=20)
    try:
        connection.request("GET", path, headers={"Host": "lantern.test"})
        return connection.getresponse().read()
    except http.client.IncompleteRead as error:
        return error.partial
    finally:
        connection.close()


@pytest.fixture
def forgetful(from_s3: Way, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    """An edge that takes what it keeps for old after a second."""
    address = f"127.0.0.1:{from_s3.application.port}"
    nginx = start_nginx(
        tmp_path_factory.mktemp("forgetful") / "nginx",
        change=lambda text: text.replace("proxy_cache_valid 200 206 365d;", "proxy_cache_valid 200 206 1s;"),
        EDGE_SECRET=SECRET,
        LANTERN_WEB=address,
        LANTERN_BYTES=address,
        LANTERN_OBJECTS="s3",
    )
    yield nginx
    nginx.stop()


def test_old_bytes_are_better_than_none(from_s3: Way, origin: Origin, forgetful: Nginx) -> None:
    way = Way("forgetful", from_s3.library, from_s3.application, forgetful, origin)
    (folder, session), name = way.start(), "audio-0/00002.m4s"
    assert way.get(folder + name).status == 200
    time.sleep(1.2)

    origin.is_away = True
    assert way.get(folder + name).body == segment_bytes("audio-0", 2)
    time.sleep(1.2)
    assert way.get(folder + name).status == 200
    way.stop_stream(session)
    until_refused(way, folder + name)


def test_a_warm_segment_costs_the_application_nothing(edge: Way) -> None:
    """Within the second that a yes lasts here, nginx asks nobody."""
    path = edge.folder + "video-720/00002.m4s"
    assert edge.get(path).status == 200
    edge.application.pause()
    try:
        assert edge.get(path).status == 200
    finally:
        edge.application.resume()


def test_without_the_application_nobody_is_judged(
    from_disk: Way, tmp_path_factory: pytest.TempPathFactory
) -> None:
    alone = start_nginx(
        tmp_path_factory.mktemp("alone") / "nginx",
        EDGE_SECRET=SECRET,
        LANTERN_WEB=f"127.0.0.1:{free_port()}",
        LANTERN_BYTES=f"127.0.0.1:{free_port()}",
        LANTERN_OBJECTS="disk",
    )
    try:
        for name in ("video-720/00001.m4s", "master.m3u8"):
            answer = fetch(alone.port, from_disk.folder + name)
            assert (answer.status, answer.body, answer["Retry-After"]) == (503, b"", "5"), name
            assert answer["Referrer-Policy"] == "no-referrer"
    finally:
        alone.stop()


def test_objects_that_are_gone_are_nothing(from_disk: Way, ground: Path) -> None:
    lost = ground / "home" / "objects" / from_disk.library.prefix / "video-360" / "00003.m4s"
    body = lost.read_bytes()
    lost.unlink()
    try:
        answer = from_disk.get(from_disk.start()[0] + "video-360/00003.m4s")
        assert (answer.status, answer.body) == (404, b"")
    finally:
        lost.write_bytes(body)
