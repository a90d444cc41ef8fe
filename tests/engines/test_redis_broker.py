"""Redis as the broker: absences and flushes cost time and nothing else, for workers and for those who send."""

import os
import signal
import time
from collections.abc import Iterator

import pytest
from celery import Celery

from tests.engines.conftest import Messages
from tests.engines.workers import Crew, wait_for
from tests.servers.proxy import Proxy
from tests.servers.redis import RedisServer
from vod.lib import queue
from vod.lib.queue import waiting_messages


@pytest.fixture
def sender(messages: Messages, redis_server: RedisServer) -> Iterator[Celery]:
    """Sends to the database of the worker, past the proxy."""
    app = messages(redis_server.url(1))
    yield app
    app.close()


def send(app: Celery, made: Crew, task: str, word: str, lane: str = "first") -> None:
    app.send_task(f"tests.{task}", args=(str(made.notes), word), queue=lane, retry=False)


def come_back(app: Celery, made: Crew, word: str) -> None:
    """Waits until the worker takes messages again."""
    send(app, made, "note", word)
    wait_for(lambda: made.has(word), f"{word} after the absence", made)


def test_a_pool_grows_with_its_work_shrinks_without_and_outlives_a_killed_child(
    crew_of_the_run: Crew, sender: Celery
) -> None:
    made = crew_of_the_run
    for word in ("a", "b", "c"):
        send(sender, made, "wait", word)
    wait_for(lambda: made.has("a", "b", "c"), "three at once", made)
    assert len(made.children()) == 3

    for word in ("a", "b", "c"):
        (made.notes / f"{word}.go").touch()
    wait_for(lambda: made.has("a.done", "b.done", "c.done") and len(made.children()) == 1, "one child", made)
    os.kill(made.children()[0], signal.SIGKILL)
    come_back(sender, made, "after-the-kill")

    assert made.process.poll() is None


def test_a_flush_loses_messages_and_no_worker(
    crew_of_the_run: Crew, sender: Celery, redis_server: RedisServer
) -> None:
    made = crew_of_the_run
    send(sender, made, "wait", "before-the-flush")
    wait_for(lambda: made.has("before-the-flush"), "a task that runs", made)

    redis_server.flush()
    come_back(sender, made, "after-the-flush")
    (made.notes / "before-the-flush.go").touch()

    wait_for(lambda: made.has("before-the-flush.done"), "the end of what ran", made)


def test_a_worker_outlasts_a_redis_that_is_started_anew(
    crew_of_the_run: Crew, sender: Celery, redis_server: RedisServer
) -> None:
    made = crew_of_the_run
    send(sender, made, "wait", "through-it-all")
    wait_for(lambda: made.has("through-it-all"), "a task that runs", made)
    before = made.process.pid

    redis_server.stop()
    time.sleep(1.5)
    redis_server.start()
    come_back(sender, made, "after-the-restart")
    (made.notes / "through-it-all.go").touch()

    wait_for(lambda: made.has("through-it-all.done"), "the end of what ran", made)
    assert (made.process.pid, made.process.poll()) == (before, None)


def test_a_worker_comes_back_after_a_line_swallowed_everything(
    crew_of_the_run: Crew, sender: Celery, line: Proxy
) -> None:
    made = crew_of_the_run
    line.black_hole()
    time.sleep(1.5)
    line.passes()

    come_back(sender, made, "after-the-black-hole")


def test_nothing_of_the_broker_lies_outside_of_the_installations_prefix(
    crew_of_the_run: Crew, sender: Celery, redis_server: RedisServer
) -> None:
    made = crew_of_the_run
    send(sender, made, "wait", "held")
    wait_for(lambda: made.has("held"), "a task that runs", made)
    send(sender, made, "note", "unserved", lane="ladder")

    with redis_server.client(1) as client:
        names = set(client.keys())
    (made.notes / "held.go").touch()

    assert "lantern:ladder" in names
    assert {name for name in names if not name.startswith("lantern:")} == set()


def test_messages_that_wait_are_counted_and_bounded(
    messages: Messages, redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = messages(redis_server.url(2))
    monkeypatch.setattr(queue, "current_app", app)
    monkeypatch.setattr(queue, "waiting_messages", waiting_messages)
    assert waiting_messages("ladder") == 0

    for _ in range(5):
        queue._send("transcoding.work", ("ladder",), "ladder", None, 3)

    assert waiting_messages("ladder") == 3
    app.close()


@pytest.mark.parametrize("fault", ["cut", "black_hole", "reset"])
def test_who_sends_waits_a_second_at_most_and_then_not_at_all(
    fault: str, messages: Messages, redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Proxy(("127.0.0.1", redis_server.port)) as proxy:
        app = messages(redis_server.url(2, port=proxy.port))
        monkeypatch.setattr(queue, "current_app", app)
        monkeypatch.setattr(queue, "_away_until", 0.0)
        monkeypatch.setattr(queue, "waiting_messages", waiting_messages)
        for connected_before in (False, True):
            getattr(proxy, fault)()
            took = []
            for _ in range(5):
                began = time.monotonic()
                queue._send("transcoding.work", ("ladder",), "ladder", None, 32)
                took.append(time.monotonic() - began)
            assert took[0] < 2.5, connected_before
            assert sum(took[1:]) < 0.5, connected_before

            proxy.passes()
            monkeypatch.setattr(queue, "_away_until", 0.0)
            queue._send("transcoding.work", ("ladder",), "ladder", None, 32)
            assert waiting_messages("ladder") == 1 + connected_before
        app.close()
