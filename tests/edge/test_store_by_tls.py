"""A store behind TLS: an edge believes it by its certificate and by nothing else."""

import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.edge.raw import Answer, fetch
from tests.servers.nginx import certificate, start_nginx

STORE = "films.store.test"
BODY = b"bytes of a store. " * 100
ADDRESS = "/stream/a.b.c/x/video-720/00001.m4s"


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that does not like our certificate hangs up; that is the test."""


@contextmanager
def running(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield
    server.shutdown()
    server.server_close()


class Bucket(BaseHTTPRequestHandler):
    """One object, in ranges."""

    heads: list[str] = []

    def do_GET(self) -> None:
        Bucket.heads.append(f"{self.requestline}\n{self.headers}")
        self.send_response(206)
        self.send_header("Content-Range", f"bytes 0-{len(BODY) - 1}/{len(BODY)}")
        self.send_header("Content-Length", str(len(BODY)))
        self.send_header("Content-Type", "text/html")
        self.send_header("Set-Cookie", "store=1")
        self.send_header("X-Accel-Redirect", "/etc/passwd")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, *_args: object) -> None:
        """Nothing."""


class Judge(BaseHTTPRequestHandler):
    """An application that says yes to everything, and names the bucket's object."""

    origin = ""

    def do_GET(self) -> None:
        self.send_response(204)
        for name, value in (
            ("X-Accel-Expires", "5"),
            ("Lantern-Key", "assets/x/00001.m4s"),
            ("Lantern-Origin", Judge.origin),
            ("Lantern-Type", "video/mp4"),
            ("Lantern-Size", str(len(BODY))),
            ("Lantern-ETag", '"abc"'),
            ("Lantern-Cache", "private"),
        ):
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Nothing."""


class Names(socketserver.BaseRequestHandler):
    """A name server (RFC 1035): every name has the address 127.0.0.1, and none of IPv6."""

    def handle(self) -> None:
        query, connection = self.request
        end = query.index(b"\0", 12) + 5
        is_v4 = query[end - 4 : end - 2] == b"\0\x01"
        head = query[:2] + b"\x81\x80\0\x01" + bytes([0, is_v4]) + b"\0\0\0\0"
        answer = b"\xc0\x0c\0\x01\0\x01\0\0\0\x1e\0\x04\x7f\0\0\x01" if is_v4 else b""
        connection.sendto(head + query[12:end] + answer, self.client_address)


@dataclass(frozen=True)
class Store:
    """A bucket behind TLS, with its certificate, and an application that sends edges there."""

    certificate: Path
    bucket: int
    application: int
    names: int

    def ask(self, folder: Path, *, believed: Path, keeps: bool = False) -> Answer:
        """What an edge answers a viewer that believes the certificates of the folder `believed`.

        `keeps`: the store's name is a group of addresses, so that connections to it are kept (docs/delivery.md).
        """
        port = "" if keeps else f":{self.bucket}"
        Judge.origin = f"https://{STORE}{port}/films/x?X-Amz-Signature=secret"
        group = f"upstream {STORE} {{ server 127.0.0.1:{self.bucket}; keepalive 16; }}" if keeps else ""
        nginx = start_nginx(
            folder / "nginx",
            change=lambda text: text.replace("include lantern/own/*.conf;", group),
            EDGE_SECRET="x" * 40,
            LANTERN_WEB=f"127.0.0.1:{self.application}",
            LANTERN_BYTES=f"127.0.0.1:{self.application}",
            LANTERN_OBJECTS="s3",
            LANTERN_RESOLVER=f"127.0.0.1:{self.names}",
            LANTERN_CA=str(believed / "fullchain.pem"),
        )
        try:
            return fetch(
                nginx.port, ADDRESS, Cookie="sessionid=1", Authorization="Bearer x", Referer="https://x/"
            )
        finally:
            nginx.stop()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    tmp_path.chmod(0o755)
    own = certificate(tmp_path / "own", STORE)
    bucket, judge = _Server(("127.0.0.1", 0), Bucket), _Server(("127.0.0.1", 0), Judge)
    names = socketserver.UDPServer(("127.0.0.1", 0), Names)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own / "fullchain.pem", own / "privkey.pem")
    bucket.socket = context.wrap_socket(bucket.socket, server_side=True, do_handshake_on_connect=False)
    Bucket.heads.clear()
    with running(bucket), running(judge), running(names):
        yield Store(own, bucket.server_port, judge.server_port, names.server_address[1])


@pytest.mark.parametrize("keeps", [False, True], ids=["looked up", "a group"])
def test_a_store_is_found_by_its_name_and_told_nothing_of_the_viewer(
    store: Store, tmp_path: Path, keeps: bool
) -> None:
    answer = store.ask(tmp_path, believed=store.certificate, keeps=keeps)

    assert (answer.status, answer.body) == (200, BODY)
    # What the store says beside its bytes is nobody's business.
    assert (answer["Content-Type"], answer["Cache-Control"], answer["ETag"]) == (
        "video/mp4",
        "private",
        '"abc"',
    )
    assert answer["Set-Cookie"] is None
    (head,) = Bucket.heads
    assert head.startswith("GET /films/x?X-Amz-Signature=secret HTTP/1.1\n")
    for private in ("sessionid", "Bearer", "https://x/", "lantern.test", "a.b.c", "Lantern", "Forwarded"):
        assert private not in head


def test_a_store_that_nobody_vouches_for_is_asked_for_nothing(store: Store, tmp_path: Path) -> None:
    other = certificate(tmp_path / "other", STORE)
    answer = store.ask(tmp_path, believed=other)
    assert (answer.status, answer.body, Bucket.heads) == (503, b"", [])
