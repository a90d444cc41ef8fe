"""Home over Redis: one computation for all who ask after a flush, and none of it needed."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from pytest_django import Settings

from catalog.selectors import choice as choices_of
from catalog.selectors import home as homes
from tests.servers.proxy import Proxy
from tests.servers.redis import RedisServer
from vod.lib.actor import Actor

ADULT, TEEN, KID = Actor(), Actor(maturity_limit=16), Actor(is_kids=True, maturity_limit=7)


class Choices:
    """Stands in for the statements that choose titles, and counts them."""

    def __init__(self) -> None:
        self.of: list[Actor] = []
        self._lock = threading.Lock()

    def __call__(self, actor: Actor) -> Any:
        with self._lock:
            self.of.append(actor)
        time.sleep(0.1)
        lists: dict[str, Any] = {
            name: [] for name in ("newest", "series", "genres", "heroes", "trending", "top", "collections")
        }
        return {**lists, "until": None}


@pytest.fixture
def choices(monkeypatch: pytest.MonkeyPatch) -> Choices:
    made = Choices()
    monkeypatch.setattr(choices_of, "_choose", made)
    monkeypatch.setattr(homes, "own_sources", [])
    return made


def use(settings: Settings, url: str) -> None:
    settings.CACHES = {
        "default": {"BACKEND": "vod.lib.cache.backends.OpenRedisCache", "LOCATION": url, "KEY_PREFIX": "home"}
    }


def test_after_a_flush_each_audience_is_chosen_for_once_however_many_ask(
    choices: Choices, redis_server: RedisServer, settings: Settings
) -> None:
    use(settings, redis_server.url(6))
    audience = [ADULT, TEEN, KID, ADULT] * 8
    with ThreadPoolExecutor(32) as pool:
        for _ in range(2):
            redis_server.flush()
            choices.of.clear()
            list(pool.map(homes.home, audience))

            assert sorted(choices.of, key=repr) == sorted((ADULT, TEEN, KID), key=repr)
            list(pool.map(homes.home, audience))
            assert len(choices.of) == 3


def test_without_redis_home_is_there_and_nobody_waits_long(
    choices: Choices, redis_server: RedisServer, settings: Settings
) -> None:
    with Proxy(("127.0.0.1", redis_server.port)) as proxy:
        use(settings, redis_server.url(6, port=proxy.port))
        proxy.black_hole()
        took = []
        for _ in range(3):
            began = time.monotonic()
            homes.home(ADULT)
            took.append(time.monotonic() - began)

    assert len(choices.of) == 3
    assert took[0] < 1.2
    assert max(took[1:]) < 0.4
