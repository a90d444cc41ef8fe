"""Pages go on without Redis: who signs in, browses and lists notices nothing but a moment, once."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django import Settings

from accounts.models import AttemptCount
from tests.conftest import Ask
from tests.people import PASSWORD, Person
from tests.servers.proxy import Proxy
from tests.servers.redis import RedisServer


@pytest.fixture
def line(redis_server: RedisServer, settings: Settings) -> Iterator[Proxy]:
    with Proxy(("127.0.0.1", redis_server.port)) as proxy:
        url = redis_server.url(7, port=proxy.port)
        settings.REDIS_URL = url
        settings.CACHES = {"default": {"BACKEND": "vod.lib.cache.backends.OpenRedisCache", "LOCATION": url}}
        yield proxy


def sign_in(gql: Ask, person: Person, password: str) -> dict[str, Any]:
    answer = gql("SignIn", {"input": {"email": person.user.email, "password": password}})
    payload: dict[str, Any] = answer["data"]["signIn"]
    return payload


@pytest.mark.parametrize("fault", ["cut", "black_hole", "reset"])
def test_one_signs_in_and_sees_home_without_redis_and_wrong_passwords_still_count(
    fault: str, line: Proxy, gql: Ask, owner: Person, settings: Settings
) -> None:
    settings.SIGN_IN_ATTEMPTS = 3
    # The first of all requests loads half the program.
    assert sign_in(gql, owner, PASSWORD)["token"]
    assert "errors" not in gql("Home", as_=owner)
    getattr(line, fault)()

    began = time.monotonic()
    assert sign_in(gql, owner, PASSWORD)["token"]
    assert "errors" not in gql("Home", as_=owner)
    assert time.monotonic() - began < 5
    codes = [sign_in(gql, owner, "wrong")["errors"][0]["code"] for _ in range(5)]

    assert codes == ["WRONG_CREDENTIALS"] * 3 + ["TOO_MANY_ATTEMPTS"] * 2
    assert AttemptCount.objects.exists()


def test_sessions_are_in_the_database(settings: Settings) -> None:
    assert settings.SESSION_ENGINE == "django.contrib.sessions.backends.db"
