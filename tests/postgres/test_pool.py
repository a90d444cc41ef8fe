"""The connections of a web process: pooled, limited, its own after a fork, and back after a restart of the server."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Timer
from typing import Any

import pytest

from tests.postgres.running import Running
from tests.servers.postgres import Postgres, start_postgres

DRIVER = Path(__file__).with_name("pool_driver.py")


class Process:
    """The driver, told what to do."""

    def __init__(self, server: Postgres, home: Path, **more: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(DRIVER)],
            env={**os.environ, "DATABASE_URL": server.url, "VOD_HOME": str(home), **more},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def do(self, *words: object) -> Any:
        assert self._process.stdin is not None and self._process.stdout is not None
        print(*words, file=self._process.stdin, flush=True)
        return json.loads(self._process.stdout.readline())

    def end(self) -> int:
        self._process.communicate(timeout=30)
        return self._process.returncode


@pytest.fixture
def process(own_server: Postgres, tmp_path: Path) -> Iterator[Process]:
    started = Process(own_server, tmp_path, DATABASE_POOL_MAX="4", DATABASE_WAIT_SECONDS="2")
    yield started
    assert started.end() == 0


def sessions(answers: list[tuple[int, float]]) -> set[int]:
    return {number for number, _ in answers}


def test_connections_are_kept_and_no_more_than_so_many(process: Process) -> None:
    first = sessions(process.do("threads", 4))
    assert len(first) == 4 and 0 not in first

    # Eight at once share them; none is opened anew.
    assert sessions(process.do("threads", 8)) == first


def test_the_first_request_after_a_restart_works_whoever_it_is_of(
    process: Process, own_server: Postgres
) -> None:
    before = sessions(process.do("threads", 4))
    own_server.restart()

    # The pool is full of dead connections, and none of those who ask is told so.
    answers = process.do("threads", 1)
    assert sessions(answers).isdisjoint({0, *before})
    assert answers[0][1] < 1.5
    assert 0 not in sessions(process.do("threads", 4))


def test_a_crash_of_the_server_is_over_for_us_when_it_is_over(process: Process, own_server: Postgres) -> None:
    process.do("threads", 4)
    own_server.halt(signal.SIGQUIT)
    away = process.do("threads", 2)
    assert sessions(away) == {0}
    # Nobody hangs: as long as one waits for a connection.
    assert max(seconds for _, seconds in away) < 5

    own_server.start()
    answers = process.do("threads", 4)
    assert 0 not in sessions(answers)


def test_a_worker_writes_its_results_when_the_server_is_back(process: Process, own_server: Postgres) -> None:
    before = process.do("outlast")
    own_server.halt()
    back = Timer(1.0, own_server.start)
    back.start()

    after = process.do("outlast")

    back.join()
    assert after not in (0, before)


def test_a_child_has_connections_of_its_own_and_leaves_the_parents_alone(process: Process) -> None:
    process.do("threads", 2)

    found = process.do("fork")

    assert found["parent after"] == found["parent"]
    assert {0, found["parent"]}.isdisjoint(found["child"])


def test_sessions_have_a_name_and_limits(process: Process) -> None:
    names = ("application_name", "statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")

    assert process.do("show", *names) == {
        "application_name": "lantern gunicorn",
        "statement_timeout": "1min",
        "lock_timeout": "10s",
        "idle_in_transaction_session_timeout": "1min",
    }


def test_a_restart_costs_web_and_worker_at_most_what_they_had_in_hand(tmp_path: Path) -> None:
    """The programs themselves: gunicorn before and after, and a worker whose sweeper takes silent work back."""
    server = start_postgres()
    try:
        with Running(server, tmp_path) as product:
            assert product.answers()
            assert product.sweeps()

            server.restart()
            assert product.answers()
            assert product.sweeps()

            server.halt()
            assert not product.answers()
            server.start()
            assert product.recovers()
            assert product.sweeps()
    finally:
        server.stop()
