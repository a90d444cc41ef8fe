"""The product's own web processes on a test's database: what threads in one process cannot show."""

import http.client
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from tests.documents import document
from tests.people import Person
from tests.servers.deployed import Deployed

Serve = Callable[..., "Served"]


class Served(Deployed):
    """gunicorn over the database that the test itself reads and writes."""

    def post(self, path: str, body: object, person: Person) -> tuple[int, bytes]:
        """Status and body of one request with the person's token, over a connection of its own."""
        held = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Authorization": f"Bearer {person.token}", "Content-Type": "application/json"}
        try:
            held.request("POST", path, json.dumps(body), headers)
            answer = held.getresponse()
            return answer.status, answer.read()
        finally:
            held.close()

    def change(self, operation: str, person: Person, **given: Any) -> dict[str, Any]:
        """The payload of a mutation of the contract."""
        body = {"query": document(operation), "variables": {"input": given}}
        status, answer = self.post("/graphql/", body, person)
        assert status == 200, (status, answer)
        payload: dict[str, Any] = json.loads(answer)["data"][operation[0].lower() + operation[1:]]
        return payload


@pytest.fixture
def serve(real_database: None, tmp_path: Path) -> Iterator[Serve]:
    """`serve(NAME=value)`: processes with these settings. The test's rows are committed, so they see them."""
    begun: list[Served] = []

    def start(**changes: str) -> Served:
        begun.append(
            Served(
                tmp_path,
                DATABASE_URL=_address(),
                SECRET_KEY=settings.SECRET_KEY,
                LOG_LEVEL="WARNING",
                **changes,
            )
        )
        return begun[-1]

    yield start
    for each in begun:
        each.stop()


def _address() -> str:
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    return f"postgres://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/{given['NAME']}"
