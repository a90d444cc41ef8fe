"""A large seeded library for benchmarks, on SQLite and on PostgreSQL, a web server on it, and clients that ask it.

A library is made once for all benchmarks of a run. Who develops one sets BENCH_LIBRARY to a folder, where libraries are
kept from run to run.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from tests.bench.films import ROOT
from tests.servers.postgres import Postgres, server_in, start_postgres
from tests.stores.server import free_port
from vod.machine.programs import WEB_PROCESSES

TITLES = 100_000
ENGINES = ("SQLite", "PostgreSQL")
# As the web role has by default.
WEB_THREADS = 8
CLIENTS = 8
_START_SECONDS = 60
# What a small server of its own would have; the default of the tests is for a few hundred rows.
_POSTGRES = {"shared_buffers": "256MB", "effective_cache_size": "1GB", "work_mem": "8MB"}


@dataclass(frozen=True)
class Library:
    """A seeded library: how programs get at it is `env`, its engine is one of ENGINES."""

    engine: str
    titles: int
    folder: Path
    env: Mapping[str, str]

    def run(self, module: str, *arguments: object, given: str | None = None) -> str:
        """What `python -m module` prints on it, `given` on its input."""
        command = [sys.executable, "-m", module, *map(str, arguments)]
        done = subprocess.run(
            command, check=True, cwd=ROOT, env=dict(self.env), input=given, stdout=subprocess.PIPE, text=True
        )
        return done.stdout

    def tokens(self, count: int, *, kind: str = "adult") -> list[str]:
        """Bearer tokens of so many of its profiles, those with the most views first; `kind` is adult or kid."""
        return self.run("tests.bench.library_process", "tokens", count, kind).split()

    def statements(self, question: Question) -> int:
        """SQL statements of the first of a client's bodies, with nothing remembered."""
        token = question.headers["Authorization"].removeprefix("Bearer ")
        return int(self.run("tests.bench.library_process", "statements", token, given=question.bodies[0]))


@dataclass
class Load:
    """How long answers took, in seconds, in the order in which they came, and how many were none or an error."""

    took: list[float]
    failed: int
    seconds: float
    sizes: list[int] = field(default_factory=list)

    def ms(self, share: float) -> float:
        """Milliseconds within which that share of the answers came."""
        ordered = sorted(self.took)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000

    @property
    def a_second(self) -> float:
        return len(self.took) / self.seconds

    def cells(self) -> list[str]:
        """Answers, answers a second, p50, p95 and p99 for a table under LOAD_COLUMNS."""
        shares = (f"{self.ms(share):.0f}" for share in (0.5, 0.95, 0.99))
        return [str(len(self.took)), f"{self.a_second:.0f}", *shares]

    def add(self, more: Load) -> Load:
        """Both as one."""
        return Load(
            self.took + more.took,
            self.failed + more.failed,
            self.seconds + more.seconds,
            self.sizes + more.sizes,
        )


LOAD_COLUMNS = ["answers", "a second", "p50 ms", "p95 ms", "p99 ms"]


@dataclass(frozen=True)
class Question:
    """What one client sends, over and over: bodies in turn, or GET where there are none."""

    path: str
    headers: Mapping[str, str]
    bodies: Sequence[str] = ()


def graphql(token: str, document: str, *variables: Mapping[str, object]) -> Question:
    """A client with a bearer token that asks an operation with these variables in turn."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    bodies = [json.dumps({"query": document, "variables": some}) for some in variables or ({},)]
    return Question("/graphql/", headers, bodies)


@contextmanager
def library(engine: str, titles: int = TITLES) -> Iterator[Library]:
    """The library of so many titles on SQLite or PostgreSQL, made if this run has none yet; its server runs meanwhile."""
    folder = _shelf() / f"{engine.lower()}-{titles}"
    done = folder / "seeded"
    if not done.exists():
        # What a run that was cut short has left.
        _drop(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with _database(engine, folder) as url:
        env = {
            **os.environ,
            "DATABASE_URL": url,
            "VOD_HOME": str(folder / "home"),
            "VOD_ENV": "embedded",
            "DJANGO_SETTINGS_MODULE": "vod.settings",
            "LOG_LEVEL": "WARNING",
        }
        found = Library(engine, titles, folder, env)
        _manage(found, "migrate", "--verbosity=0")
        if not done.exists():
            _manage(found, "seed_catalogue", f"--titles={titles}")
            done.touch()
        yield found


@contextmanager
def web(on: Library, settings: str = "vod.settings") -> Iterator[int]:
    """The pages of a library as the product runs them, until the end of the block; yields their port.

    `settings` are a benchmark's own, where it has further addresses.
    """
    port = free_port()
    command = [
        *(sys.executable, "-m", "gunicorn", "vod.wsgi:application", f"--bind=127.0.0.1:{port}"),
        *("--worker-class=gthread", f"--workers={WEB_PROCESSES}", f"--threads={WEB_THREADS}"),
        *("--no-control-socket", "--log-level=warning", "--keep-alive=75"),
    ]
    env = {**on.env, "DJANGO_SETTINGS_MODULE": settings}
    log = on.folder / "web.log"
    with log.open("wb") as out:
        server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=out, stderr=out)
    try:
        deadline = time.monotonic() + _START_SECONDS
        while not _is_up(port):
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(log.read_text(errors="replace")[-2000:])
            time.sleep(0.2)
        yield port
    finally:
        server.terminate()
        server.wait()


def ask(port: int, clients: Sequence[Question], seconds: float) -> Load:
    """Asks with so many clients at the same time, each again as soon as it has an answer, from a process of its own."""
    wanted = {
        "port": port,
        "seconds": seconds,
        "clients": [{"path": c.path, "headers": dict(c.headers), "bodies": list(c.bodies)} for c in clients],
    }
    command = [sys.executable, "-m", "tests.bench.load_process"]
    done = subprocess.run(
        command, check=True, cwd=ROOT, input=json.dumps(wanted), stdout=subprocess.PIPE, text=True
    )
    return Load(**json.loads(done.stdout))


@lru_cache(maxsize=1)
def _shelf() -> Path:
    """The folder of all libraries of this run."""
    kept = os.environ.get("BENCH_LIBRARY")
    if kept:
        Path(kept).mkdir(parents=True, exist_ok=True)
        return Path(kept).resolve()
    folder = Path(tempfile.mkdtemp(prefix="bench-library-"))
    atexit.register(_clear, folder)
    return folder


def _clear(shelf: Path) -> None:
    for folder in shelf.iterdir():
        _drop(folder)
    shutil.rmtree(shelf, ignore_errors=True)


def _drop(folder: Path) -> None:
    note = folder / "server.json"
    if note.exists():
        shutil.rmtree(json.loads(note.read_text())["folder"], ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _database(engine: str, folder: Path) -> Iterator[str]:
    if engine == "SQLite":
        yield f"sqlite:///{folder / 'library.sqlite3'}"
        return
    server = _server(folder / "server.json")
    try:
        yield server.url
    finally:
        # With its data: the next benchmark goes on with it.
        server.halt(signal.SIGINT)


def _server(note: Path) -> Postgres:
    """The server whose place and password `note` keeps, running; a new one where there is none."""
    if note.exists():
        known = json.loads(note.read_text())
        server = server_in(Path(known["folder"]), known["password"], _POSTGRES)
        server.start()
        return server
    server = start_postgres(_POSTGRES)
    note.write_text(json.dumps({"folder": str(server.folder), "password": server.password}))
    return server


def _manage(on: Library, *arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], check=True, cwd=ROOT, env=dict(on.env))


def _is_up(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
