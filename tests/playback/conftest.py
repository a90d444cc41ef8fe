"""A film to watch, and ways to watch it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.conftest import Ask
from tests.people import Person
from tests.playback.library import Film, make_film

Start = Callable[..., dict[str, Any]]
Say = Callable[..., dict[str, Any]]


@pytest.fixture
def night_train(db: None) -> Film:
    """A movie for everyone."""
    return make_film()


@pytest.fixture
def start(gql: Ask) -> Start:
    """`start(person, film, device=..., device_id=...)`: the payload of startPlayback."""

    def begin(
        person: Person | None, film: Film, *, device: str = "Sofa", device_id: str | None = None
    ) -> dict[str, Any]:
        given = {"videoId": film.id, "deviceName": device, "deviceId": device_id}
        payload: dict[str, Any] = gql("StartPlayback", {"input": given}, as_=person)["data"]["startPlayback"]
        return payload

    return begin


@pytest.fixture
def say(gql: Ask) -> Say:
    """`say(operation, person, **input)`: the payload of a mutation of the contract."""

    def change(operation: str, person: Person | None, **given: Any) -> dict[str, Any]:
        answer = gql(operation, {"input": given}, as_=person)
        payload: dict[str, Any] = answer["data"][operation[0].lower() + operation[1:]]
        return payload

    return change


def codes(payload: dict[str, Any]) -> list[str]:
    """The codes of a mutation's errors."""
    return [error["code"] for error in payload["errors"]]


@pytest.fixture
def real_database(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """A database that several threads can write to, as in a running product.

    SQLite's tests use a database in memory, whose tables lock at once instead of waiting; here it is
    copied to a file for the length of a test.
    """
    if connection.vendor != "sqlite":
        yield
        return
    name, memory = connection.settings_dict["NAME"], connection.connection
    path = tmp_path / "db.sqlite3"
    with closing(sqlite3.connect(path)) as copy:
        memory.backup(copy)
    connection.connection = None
    connection.settings_dict["NAME"] = str(path)
    yield
    connection.close()
    connection.settings_dict["NAME"] = name
    connection.connection = memory
