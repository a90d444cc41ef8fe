"""How pages speak to Redis: with little patience, and not at all for some seconds after it let them down."""

import functools
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

T = TypeVar("T")

#: What a Redis that is away or unwell raises.
FAULTS = (redis.RedisError, OSError)
_AWAY_SECONDS = 5.0


def client_options() -> dict[str, Any]:
    """Options of a connection for pages. Seconds; a viewer must not feel a Redis that hangs."""
    return {
        "socket_connect_timeout": 0.3,
        "socket_timeout": 0.3,
        "socket_keepalive": True,
        # A connection that Redis closed, or lost with its restart, is made anew once. A wait is not repeated.
        "retry": Retry(NoBackoff(), 1, supported_errors=(redis.ConnectionError,)),
    }


class Away(Exception):
    """Redis did not answer, or did not a moment ago and is not asked now."""


class Breaker:
    """Remembers that a server is away, so that of many requests one waits, and that one every few seconds."""

    def __init__(self) -> None:
        self._until = 0.0
        self._lock = threading.Lock()

    def call(self, ask: Callable[[], T]) -> T:
        """What `ask` answers. Raises Away, at once where the server was away within the last seconds."""
        with self._lock:
            now = time.monotonic()
            if now < self._until:
                raise Away("It was away a moment ago.")
            if self._until:
                # One tries; the others go on without until it knows.
                self._until = now + _AWAY_SECONDS
        try:
            answer = ask()
        except FAULTS as error:
            with self._lock:
                self._until = time.monotonic() + _AWAY_SECONDS
            raise Away(str(error)) from error
        self._until = 0.0
        return answer

    def forget(self) -> None:
        """Asks again at once."""
        self._until = 0.0


@functools.cache
def _client(url: str) -> "redis.Redis[bytes]":
    return redis.Redis(connection_pool=redis.ConnectionPool.from_url(url, **client_options()))


@functools.cache
def breaker(url: str) -> Breaker:
    """The one of this process for a server."""
    return Breaker()


def ask_redis(ask: Callable[["redis.Redis[bytes]"], T]) -> T:
    """What `ask` answers, given a client of the installation's Redis. Raises Away where there is none, or it is away."""
    url = settings.REDIS_URL
    if not url:
        raise Away("There is no Redis.")
    return breaker(url).call(lambda: ask(_client(url)))


def key(*parts: str) -> str:
    """A name in Redis that is this installation's own."""
    return ":".join((settings.REDIS_PREFIX, *parts))
