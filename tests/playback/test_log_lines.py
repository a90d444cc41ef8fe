"""What a line of the log says of a stream."""

import json
import logging
from collections.abc import Iterator

import pytest
from django.test import Client

from playback.models import PlaybackSession
from tests.people import Person
from tests.playback.conftest import Start
from tests.playback.library import Film
from vod.lib.logs import JsonFormatter


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """The lines that requests leave."""
    found: list[str] = []
    formatter = JsonFormatter()
    listener = logging.Handler()
    listener.emit = lambda record: found.append(formatter.format(record))  # type: ignore[method-assign]
    logger = logging.getLogger("vod.lib.requests")
    logger.addHandler(listener)
    yield found
    logger.removeHandler(listener)


def test_it_names_the_session_and_not_its_token(
    night_train: Film, start: Start, owner: Person, client: Client, lines: list[str]
) -> None:
    address = start(owner, night_train)["session"]["manifestUrl"]
    lines.clear()

    answer = client.get(address)

    (line,) = lines
    said = json.loads(line)
    session = PlaybackSession.objects.get()
    assert (said["session"], said["status"]) == (str(session.pk), answer.status_code)
    assert said["user"] == str(owner.user.pk)
    assert said["request"] == answer["X-Request-Id"]
    token = address.split("/stream/")[1].split("/")[0]
    assert token not in line
