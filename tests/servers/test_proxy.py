"""The proxy does what its commands say, for connections that are open and for new ones."""

import gc
import socket
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from tests.servers.proxy import Proxy


class Echo(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        while piece := self.request.recv(65536):
            self.request.sendall(piece)


class EchoServer(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A connection that a test broke is no news."""


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    """In front of a server that sends back what it is sent."""
    with EchoServer(("127.0.0.1", 0), Echo) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        host, port = server.server_address[:2]
        with Proxy((str(host), port)) as made:
            yield made
        server.shutdown()
        thread.join()


def connect(proxy: Proxy, *, seconds: float = 5.0) -> socket.socket:
    return socket.create_connection(("127.0.0.1", proxy.port), timeout=seconds)


def ask(held: socket.socket, what: bytes = b"hello") -> bytes:
    """What comes back, whole or as much as comes before the end."""
    held.sendall(what)
    found = b""
    while len(found) < len(what):
        piece = held.recv(65536)
        if not piece:
            break
        found += piece
    return found


def test_it_passes_everything_both_ways(proxy: Proxy) -> None:
    much = bytes(range(256)) * 8192
    with connect(proxy) as held:
        sender = threading.Thread(target=held.sendall, args=(much,))
        sender.start()
        found = b""
        while len(found) < len(much):
            found += held.recv(65536)
        sender.join()

    assert found == much
    assert (proxy.connected, proxy.requested) == (1, len(much))


def test_an_end_of_one_side_is_told_to_the_other(proxy: Proxy) -> None:
    with connect(proxy) as held:
        held.sendall(b"all")
        held.shutdown(socket.SHUT_WR)

        assert (held.recv(10), held.recv(10)) == (b"all", b"")


def test_a_delay_holds_each_reply_back_on_open_connections_too(proxy: Proxy) -> None:
    with connect(proxy) as held:
        assert ask(held) == b"hello"
        proxy.delay(0.3)

        started = time.monotonic()
        assert ask(held) == b"hello"

        assert time.monotonic() - started >= 0.3


def test_a_throttle_bounds_the_rate(proxy: Proxy) -> None:
    proxy.throttle(20_000)
    with connect(proxy) as held:
        started = time.monotonic()
        assert len(ask(held, b"x" * 6_000)) == 6_000

        assert time.monotonic() - started >= 0.3


def test_a_cut_closes_what_is_open_and_refuses_what_is_new_until_it_passes_again(proxy: Proxy) -> None:
    with connect(proxy) as held:
        assert ask(held) == b"hello"
        proxy.cut()

        assert held.recv(10) == b""
    with pytest.raises(ConnectionRefusedError):
        connect(proxy)

    proxy.passes()
    with connect(proxy) as held:
        assert ask(held) == b"hello"


def test_a_reset_breaks_what_is_open_and_what_is_new(proxy: Proxy) -> None:
    with connect(proxy) as held:
        assert ask(held) == b"hello"
        proxy.reset()
        with pytest.raises(ConnectionResetError):
            held.recv(10)

    with connect(proxy) as held, pytest.raises(ConnectionResetError):
        ask(held)


def test_half_a_reply_ends_as_if_it_were_all(proxy: Proxy) -> None:
    with connect(proxy) as held:
        proxy.half(7)
        assert ask(held, b"short") == b"short"
        assert ask(held, b"rather long") == b"rather "


def test_a_black_hole_takes_and_never_answers_and_what_it_swallowed_is_gone(proxy: Proxy) -> None:
    with connect(proxy) as old:
        assert ask(old) == b"hello"
        proxy.black_hole()
        with connect(proxy) as new:
            for held in (old, new):
                held.settimeout(0.2)
                with pytest.raises(TimeoutError):
                    ask(held)
                held.settimeout(5)
            proxy.passes()

            assert (old.recv(10), new.recv(10)) == (b"", b"")
    with connect(proxy) as held:
        assert ask(held) == b"hello"


def test_a_server_that_is_away_looks_like_a_closed_connection() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        with Proxy(nobody.getsockname()) as proxy, connect(proxy) as held:
            assert held.recv(10) == b""


def test_a_door_that_is_shut_in_somebodys_face_leaves_no_socket_behind(proxy: Proxy) -> None:
    """Warnings are errors here, and a transport that nobody closes warns when it is collected."""
    over = threading.Event()

    def knock() -> None:
        while not over.is_set():
            with suppress(OSError):
                connect(proxy, seconds=1).close()

    knocking = [threading.Thread(target=knock) for _ in range(4)]
    for thread in knocking:
        thread.start()
    for _ in range(100):
        proxy.cut()
        proxy.passes()
    over.set()
    for thread in knocking:
        thread.join()
    gc.collect()
