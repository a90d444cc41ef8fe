"""PostgreSQL, Redis, an object store and nginx, with machines around them that share nothing on disk.

Between each machine and each engine stands a proxy that a test can turn against it.
"""

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.faults import processes
from tests.servers.nginx import NAME, Nginx, certificate, start_nginx
from tests.servers.postgres import Postgres, start_postgres
from tests.servers.proxy import Proxy
from tests.servers.redis import RedisServer
from tests.stores import ceph, swift
from tests.stores.server import StoreServer, free_port

ROOT = Path(__file__).resolve().parents[2]
BUCKET = "lantern-fleet"
OPERATOR = "operator@fleet.example"
LEASE_SECONDS = 5
_START_SECONDS = 90
_STOP_SECONDS = 30


@dataclass
class Machine:
    """A folder of its own, and a supervisor over some roles."""

    name: str
    home: Path
    roles: tuple[str, ...]
    env: dict[str, str]
    supervisor: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        with (self.home.parent / f"{self.name}.out").open("ab") as sink:
            self.supervisor = subprocess.Popen(
                [sys.executable, "-m", "tests.fleet.machine", *self.roles],
                cwd=ROOT,
                env={**self.env, "VOD_HOME": str(self.home)},
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
            )

    def family(self) -> list[processes.Process]:
        return processes.family(self.home, self.supervisor.pid) if self.supervisor else []

    def stop(self) -> None:
        """TERM; raises AssertionError where anything outlives it."""
        if self.supervisor is None:
            return
        last = self.family()
        self.supervisor.send_signal(signal.SIGTERM)
        try:
            self.supervisor.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.supervisor.kill()
            raise AssertionError(f"{self.name} did not stop within {_STOP_SECONDS} s") from None
        finally:
            self.supervisor = None
        left = [process.command for process in last if process.lives()]
        assert not left, f"outlived the supervisor: {left}"

    def logs(self) -> str:
        tails = []
        for log in sorted((self.home / "logs").glob("*.log")):
            lines = log.read_text(errors="replace").splitlines()[-60:]
            tails.append(f"--- {self.name} {log.name}\n" + "\n".join(lines))
        return "\n".join(tails)


@dataclass
class Fleet:
    """All of it. The proxies' names say what lies behind; `port` is that of TLS for the site `NAME`."""

    folder: Path
    postgres: Postgres
    redis: RedisServer
    store: StoreServer
    to_postgres: Proxy
    to_redis: Proxy
    to_store: Proxy
    nginx: Nginx
    password: str
    front: Machine
    workers: tuple[Machine, Machine]
    bucket: Any = field(repr=False, default=None)

    @property
    def address(self) -> str:
        return f"https://{NAME}:{self.nginx.port}"

    def machines(self) -> tuple[Machine, ...]:
        return (self.front, *self.workers)

    def ask(self, statement: str) -> list[tuple[Any, ...]]:
        """Rows of the installation's own database."""
        return self.postgres.execute(statement)

    def objects(self) -> dict[str, int]:
        """Sizes of all objects of the installation, by key."""
        found: dict[str, int] = {}
        for page in self.bucket.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix="lantern/"):
            found.update(
                (one["Key"].removeprefix("lantern/"), one["Size"]) for one in page.get("Contents", ())
            )
        return found

    def read(self, key: str) -> bytes:
        return bytes(self.bucket.get_object(Bucket=BUCKET, Key=f"lantern/{key}")["Body"].read())

    def logs(self) -> str:
        words = [machine.logs() for machine in self.machines()]
        return "\n".join([*words, "--- nginx", self.nginx.error_log()[-4000:]])


@contextmanager
def running_fleet(folder: Path, **settings: str) -> Iterator[Fleet]:
    """Starts all of it below `folder` and stops it again."""
    with ExitStack() as ends:
        postgres, redis, store = _engines(folder, ends)
        to_postgres, to_redis, to_store = (
            ends.enter_context(Proxy(upstream))
            for upstream in (
                ("127.0.0.1", postgres.port),
                ("127.0.0.1", redis.port),
                ("127.0.0.1", urlsplit(store.endpoint).port or 0),
            )
        )
        web, inner, tls, password = free_port(), free_port(), free_port(), secrets.token_urlsafe(12)
        env = {
            **_kept(),
            "DJANGO_SETTINGS_MODULE": "tests.fleet.settings",
            "PYTHONUNBUFFERED": "1",
            # A third of a worker's start, and `make check` runs them.
            "CELERY_SKIP_CHECKS": "1",
            "VOD_ENV": "production",
            "SECRET_KEY": secrets.token_urlsafe(48),
            "ALLOWED_HOSTS": NAME,
            "PUBLIC_URL": f"https://{NAME}:{tls}",
            "BEHIND_PROXY": "1",
            "EMAIL_URL": "none:",
            "DATABASE_URL": postgres.url.replace(f":{postgres.port}/", f":{to_postgres.port}/"),
            "REDIS_URL": redis.url(1, port=to_redis.port),
            "BROKER_URL": redis.url(0, port=to_redis.port),
            "S3_BUCKET": BUCKET,
            "S3_ENDPOINT_URL": f"http://127.0.0.1:{to_store.port}",
            "S3_REGION": store.region,
            "S3_ACCESS_KEY": store.access_key,
            "S3_SECRET_KEY": store.secret_key,
            "S3_TIMEOUT_SECONDS": "5",
            "DELIVERY": "nginx",
            "EDGE_SECRET": secrets.token_urlsafe(32),
            "CHUNK_LEASE_SECONDS": str(LEASE_SECONDS),
            "CHUNK_PAUSE_SECONDS": "1",
            "VOD_ADMIN_EMAIL": OPERATOR,
            "VOD_ADMIN_PASSWORD": password,
            "AV1": "never",
            **settings,
        }
        front = Machine("front", folder / "front", (f"web={web}", f"bytes={inner}"), env)
        # Two of everything that may be there twice: beats and helpers too.
        pair = tuple(
            Machine(name, folder / name, ("worker", "helper", "beat"), env) for name in ("one", "other")
        )
        for machine in (front, *pair):
            machine.home.mkdir(parents=True)
        _set_up(front)
        for machine in (front, *pair):
            machine.start()
            ends.callback(machine.stop)
        nginx = start_nginx(
            folder / "nginx",
            LANTERN_LISTEN="tls",
            LANTERN_TLS_PORT=f"127.0.0.1:{tls}",
            LANTERN_TLS=str(certificate(folder / "tls")),
            LANTERN_WEB=f"127.0.0.1:{web}",
            LANTERN_BYTES=f"127.0.0.1:{inner}",
            LANTERN_OBJECTS="s3",
            LANTERN_BUILD=str(ROOT / "build"),
            EDGE_SECRET=env["EDGE_SECRET"],
        )
        ends.callback(nginx.stop)
        fleet = Fleet(
            folder,
            *(postgres, redis, store),
            *(to_postgres, to_redis, to_store),
            nginx,
            password,
            front,
            (pair[0], pair[1]),
            store.client(),
        )
        try:
            _wait_for(fleet, web)
            yield fleet
        except BaseException:
            print(fleet.logs())
            raise


def _engines(folder: Path, ends: ExitStack) -> tuple[Postgres, RedisServer, StoreServer]:
    engine = next((engine for engine in (ceph, swift) if engine.is_installed()), None)
    if engine is None:
        raise RuntimeError("There is no object store to test with: make test installs one.")
    with ThreadPoolExecutor() as pool:
        starting = pool.submit(engine.start, folder / "s3")
        postgres = start_postgres()
        ends.callback(postgres.stop)
        store = starting.result()
        ends.callback(store.stop)
    redis = ends.enter_context(RedisServer(folder / "redis"))
    return postgres, redis, store


def _kept() -> dict[str, str]:
    """What of our own environment a machine may see."""
    foreign = ("VOD_", "DJANGO_", "S3_", "AWS_", "CI", "PYTEST_")
    return {name: value for name, value in os.environ.items() if not name.startswith(foreign)}


def _set_up(machine: Machine) -> None:
    """What an operator does once: the tables, the bucket, the first operator."""
    for command in (["migrate", "--verbosity", "0"], ["set_up_bucket"], ["ensure_operator"]):
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env={**machine.env, "VOD_HOME": str(machine.home)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"


def _wait_for(fleet: Fleet, web: int) -> None:
    from tests.fleet.client import FleetClient

    client = FleetClient(fleet)

    def ready() -> bool:
        for machine in fleet.machines():
            assert machine.supervisor is not None
            assert machine.supervisor.poll() is None, fleet.logs()
        try:
            return client.request("GET", "/readyz")[0] == 200
        except OSError:
            return False

    wait_until(ready, _START_SECONDS, "answer")


def wait_until(holds: Callable[[], bool], seconds: float, what: str) -> None:
    """Asks five times a second; raises AssertionError after `seconds`."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"no {what} after {seconds:g} s"
        time.sleep(0.2)
