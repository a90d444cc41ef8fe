"""Home for 32 people at once, over PostgreSQL and Redis: warm, and in the seconds after Redis was flushed."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench import plots, report
from tests.bench.films import ROOT
from tests.servers.redis import RedisServer
from tests.stores.server import free_port
from vod.machine.programs import WEB_PROCESSES

PEOPLE = 32
TITLES = 3000
FLUSHED_LIMIT = 2.0
_WARM_UP_SECONDS = 4.0
_SECONDS = 20.0
_START_SECONDS = 60
# As the web role has by default.
WEB_THREADS = 8


@dataclass
class Answers:
    """How long answers took, in seconds, and how many were none."""

    took: list[float]
    failed: int = 0

    def at(self, share: float) -> float:
        """The time within which that share of the answers came."""
        ordered = sorted(self.took)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def run(folder: Path, *, runs: int) -> list[report.Ratio]:
    """Measure, leave docs/bench/home.md, answer the ratios."""
    with _database(folder) as (database, name), RedisServer(folder / "redis") as redis:
        env = {
            **os.environ,
            **database,
            "VOD_HOME": str(folder / "home"),
            "VOD_ENV": "embedded",
            "DJANGO_SETTINGS_MODULE": "vod.settings",
            "REDIS_URL": redis.url(),
            "LOG_LEVEL": "WARNING",
        }
        tokens = _inside(env, "prepare", TITLES, PEOPLE).split()
        with web(folder, env) as port:
            _ask(env, port, _WARM_UP_SECONDS, tokens)
            warm, flushed = Answers([]), Answers([])
            for _ in range(runs):
                _add(warm, _ask(env, port, _SECONDS, tokens))
                _add(flushed, _ask(env, port, _SECONDS, tokens, redis))
    ratios = [
        report.Ratio("answers that were none or an error", warm.failed + flushed.failed, most=0),
        report.Ratio(
            "p99 after a flush against p99 warm", flushed.at(0.99) / warm.at(0.99), most=FLUSHED_LIMIT
        ),
    ]
    rows = [
        [title, str(len(one.took)), *(f"{one.at(share) * 1000:.0f}" for share in (0.5, 0.9, 0.99, 1.0))]
        for title, one in (("warm", warm), (f"the {_SECONDS:g} s in which Redis is flushed", flushed))
    ]
    spread = {
        title: [(share, one.at(share / 100) * 1000) for share in range(1, 100)]
        for title, one in (("warm", warm), ("flushed", flushed))
    }
    report.write(
        "home",
        "Home for 32 people at once",
        words=f"{TITLES} titles on {name}, the cache on Redis; the web app's own document, {PEOPLE} people who each ask "
        f"again as soon as they have an answer, {WEB_PROCESSES} processes of {WEB_THREADS} threads, on the machine that "
        "asks as well.",
        tables=[report.Table(["", "answers", "p50 ms", "p90 ms", "p99 ms", "longest ms"], rows)],
        ratios=ratios,
        plots=[(plots.times("home", "Within how long answers came", spread), "Times of answers by share")],
    )
    return ratios


@contextmanager
def _database(folder: Path) -> Iterator[tuple[Mapping[str, str], str]]:
    """Settings that lead to a PostgreSQL, or to SQLite where the tests have none; and its name."""
    try:
        postgres = importlib.import_module("tests.servers.postgres")
    except ModuleNotFoundError:
        yield {"DATABASE_URL": f"sqlite:///{folder / 'library.sqlite3'}"}, "SQLite"
        return
    server = postgres.start_postgres()
    try:
        yield {"DATABASE_URL": server.url}, "PostgreSQL"
    finally:
        server.stop()


@contextmanager
def web(folder: Path, env: Mapping[str, str]) -> Iterator[int]:
    """The pages as the product runs them."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "gunicorn", "vod.wsgi:application", f"--bind=127.0.0.1:{port}"),
        *("--worker-class=gthread", f"--workers={WEB_PROCESSES}", f"--threads={WEB_THREADS}"),
        *("--no-control-socket", "--log-level=warning", "--keep-alive=60"),
    ]
    with (folder / "web.log").open("wb") as log:
        web = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)
    try:
        deadline = time.monotonic() + _START_SECONDS
        while not _is_up(port):
            if web.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((folder / "web.log").read_text(errors="replace")[-2000:])
            time.sleep(0.2)
        yield port
    finally:
        web.terminate()
        web.wait()


def _is_up(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _ask(
    env: Mapping[str, str],
    port: int,
    seconds: float,
    tokens: Sequence[str],
    flushed: RedisServer | None = None,
) -> Answers:
    """Answers of so many seconds; Redis is flushed a fifth of the way."""
    command = [sys.executable, "-m", "tests.bench.home_process", "ask", str(port), str(seconds)]
    with subprocess.Popen(
        command, cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as asker:
        assert asker.stdin is not None
        assert asker.stdout is not None
        asker.stdin.write("\n".join(tokens))
        asker.stdin.close()
        if flushed is not None:
            time.sleep(seconds / 5)
            flushed.flush()
        found = json.loads(asker.stdout.read())
    answers = Answers(found["took"], found["failed"])
    print(
        f"home: {len(answers.took)} answers, p99 {answers.at(0.99) * 1000:.0f} ms, {answers.failed} failed",
        flush=True,
    )
    return answers


def _add(sum_of: Answers, more: Answers) -> None:
    sum_of.took += more.took
    sum_of.failed += more.failed


def _inside(env: Mapping[str, str], *arguments: object) -> str:
    command = [sys.executable, "-m", "tests.bench.home_process", *map(str, arguments)]
    return subprocess.run(
        command, check=True, cwd=ROOT, env=dict(env), stdout=subprocess.PIPE, text=True
    ).stdout
