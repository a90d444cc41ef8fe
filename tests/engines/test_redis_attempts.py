"""Attempts are counted the same way in Redis and in the database, and in one of them always."""

import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from pytest_django import Settings

from accounts.attempts import Limit, forget, give_back, take
from accounts.errors import AccountError
from accounts.models import AttemptCount
from tests.servers.proxy import Proxy
from tests.servers.redis import RedisServer
from vod.lib.redis import breaker


@pytest.fixture(params=["database", "redis"])
def counted(request: pytest.FixtureRequest, db: None, settings: Settings) -> str:
    """Where attempts are counted."""
    if request.param == "redis":
        server: RedisServer = request.getfixturevalue("redis_server")
        settings.REDIS_URL = server.url(4)
    return str(request.param)


def allowed(limit: Limit, tries: int) -> int:
    """How many of so many attempts are."""
    return sum(1 for _ in range(tries) if refusal(lambda: take(limit)) is None)


def refusal(attempt: Callable[[], None]) -> str | None:
    try:
        attempt()
    except AccountError as error:
        return str(error)
    return None


def test_so_many_are_allowed_and_then_a_pause_begins(counted: str) -> None:
    limit = Limit("door", tries=3, seconds=900)

    assert allowed(limit, 5) == 3
    refused = refusal(lambda: take(limit))
    # By the clock a second or two of it may be over.
    assert re.fullmatch(r"Too many attempts\. Try again in (900|89\d) seconds\.", refused or "")
    assert AttemptCount.objects.count() == (counted == "database")


def test_doors_do_not_share_their_attempts(counted: str) -> None:
    assert allowed(Limit("one", tries=2, seconds=900), 5) == 2
    assert allowed(Limit("other", tries=2, seconds=900), 5) == 2


def test_what_is_given_back_may_be_tried_again_and_no_more_than_was_taken(counted: str) -> None:
    limit = Limit("door", tries=2, seconds=900)
    take(limit)
    for _ in range(3):
        give_back(limit)

    assert allowed(limit, 5) == 2


def test_a_known_secret_clears_the_door(counted: str) -> None:
    limit = Limit("door", tries=2, seconds=900)
    assert allowed(limit, 5) == 2

    forget(limit)

    assert allowed(limit, 5) == 2


def test_the_pause_ends_and_begins_with_the_last_attempt(counted: str) -> None:
    limit = Limit("door", tries=2, seconds=1)
    take(limit)
    time.sleep(0.6)
    take(limit)
    time.sleep(0.6)
    assert refusal(lambda: take(limit)) == "Too many attempts. Try again in 1 seconds."
    time.sleep(0.5)

    assert allowed(limit, 5) == 2


@pytest.fixture
def line(redis_server: RedisServer, settings: Settings, db: None) -> Iterator[Proxy]:
    with Proxy(("127.0.0.1", redis_server.port)) as proxy:
        settings.REDIS_URL = redis_server.url(4, port=proxy.port)
        yield proxy


@pytest.mark.parametrize("fault", ["cut", "black_hole", "reset"])
def test_while_redis_is_away_the_database_counts(fault: str, line: Proxy, settings: Settings) -> None:
    limit = Limit("door", tries=3, seconds=900)
    assert allowed(limit, 5) == 3

    getattr(line, fault)()
    began = time.monotonic()
    assert allowed(limit, 5) == 3
    assert time.monotonic() - began < 2

    line.passes()
    breaker(settings.REDIS_URL).forget()
    assert allowed(limit, 5) == 0


def test_many_at_once_get_no_more_attempts_than_one(redis_server: RedisServer, settings: Settings) -> None:
    settings.REDIS_URL = redis_server.url(4)
    limit = Limit("the one door", tries=10, seconds=900)

    with ThreadPoolExecutor(8) as pool:
        counts = [one.result() for one in [pool.submit(allowed, limit, 20) for _ in range(8)]]

    assert sum(counts) == 10
