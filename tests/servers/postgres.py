"""PostgreSQL for the tests: a fresh cluster in a folder, on a free port of the loopback, gone when it is stopped.

Its names are sorted by a language and not by bytes, so that nothing comes to depend on the order of bytes.
"""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from tests.stores.server import free_port
from vod.machine.engines import find_postgres

USER = "lantern"
SERIALIZABLE = {"default_transaction_isolation": "serializable"}
_START_SECONDS = 30
# Who starts it as root gives it to one of these: PostgreSQL refuses to run as root.
_OTHERS = ("postgres", "nobody")
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    # The data of a test need not outlive a power cut.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "shared_buffers": "64MB",
    "max_connections": "100",
    # The time zone of a server is never that of the application.
    "timezone": "Pacific/Chatham",
    "log_min_messages": "warning",
}


@dataclass
class Postgres:
    """One running server with an empty database `lantern`; `url` is a DATABASE_URL."""

    folder: Path
    port: int
    password: str
    settings: Mapping[str, str]
    process: "subprocess.Popen[bytes] | None" = None
    _as: dict[str, Any] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return self.url_of("lantern")

    def url_of(self, database: str) -> str:
        """The address of another database of it."""
        return f"postgres://{USER}:{self.password}@127.0.0.1:{self.port}/{database}"

    def create(self, database: str) -> str:
        """Makes an empty database and answers its address."""
        with psycopg.connect(self.url_of("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{database}"'.encode())
        return self.url_of(database)

    def execute(self, statement: str) -> list[tuple[Any, ...]]:
        """Runs one statement in the database `lantern` as its superuser; answers its rows."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def start(self) -> None:
        """Starts it, and waits until it takes connections. Raises RuntimeError with its last words."""
        log = self.folder / "log"
        given = {**_SETTINGS, **self.settings, "port": str(self.port)}
        argv = [_program("postgres"), "-D", str(self.folder / "data")]
        argv += [part for name, value in given.items() for part in ("-c", f"{name}={value}")]
        with log.open("ab") as out:
            self.process = subprocess.Popen(
                argv, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True, **self._as
            )
        until = time.monotonic() + _START_SECONDS
        while self.process.poll() is None and time.monotonic() < until:
            try:
                psycopg.connect(self.url_of("postgres"), connect_timeout=2).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError(f"PostgreSQL does not start: {log.read_text(errors='replace')[-2000:]}")

    def halt(self, how: signal.Signals = signal.SIGINT) -> None:
        """Ends the server and keeps its data: SIGINT cuts its connections off, SIGQUIT is a crash."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(timeout=_START_SECONDS)
            self.process = None

    def restart(self, how: signal.Signals = signal.SIGINT) -> None:
        """Ends it as `halt` does, and starts it again on the same port."""
        self.halt(how)
        self.start()

    def stop(self) -> None:
        """Ends it for good, with its data."""
        self.halt(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)


def start_postgres(settings: Mapping[str, str] | None = None) -> Postgres:
    """A fresh server with further `settings` of postgresql.conf. Raises RuntimeError where it does not start."""
    # Not below a folder of pytest's: those of root are closed to whom the server runs as.
    folder = Path(tempfile.mkdtemp(prefix="lantern-postgres-"))
    server = Postgres(folder, free_port(), secrets.token_hex(12), settings or {}, _as=_other_user(folder))
    try:
        password = folder / "password"
        password.write_text(server.password)
        password.chmod(0o644)
        done = subprocess.run(
            [
                *(_program("initdb"), "-D", str(folder / "data"), "-U", USER, "--no-sync", "--encoding=UTF8"),
                *("--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en"),
                *("--auth=scram-sha-256", f"--pwfile={password}", "--no-instructions"),
            ],
            capture_output=True,
            text=True,
            check=False,
            **server._as,
        )
        if done.returncode:
            raise RuntimeError(f"initdb failed: {(done.stdout + done.stderr)[-2000:]}")
        server.start()
        server.create("lantern")
    except BaseException:
        server.stop()
        raise
    return server


def server_in(folder: Path, password: str, settings: Mapping[str, str] | None = None) -> Postgres:
    """The server that `start_postgres` made in `folder` and that was halted since; it does not run yet."""
    return Postgres(folder, free_port(), password, settings or {}, _as=_other_user(folder))


def _other_user(folder: Path) -> dict[str, Any]:
    """How to start a process that is not root's; nothing where we are not root. Gives the folder away."""
    if os.geteuid() != 0:
        return {}
    for name in _OTHERS:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, found.pw_uid, found.pw_gid)
        return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": [], "cwd": str(folder)}
    raise RuntimeError(f"PostgreSQL does not run as root, and there is no user {' or '.join(_OTHERS)}.")


def _program(name: str) -> str:
    server = find_postgres(os.environ)
    if server is None:
        raise RuntimeError("There is no PostgreSQL to test with: make test installs it.")
    return str(Path(server).with_name(name))
