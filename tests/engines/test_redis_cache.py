"""The cache over each of its backends: one computation for all who ask, and nothing breaks without it."""

import shutil
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache, caches
from pytest_django import Settings

from tests.servers.proxy import Proxy
from tests.servers.redis import RedisServer
from vod.lib.cache import alone, edition, new_edition, remembered
from vod.lib.redis import breaker

LOCMEM = "django.core.cache.backends.locmem.LocMemCache"
FILES = "vod.lib.cache.backends.FileCache"
REDIS = "vod.lib.cache.backends.OpenRedisCache"


def on_redis(url: str, prefix: str = "lantern") -> dict[str, Any]:
    return {"default": {"BACKEND": REDIS, "LOCATION": url, "KEY_PREFIX": f"{prefix}:cache"}}


@pytest.fixture(params=["locmem", "files", "redis"])
def everywhere(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> None:
    """Each cache that an installation may have."""
    if request.param == "locmem":
        settings.CACHES = {"default": {"BACKEND": LOCMEM, "LOCATION": str(tmp_path)}}
    elif request.param == "files":
        settings.CACHES = {"default": {"BACKEND": FILES, "LOCATION": str(tmp_path / "cache")}}
    else:
        server: RedisServer = request.getfixturevalue("redis_server")
        settings.CACHES = on_redis(server.url(3))


@pytest.fixture
def line(redis_server: RedisServer, settings: Settings) -> Iterator[Proxy]:
    """A proxy between the cache and Redis."""
    with Proxy(("127.0.0.1", redis_server.port)) as proxy:
        settings.CACHES = on_redis(redis_server.url(3, port=proxy.port))
        yield proxy
        caches["default"].close()


class Kitchen:
    """Counts what it makes, and can be slow."""

    def __init__(self, *, seconds: float = 0.0) -> None:
        self.made = 0
        self.seconds = seconds
        self._lock = threading.Lock()

    def __call__(self) -> list[int]:
        with self._lock:
            self.made += 1
            number = self.made
        time.sleep(self.seconds)
        return [number]


def test_a_value_is_made_once_for_many_who_ask_at_once(everywhere: None) -> None:
    kitchen = Kitchen(seconds=0.2)

    with ThreadPoolExecutor(16) as pool:
        asked = [pool.submit(remembered, "dish", kitchen, fresh=60) for _ in range(16)]
        answers = [one.result() for one in asked]

    assert kitchen.made == 1
    assert answers == [[1]] * 16


def test_an_old_value_serves_while_one_asker_makes_a_new_one(everywhere: None) -> None:
    slow = Kitchen(seconds=2)
    assert remembered("dish", lambda: ["old"], fresh=0.05, grace=60) == ["old"]
    time.sleep(0.1)

    with ThreadPoolExecutor(1) as pool:
        maker = pool.submit(remembered, "dish", slow, fresh=60, grace=60)
        while slow.made == 0:
            time.sleep(0.005)
        began = time.monotonic()
        assert str(remembered("dish", slow, fresh=60, grace=60)) == "['old']"
        assert time.monotonic() - began < 1
        assert maker.result() == [1]

    assert remembered("dish", slow, fresh=60, grace=60) == [1]
    assert slow.made == 1


def test_without_grace_an_old_value_is_gone(everywhere: None) -> None:
    assert remembered("dish", lambda: "old", fresh=0.05) == "old"
    time.sleep(0.1)

    assert remembered("dish", lambda: "new", fresh=60) == "new"


def test_a_failure_is_told_to_who_made_it_and_the_next_makes_anew(everywhere: None) -> None:
    def burn() -> str:
        raise KeyError("burnt")

    with pytest.raises(KeyError):
        remembered("dish", burn, fresh=60)

    assert remembered("dish", lambda: "good", fresh=60) == "good"


def test_who_waits_for_one_that_died_makes_it_after_a_while(
    everywhere: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vod.lib.cache._PATIENCE", 0.2)
    cache.add("dish:making", 1, timeout=30)

    assert remembered("dish", lambda: "mine", fresh=60) == "mine"


@pytest.mark.django_db(transaction=True)
def test_an_edition_holds_until_a_new_one_and_all_agree_on_it(everywhere: None) -> None:
    with ThreadPoolExecutor(8) as pool:
        seen = {one.result() for one in [pool.submit(edition, "books") for _ in range(8)]}
    assert len(seen) == 1
    assert {edition("books")} == seen

    new_edition("books")

    assert edition("books") not in seen


def test_of_many_one_is_alone(everywhere: None) -> None:
    with alone("desk", seconds=30) as first, alone("desk", seconds=30) as second:
        assert (first, second) == (True, False)
    with alone("desk", seconds=30) as third:
        assert third


def test_two_installations_share_a_server_and_clear_only_their_own(
    redis_server: RedisServer, settings: Settings
) -> None:
    settings.CACHES = on_redis(redis_server.url(3), "theirs")
    cache.set("word", "theirs")
    settings.CACHES = on_redis(redis_server.url(3), "ours")
    cache.set("word", "ours")

    cache.clear()

    assert cache.get("word") is None
    with redis_server.client(3) as client:
        assert client.keys() == ["theirs:cache:1:word"]


def test_redis_holds_no_pickles(redis_server: RedisServer, settings: Settings) -> None:
    settings.CACHES = on_redis(redis_server.url(3))
    remembered("dish", lambda: {"a": ["b", 1, None]}, fresh=60)

    with redis_server.client(3) as client:
        assert str(client.get("lantern:cache:1:dish")).endswith(', {"a": ["b", 1, null]}]')


@pytest.mark.parametrize("fault", ["cut", "black_hole", "reset"])
def test_without_redis_everything_is_made_and_only_the_first_waits(
    fault: str, line: Proxy, redis_server: RedisServer
) -> None:
    assert remembered("dish", lambda: "kept", fresh=60) == "kept"
    getattr(line, fault)()

    took = []
    for number in range(5):
        began = time.monotonic()
        assert remembered("dish", lambda number=number: number, fresh=60) == number  # type: ignore[misc]
        took.append(time.monotonic() - began)

    assert took[0] < 0.9
    assert sum(took[1:]) < 0.2
    assert (
        cache.get("dish"),
        cache.get("dish", 7),
        cache.add("a", 1),
        cache.incr("n"),
        cache.delete("a"),
    ) == (
        None,
        7,
        True,
        1,
        False,
    )
    assert (cache.get_many(["a"]), cache.has_key("a"), cache.touch("a"), cache.set_many({"a": 1})) == (
        {},
        False,
        False,
        [],
    )

    line.passes()
    breaker(redis_server.url(3, port=line.port)).forget()
    assert remembered("dish", lambda: "new", fresh=60) == "kept"


def test_after_a_restart_of_redis_nobody_notices_anything(line: Proxy, redis_server: RedisServer) -> None:
    assert remembered("dish", lambda: "first", fresh=60) == "first"

    redis_server.stop()
    redis_server.start()

    assert remembered("dish", lambda: "second", fresh=60) == "second"
    assert remembered("dish", lambda: "third", fresh=60) == "second"


def test_a_cache_of_files_that_cannot_be_used_stops_nobody(settings: Settings, tmp_path: Path) -> None:
    settings.CACHES = {"default": {"BACKEND": FILES, "LOCATION": str(tmp_path / "cache")}}
    cache.set("dish", "soup")
    (damaged,) = (tmp_path / "cache").glob("*.djcache")
    damaged.write_bytes(b"\x80no pickle")
    assert cache.get("dish", "nothing") == "nothing"
    cache.set("dish", "bread")
    assert cache.get("dish") == "bread"

    # A file where the folder should be: nothing can be written, as on a full disk.
    shutil.rmtree(tmp_path / "cache")
    (tmp_path / "cache").write_text("")
    kitchen = Kitchen()
    assert remembered("dish", kitchen, fresh=60) == [1]
    assert cache.add("dish", "soup") is True
    assert edition("menu")
