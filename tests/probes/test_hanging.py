"""Probes while everything that is asked hangs: real processes, and a port that accepts and never answers."""

import json
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.servers.deployed import Deployed


@pytest.fixture(scope="module")
def black_hole() -> Iterator[int]:
    """A port whose connections are made by the kernel and never looked at."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(512)
        yield listener.getsockname()[1]


@pytest.fixture(scope="module")
def hanging(black_hole: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    """The web role whose PostgreSQL, Redis and S3 all hang."""
    web = Deployed(
        tmp_path_factory.mktemp("hanging"),
        DATABASE_URL=f"postgres://lantern:hunter2hunter2@127.0.0.1:{black_hole}/lantern",
        REDIS_URL=f"redis://127.0.0.1:{black_hole}/0",
        BROKER_URL=f"redis://127.0.0.1:{black_hole}/1",
        S3_BUCKET="films",
        S3_ENDPOINT_URL=f"http://127.0.0.1:{black_hole}",
        S3_ACCESS_KEY="access",
        S3_SECRET_KEY="hunter3hunter3",
        LOG_FORMAT="json",
    )
    yield web
    web.stop()


def threads_of(web: Deployed) -> int:
    (child,) = web.children()
    return len(list(Path(f"/proc/{child}/task").iterdir()))


def test_readiness_names_each_within_two_seconds(hanging: Deployed) -> None:
    started = time.monotonic()
    status, body = hanging.get("/readyz")
    took = time.monotonic() - started

    found = json.loads(body)
    assert status == 503
    assert {name: found[name] for name in ("database", "objects", "cache", "broker")} == {
        "database": "down",
        "objects": "down",
        "cache": "degraded",
        "broker": "degraded",
    }
    assert took < 2


def test_a_flood_of_questions_waits_for_nothing_and_starts_nothing(hanging: Deployed) -> None:
    hanging.get("/readyz")
    before = threads_of(hanging)

    started = time.monotonic()
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: hanging.get("/readyz"), range(100)))
    took = time.monotonic() - started

    assert {status for status, _ in answers} == {503}
    # Eight threads answer; 100 questions that each wait would take 19 s.
    assert took < 6
    assert threads_of(hanging) <= before + 8


def test_it_lives_and_tells_its_figures_all_the_same(hanging: Deployed) -> None:
    assert hanging.get("/healthz") == (200, b"ok")

    started = time.monotonic()
    status, body = hanging.get("/metrics")

    assert status == 200
    assert b"lantern_rows_read 0.0" in body
    assert time.monotonic() - started < 2


def test_strangers_learn_no_address_and_no_reason(hanging: Deployed, black_hole: int) -> None:
    status, body = hanging.get("/readyz", Host="anything.example", X_Forwarded_Proto="http")

    assert status == 503
    assert all(
        word not in body.decode() for word in (str(black_hole), "127.0.0.1", "Error", "lantern", "psycopg")
    )


def test_the_log_says_why_without_a_secret(hanging: Deployed) -> None:
    hanging.get("/readyz")

    said = [json.loads(line) for line in hanging.log().splitlines() if line.startswith("{")]

    assert {"database", "objects", "cache", "broker"} <= {
        line["message"].split()[0] for line in said if line["logger"] == "vod.lib.health"
    }
    assert "hunter" not in hanging.log()
    # Once for each change, however often somebody asks.
    assert sum("/readyz" in line["message"] for line in said) == 0
    assert sum(line["message"].startswith("objects is down:") for line in said) <= 2
