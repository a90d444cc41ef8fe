import socket
from collections.abc import Iterator
from http.client import HTTPConnection
from wsgiref.simple_server import WSGIServer

import pytest

from vod.lib import metrics


@pytest.mark.parametrize(
    ("route", "label"),
    [
        (None, "none"),
        ("graphql/", "graphql"),
        ("stream/<path:rest>", "stream"),
        ("images/<str:signature>/<path:key>", "images"),
        ("api/uploads/<uuid:upload>", "api/uploads"),
        ("admin/catalog/title/<path:object_id>/change/", "admin"),
        ("accounts/password/reset/", "accounts"),
        ("^(?!static/|api/|stream/|images/|graphql).*$", "app"),
        ("", "app"),
    ],
)
def test_a_route_is_told_by_its_fixed_beginning(route: str | None, label: str) -> None:
    assert metrics.route_label(route) == label


class Pool:
    def get_stats(self) -> dict[str, int]:
        return {"pool_size": 4, "pool_available": 1, "requests_waiting": 2}


class Connection:
    pool = Pool()


def test_a_pool_tells_how_it_stands() -> None:
    metrics.note_pool(object())
    metrics.note_pool(Connection())

    text = metrics.exposition()
    assert b'lantern_database_pool{state="open"} 4.0' in text
    assert b'lantern_database_pool{state="free"} 1.0' in text
    assert b'lantern_database_pool{state="waited_for"} 2.0' in text


@pytest.fixture(params=[None, "a token of some length"])
def served(request: pytest.FixtureRequest) -> Iterator[tuple[WSGIServer, str | None]]:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    server = metrics.serve(port, token=request.param)
    yield server, request.param
    server.shutdown()
    server.server_close()


def test_a_worker_tells_its_figures_to_who_has_the_token(served: tuple[WSGIServer, str | None]) -> None:
    server, token = served

    def ask(path: str, **headers: str) -> tuple[int, bool]:
        connection = HTTPConnection("127.0.0.1", server.server_port, timeout=5)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        found = answer.status, b"lantern_" in answer.read()
        connection.close()
        return found

    assert ask("/healthz") == (200, False)
    assert ask("/metrics", Authorization=f"Bearer {token}") == (200, True)
    assert ask("/metrics") == ((404, False) if token else (200, True))
    assert ask("/other") == (404, False)
    assert server.server_address[0] == ("0.0.0.0" if token else "127.0.0.1")
