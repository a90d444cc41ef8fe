"""The real web processes with hundreds of clients that take their time."""

import asyncio
import http.client
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.documents import document
from tests.servers import web
from tests.servers.web import Web
from vod.machine.programs import WEB_PROCESSES

CLIENTS = 200
TYPE = "application/offset+octet-stream"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    server = web.start(tmp_path_factory.mktemp("web"), S3_BUCKET="", DATABASE_URL="")
    try:
        yield server
    finally:
        server.stop()


def begin(server: Web, size: int) -> str:
    status, headers, _ = server.ask("POST", "/api/uploads/", Upload_Length=str(size))
    assert status == 201
    return headers["location"]


def patch(server: Web, address: str, content: bytes, offset: int = 0) -> tuple[int, dict[str, str], bytes]:
    return server.ask("PATCH", address, content, Upload_Offset=str(offset), Content_Type=TYPE)


def offset_of(server: Web, address: str) -> int:
    return int(server.ask("HEAD", address)[1]["upload-offset"])


def head_of(server: Web, address: str, length: int, offset: int = 0) -> bytes:
    """The head of a PATCH whose body is still to come."""
    lines = [
        f"PATCH {address} HTTP/1.1",
        "Host: localhost",
        "Tus-Resumable: 1.0.0",
        f"Authorization: Bearer {server.token}",
        f"Upload-Offset: {offset}",
        f"Content-Type: {TYPE}",
        f"Content-Length: {length}",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def home_seconds(server: Web, times: int) -> list[float]:
    took = []
    for _ in range(times):
        began = time.monotonic()
        assert server.graphql(document("Home"))["home"]
        took.append(time.monotonic() - began)
    return took


def test_home_answers_while_hundreds_send_and_read_slowly(server: Web) -> None:
    started = server.graphql(
        "mutation ($input: StartPlaybackInput!) { startPlayback(input: $input) { session { manifestUrl } } }",
        input={"videoId": server.video, "deviceName": "Sofa"},
    )
    segment = started["startPlayback"]["session"]["manifestUrl"].replace("master.m3u8", server.segment)
    path = segment[segment.index("/stream/") :]
    addresses = [begin(server, 1000) for _ in range(CLIENTS)]
    home_seconds(server, 5)
    before = home_seconds(server, 20)
    during: list[float] = []

    async def send_slowly(address: str, end: asyncio.Event) -> None:
        _, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(head_of(server, address, 1000))
        while not end.is_set():
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(1)
        writer.close()

    async def read_slowly(end: asyncio.Event) -> int:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port, limit=1024)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        status = int((await reader.readline()).split()[1])
        while not end.is_set():
            await reader.read(1)
            await asyncio.sleep(1)
        writer.transport.abort()
        return status

    async def all_at_once() -> list[int]:
        end = asyncio.Event()
        senders = [asyncio.ensure_future(send_slowly(address, end)) for address in addresses]
        readers = [asyncio.ensure_future(read_slowly(end)) for _ in range(CLIENTS)]
        await asyncio.sleep(3)
        during.extend(await asyncio.to_thread(home_seconds, server, 20))
        threads = [_threads(pid) for pid in server.workers()]
        end.set()
        await asyncio.gather(*senders)
        statuses = await asyncio.gather(*readers)
        assert max(threads) < 40
        return list(statuses)

    assert set(asyncio.run(all_at_once())) == {200}
    # With a thread for each of them nobody else would be answered at all.
    assert statistics.median(during) < 5 * statistics.median(before) + 0.5
    assert max(during) < 10
    time.sleep(1)
    assert min(offset_of(server, address) for address in addresses[:20]) >= 1


def test_a_refusal_reaches_a_client_that_is_still_sending(server: Web) -> None:
    address = begin(server, 10_000_000)

    status, _, body = patch(server, address, b"x" * 8_000_000, offset=5)

    assert (status, b"WRONG_OFFSET" in body) == (409, True)
    assert offset_of(server, address) == 0


def test_a_body_beyond_what_pages_take_is_refused_unread(server: Web) -> None:
    assert server.ask("POST", "/graphql/", b"x" * 3_000_000, Content_Type="application/json")[0] == 413


def test_of_two_who_write_at_a_time_one_is_told_to_wait(server: Web) -> None:
    address = begin(server, 10)
    first = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    first.connect()
    first.sock.sendall(head_of(server, address, 10) + b"abc")
    time.sleep(1)

    second = patch(server, address, b"xyz")[0]
    first.sock.sendall(b"defghij")
    answer = http.client.HTTPResponse(first.sock)
    answer.begin()

    assert (second, answer.status) == (423, 204)
    assert answer.headers["Upload-Offset"] == "10"
    first.close()


def test_a_connection_serves_one_request_after_the_other(server: Web) -> None:
    address = begin(server, 6)
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    headers = {"Authorization": f"Bearer {server.token}", "Tus-Resumable": "1.0.0"}
    for offset in (0, 2, 4):
        sent = {**headers, "Upload-Offset": str(offset), "Content-Type": TYPE}
        connection.request("PATCH", address, b"ab", sent)
        answer = connection.getresponse()
        answer.read()
        assert (answer.status, answer.headers["Upload-Offset"]) == (204, str(offset + 2))
        local = connection.sock.getsockname()
        connection.request("GET", "/healthz")
        assert connection.getresponse().read() == b"ok"
        assert connection.sock.getsockname() == local
    connection.close()


def test_there_are_as_many_processes_as_before(server: Web) -> None:
    assert len(server.workers()) == WEB_PROCESSES


def test_what_is_open_when_the_server_is_asked_to_end_is_put_down(server: Web) -> None:
    address = begin(server, 1000)
    sender = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    sender.connect()
    sender.sock.sendall(head_of(server, address, 1000) + b"x" * 700)
    time.sleep(1)
    began = time.monotonic()
    server.stop()
    assert time.monotonic() - began < 12

    again = server.again()
    try:
        assert offset_of(again, address) == 700
        assert patch(again, address, b"y" * 300, offset=700)[0] == 204
    finally:
        again.stop()
        sender.close()


def _threads(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("Threads:")[2].split()[0])
