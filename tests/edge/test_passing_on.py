"""What the application is told by an edge, and how bytes go through it in either direction."""

import http.client
import json
import re
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.edge.echo import Echo
from tests.edge.installation import METRICS_TOKEN, SECRET, Way
from tests.edge.raw import fetch
from tests.playback.library import segment_bytes
from tests.servers.nginx import NAME, Nginx, certificate, start_nginx
from tests.stores.server import free_port

SEGMENT = "video-720/00001.m4s"
SPOOFED = {
    "X_Forwarded_For": "198.51.100.7",
    "X_Forwarded_Proto": "https",
    "X_Forwarded_Host": "elsewhere.test",
    "X_Forwarded_Port": "444",
    "X_Real_IP": "198.51.100.7",
    "Forwarded": "for=198.51.100.7;host=elsewhere.test;proto=https",
    "Lantern_Edge": "x",
    "Lantern_Address": "/stream/x",
}


@pytest.fixture(scope="module")
def echo() -> Iterator[Echo]:
    server = Echo()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def plain(echo: Echo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    """An edge before the echo, with a folder of static files."""
    folder = tmp_path_factory.mktemp("plain")
    static = folder / "build" / "static" / "app"
    static.mkdir(parents=True)
    (static / "index-D4f5G6h7.js").write_text("export const plain = 1;\n")
    (static / "index-D4f5G6h7.js.gz").write_bytes(b"\x1f\x8b precompressed")
    (static / "logo.svg").write_text("<svg/>")
    (folder / "build" / "secret.txt").write_text("not static")
    nginx = start_nginx(
        folder / "nginx",
        EDGE_SECRET=SECRET,
        LANTERN_WEB=echo.address,
        LANTERN_BYTES=echo.address,
        LANTERN_OBJECTS="disk",
        LANTERN_BUILD=str(folder / "build"),
    )
    yield nginx
    nginx.stop()


@pytest.mark.parametrize(
    "path", ["/", "/graphql/", "/api/uploads/x", "/api/playback/x", "/admin/login/", "/images/x/y"]
)
def test_what_clients_say_of_themselves_changes_nothing(plain: Nginx, path: str) -> None:
    honest = json.loads(fetch(plain.port, path).body)
    spoofed = json.loads(fetch(plain.port, path, **SPOOFED).body)

    assert spoofed == honest
    assert honest["x-forwarded-for"] == "127.0.0.1"
    assert honest["x-forwarded-proto"] == "http"
    assert honest["host"] == honest["x-forwarded-host"] == f"{NAME}:{plain.port}"
    assert not {"forwarded", "lantern-edge", "lantern-address"} & set(honest)


@pytest.mark.parametrize("host", [NAME.upper(), f"{NAME}:1", f"{NAME}.", f"{NAME}:{'9' * 5}"])
def test_a_host_reaches_the_application_in_one_spelling(plain: Nginx, host: str) -> None:
    assert json.loads(fetch(plain.port, "/", host=host).body)["host"] == f"{NAME}:{plain.port}"


def test_addresses_reach_the_application_as_they_were_sent(plain: Nginx) -> None:
    for path in ("/title/%2e%2e/x", "/a/../b", "/a;b//c?d=%2F", "/stream/x/%2e/y.m3u8", "/%C3%A9"):
        assert json.loads(fetch(plain.port, path).body)["line"] == f"GET {path} HTTP/1.1"


@pytest.mark.parametrize("path", ["/api/uploads/x"])
def test_an_upload_is_passed_on_while_it_comes(plain: Nginx, echo: Echo, path: str) -> None:
    echo.body_begins.clear()
    with socket.create_connection(("127.0.0.1", plain.port), 20) as client:
        head = (
            f"PATCH {path} HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\nContent-Length: 5000000\r\n\r\n"
        )
        client.sendall(head.encode() + bytes(1000))
        assert echo.body_begins.wait(10)
        client.sendall(bytes(4_999_000))
        answer = http.client.HTTPResponse(client)
        answer.begin()
        assert answer.status == 200
        assert json.loads(answer.read())["content-length"] == "5000000"
        answer.close()


def test_other_bodies_are_bounded(plain: Nginx) -> None:
    assert fetch(plain.port, "/graphql/", "POST", Content_Length="3000000").status == 413


def test_news_are_passed_on_while_they_come(plain: Nginx, echo: Echo) -> None:
    echo.may_go_on.clear()
    with socket.create_connection(("127.0.0.1", plain.port), 20) as client:
        client.sendall(f"GET /api/playback/halves HTTP/1.1\r\nHost: {NAME}\r\n\r\n".encode())
        answer = http.client.HTTPResponse(client)
        answer.begin()
        assert answer.readline() == b"first\n"
        echo.may_go_on.set()
        assert answer.readline() == b"second\n"
        answer.close()


def test_static_files_come_from_the_disk(plain: Nginx) -> None:
    script = fetch(plain.port, "/static/app/index-D4f5G6h7.js")
    assert script.body == b"export const plain = 1;\n"
    assert script["Content-Type"] == "text/javascript; charset=utf-8"
    assert script["Cache-Control"] == "max-age=315360000, public, immutable"
    small = fetch(plain.port, "/static/app/index-D4f5G6h7.js", Accept_Encoding="gzip")
    assert (small["Content-Encoding"], small.body) == ("gzip", b"\x1f\x8b precompressed")
    logo = fetch(plain.port, "/static/app/logo.svg")
    assert (logo["Content-Type"], logo["Cache-Control"]) == ("image/svg+xml", "max-age=60, public")
    assert "line" in json.loads(fetch(plain.port, "/static/admin/of-a-package.css").body)
    for path in ("/static/../secret.txt", "/static/%2e%2e/secret.txt", "/static../secret.txt", "/secret.txt"):
        assert b"not static" not in fetch(plain.port, path).body


def test_passwords_are_not_guessed_at_full_speed(plain: Nginx) -> None:
    statuses = [fetch(plain.port, "/admin/login/", "POST").status for _ in range(40)]
    assert set(statuses) == {200, 429}
    assert fetch(plain.port, "/").status == 200


def test_an_uploads_address_is_the_sites_own(from_disk: Way) -> None:
    tus = {
        "Authorization": f"Bearer {from_disk.library.operator}",
        "Tus_Resumable": "1.0.0",
        "Upload_Length": "9",
    }
    metadata = {"Upload_Metadata": "filename ZmlsbS5tcDQ="}
    answer = from_disk.get("/api/uploads/", "POST", **tus, **metadata, **SPOOFED)
    assert answer.status == 201
    location = answer["Location"]
    assert location is not None
    assert "elsewhere" not in location
    assert from_disk.get(location, "HEAD", **tus)["Upload-Offset"] == "0"


def test_a_reload_under_load_drops_no_request(edge: Way) -> None:
    assert edge.nginx is not None
    path = edge.folder + SEGMENT
    done = threading.Event()

    def watch() -> list[bool]:
        good = []
        while not done.is_set():
            answer = edge.get(path)
            good.append(answer.status == 200 and answer.body == segment_bytes("video-720", 1))
        return good

    with ThreadPoolExecutor(4) as pool:
        watching = [pool.submit(watch) for _ in range(4)]
        try:
            for _ in range(3):
                edge.nginx.reload()
        finally:
            done.set()
        seen = [each.result() for each in watching]

    assert all(all(good) and good for good in seen)


@pytest.fixture(scope="module")
def secure(echo: Echo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Nginx, Path, int]]:
    """An edge that ends TLS; its certificate, and its port of plain HTTP."""
    folder = tmp_path_factory.mktemp("secure")
    tls, plain_port, tls_port = certificate(folder / "tls"), free_port(), free_port()
    nginx = start_nginx(
        folder / "nginx",
        EDGE_SECRET=SECRET,
        LANTERN_WEB=echo.address,
        LANTERN_BYTES=echo.address,
        LANTERN_OBJECTS="disk",
        LANTERN_LISTEN="tls",
        LANTERN_TLS=str(tls),
        LANTERN_PORT=f"127.0.0.1:{plain_port}",
        LANTERN_TLS_PORT=f"127.0.0.1:{tls_port}",
    )
    yield nginx, tls / "fullchain.pem", plain_port
    nginx.stop()


def test_tls_is_for_those_who_name_the_site(secure: tuple[Nginx, Path, int]) -> None:
    nginx, trusted, _ = secure
    context = ssl.create_default_context(cafile=str(trusted))
    context.set_alpn_protocols(["h2", "http/1.1"])
    with (
        socket.create_connection(("127.0.0.1", nginx.port), 20) as raw,
        context.wrap_socket(raw, server_hostname=NAME) as tls,
    ):
        assert tls.selected_alpn_protocol() == "h2"
        assert tls.version() == "TLSv1.3"
    context = ssl.create_default_context(cafile=str(trusted))
    with (
        socket.create_connection(("127.0.0.1", nginx.port), 20) as raw,
        context.wrap_socket(raw, server_hostname=NAME) as tls,
    ):
        tls.sendall(f"GET / HTTP/1.1\r\nHost: {NAME}\r\nX-Forwarded-Proto: http\r\n\r\n".encode())
        answer = http.client.HTTPResponse(tls)
        answer.begin()
        seen = json.loads(answer.read())
        answer.close()
    assert (seen["x-forwarded-proto"], seen["host"]) == ("https", f"{NAME}:{nginx.port}")
    with (
        socket.create_connection(("127.0.0.1", nginx.port), 20) as raw,
        context.wrap_socket(raw, server_hostname=NAME) as tls,
    ):
        tls.sendall(b"GET / HTTP/1.1\r\nHost: elsewhere.test\r\nConnection: close\r\n\r\n")
        assert tls.recv(100).startswith(b"HTTP/1.1 421 ")
    context.check_hostname = False
    for name in ("elsewhere.test", None):
        with (
            socket.create_connection(("127.0.0.1", nginx.port), 20) as raw,
            pytest.raises(ssl.SSLError),
            context.wrap_socket(raw, server_hostname=name),
        ):
            pass


def test_old_tls_is_refused(secure: tuple[Nginx, Path, int]) -> None:
    nginx, _, _ = secure
    for version, greeted in (("-tls1_1", False), ("-tls1_2", True)):
        argv = ["openssl", "s_client", "-connect", f"127.0.0.1:{nginx.port}", "-servername", NAME, version]
        argv += ["-cipher", "DEFAULT:@SECLEVEL=0"]
        done = subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=20)
        assert (done.returncode == 0) is greeted, done.stderr


def test_plain_http_leads_to_tls_and_repeats_no_address(secure: tuple[Nginx, Path, int]) -> None:
    _, _, port = secure
    answer = fetch(port, "/stream/a-token/x")
    assert (answer.status, answer["Location"]) == (301, f"https://{NAME}/")
    assert fetch(port, "/", host="elsewhere.test").status == 0


def test_what_players_say_in_their_requests_reaches_the_application(edge: Way) -> None:
    def starved() -> float:
        told = fetch(edge.application.port, "/metrics", Authorization=f"Bearer {METRICS_TOKEN}")
        (line,) = re.findall(rb"^lantern_cmcd_starved_total (\S+)", told.body, re.MULTILINE)
        return float(line)

    before = starved()
    folder = edge.start()[0]
    assert edge.get(folder + "video-720/00000.m4s", CMCD_Status="bs", CMCD_Request="bl=0").status == 200
    assert edge.get(folder + "video-720/00001.m4s?CMCD=bl%3D0%2Cbs").status == 200
    assert edge.get(folder + "audio-0/00001.m4s", Lantern_Cmcd="bs").status == 200
    assert starved() - before == 2
