"""What our gunicorn worker adds for each connection, over real sockets."""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

import pytest
from gunicorn.config import Config
from gunicorn.glogging import Logger

from vod.lib.serving import worker as module
from vod.lib.serving.worker import Protocol

Talk = Callable[[int, Any], Awaitable[None]]


async def _application(_scope: Any, _receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


def served(talk: Talk, **settings: Any) -> None:
    """Has `talk(port, worker)` while connections are served."""

    async def run() -> None:
        config = Config()
        for name, value in settings.items():
            config.set(name, value)
        worker = SimpleNamespace(
            cfg=config,
            log=Logger(config),
            asgi=_application,
            loop=asyncio.get_running_loop(),
            nr_conns=0,
            nr=0,
            max_requests=sys.maxsize,
            alive=True,
            open_connections=set(),
        )
        server = await worker.loop.create_server(lambda: Protocol(worker), "127.0.0.1", 0)
        try:
            await asyncio.wait_for(talk(server.sockets[0].getsockname()[1], worker), 10)
        finally:
            server.close()

    logging.getLogger("gunicorn.error").propagate = True
    asyncio.run(run())


@pytest.mark.parametrize("begun", [b"", b"GET / HTTP/1.1\r\nHost: a\r\n"])
def test_a_head_that_does_not_come_ends_the_connection(begun: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_HEAD_SECONDS", 0.2)

    async def talk(port: int, _worker: Any) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(begun)
        assert await reader.read() == b""
        writer.close()

    served(talk)


def test_a_head_that_drips_has_no_more_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_HEAD_SECONDS", 0.3)

    async def talk(port: int, _worker: Any) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        assert (await reader.readuntil(b"ok")).startswith(b"HTTP/1.1 200")
        ended = asyncio.ensure_future(reader.read())
        for byte in b"GET / HTTP/1.1":
            if not ended.done():
                writer.write(bytes([byte]))
            await asyncio.sleep(0.05)
        with suppress(ConnectionError):
            assert await ended == b""
        writer.close()

    served(talk)


def test_a_connection_that_is_waited_for_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_HEAD_SECONDS", 0.2)

    async def talk(port: int, _worker: Any) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(2):
            writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            assert (await reader.readuntil(b"ok")).startswith(b"HTTP/1.1 200")
            await asyncio.sleep(0.4)
        writer.close()

    served(talk, keepalive=5)


def test_an_idle_connection_can_be_closed_and_a_busy_one_not() -> None:
    go_on = asyncio.Event()

    async def slow(_scope: Any, _receive: Any, send: Any) -> None:
        await go_on.wait()
        await _application(_scope, _receive, send)

    async def talk(port: int, worker: Any) -> None:
        idle = await asyncio.open_connection("127.0.0.1", port)
        worker.asgi = slow
        busy = await asyncio.open_connection("127.0.0.1", port)
        busy[1].write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        await asyncio.sleep(0.1)
        for connection in list(worker.open_connections):
            connection.close_if_idle()
        assert await idle[0].read() == b""
        go_on.set()
        assert (await busy[0].readuntil(b"ok")).startswith(b"HTTP/1.1 200")
        for _, writer in (idle, busy):
            writer.close()

    served(talk)


def test_connections_beyond_the_limit_are_dropped() -> None:
    async def talk(port: int, worker: Any) -> None:
        first = await asyncio.open_connection("127.0.0.1", port)
        first[1].write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        await first[0].readuntil(b"ok")
        second = await asyncio.open_connection("127.0.0.1", port)
        with pytest.raises(ConnectionError):
            second[1].write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            if not await second[0].read():
                raise ConnectionResetError
        first[1].close()
        second[1].close()
        while worker.nr_conns:
            await asyncio.sleep(0.01)

    served(talk, worker_connections=1)
