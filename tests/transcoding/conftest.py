"""Films on their way through the factory."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.people import Person
from tests.serving.inside import answer_of, body_of, scope_of, serve
from tests.transcoding.films import make_film
from tests.transcoding.tus_client import BASE, TYPE, Send, b64
from transcoding.models import Asset
from transcoding.services.ingest import add_source
from transcoding.services.stopping import carry_on
from transcoding.services.working import work_once


@pytest.fixture(autouse=True)
def nobody_was_told_to_stop() -> None:
    carry_on()


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """Five seconds of a test chart with a tone: two segments, two chunks."""
    return make_film(tmp_path / "film.mkv")


@pytest.fixture
def asset(db: None, film: Path) -> Asset:
    """A film that has just arrived."""
    return add_source(path=film, file_name="A film.mkv")


@pytest.fixture
def planned(asset: Asset) -> Asset:
    """A film that has been looked at; nothing of it is made."""
    assert work_once()
    asset.refresh_from_db()
    return asset


@pytest.fixture
def ready(planned: Asset) -> Asset:
    """A film that is whole."""
    while work_once():
        pass
    planned.refresh_from_db()
    return planned


@pytest.fixture(params=["thread", "door"])
def send(operator: Person, request: pytest.FixtureRequest) -> Send:
    """`send(method, path, body, **headers)` as the operator, unless `as_` names somebody else or None.

    To a plain WSGI server, which has a thread for each request, and through the asynchronous door.
    """

    def sent(method: str, path: str = BASE, body: bytes = b"", **options: Any) -> Any:
        person = options.pop("as_", operator)
        headers = {"Tus-Resumable": "1.0.0", **options.pop("headers", {})}
        if person is not None:
            headers["Authorization"] = f"Bearer {person.token}"
        headers = {name: value for name, value in headers.items() if value is not None}
        kind = options.pop("content_type", TYPE)
        if request.param == "thread":
            return Client().generic(method, path, body, content_type=kind, headers=headers)
        headers |= {
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            "Host": headers.get("Host", "testserver"),
        }
        return answer_of(serve(scope_of(method, path, headers.items()), body_of(body, 3)))

    return sent


@pytest.fixture
def begin(send: Send) -> Callable[..., str]:
    """`begin(size, metadata)`: the address of a new upload."""

    def begun(size: int, metadata: str = "", **options: Any) -> str:
        response = send(
            "POST",
            headers={"Upload-Length": str(size), "Upload-Metadata": metadata or f"filename {b64('a.mkv')}"},
            content_type="",
            **options,
        )
        assert response.status_code == 201, response.content
        return str(response["Location"])

    return begun
