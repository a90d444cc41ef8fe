import json
import threading
import time
from collections.abc import Iterator

import pytest
from django.test import Client

from vod import probes
from vod.lib import leaving
from vod.lib.health import Dependency, ask, can_serve


def fails() -> None:
    raise OSError("10.0.0.3 refused")


def test_what_works_is_ok_and_what_fails_is_told_by_how_much_it_matters() -> None:
    found = ask(
        [
            Dependency("database", lambda: None),
            Dependency("objects", fails),
            Dependency("cache", fails, required=False),
        ]
    )

    assert found == {"database": "ok", "objects": "down", "cache": "degraded"}
    assert not can_serve(found)
    assert can_serve({"database": "ok", "cache": "degraded"})


def test_what_was_found_is_remembered_for_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[float] = []
    one = Dependency("database", lambda: tries.append(time.monotonic()))

    for _ in range(50):
        ask([one])
    assert len(tries) == 1
    monkeypatch.setattr("vod.lib.health._REMEMBERED_SECONDS", 0)
    ask([one])
    assert len(tries) == 2


def test_one_that_hangs_holds_one_thread_and_nobody_waits_for_it_twice() -> None:
    released, tries = threading.Event(), []

    def hang() -> None:
        tries.append(1)
        released.wait(20)

    one = Dependency("objects", hang)
    started = time.monotonic()
    words = [ask([one], seconds=0.3)["objects"] for _ in range(20)]
    took = time.monotonic() - started
    released.set()

    assert words == ["down"] * 20
    assert len(tries) == 1
    assert took < 2


def test_one_that_answers_late_is_ok_again() -> None:
    released = threading.Event()

    def hang() -> None:
        released.wait(20)

    one = Dependency("objects", hang)

    assert ask([one], seconds=0.1) == {"objects": "down"}
    released.set()
    assert one._news.wait(5)
    assert ask([one]) == {"objects": "ok"}


@pytest.fixture
def leaves() -> Iterator[None]:
    leaving.say_leaving()
    yield
    leaving._shared[0] = 0


@pytest.mark.usefixtures("leaves")
def test_a_process_that_is_about_to_end_says_so(client: Client) -> None:
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (503, {"process": "leaving"})


def test_a_reason_is_for_the_log_alone(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(probes, "_dependencies", lambda: (Dependency("database", fails),))

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert json.loads(answer.content) == {"database": "down"}
    assert "10.0.0.3 refused" in caplog.text
