"""A server of a test's own where it is restarted, and empty databases of the one that all share."""

import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from tests.servers.postgres import Postgres, start_postgres

Manage = Callable[..., "subprocess.CompletedProcess[str]"]


def pytest_ignore_collect() -> bool | None:
    """These need PostgreSQL: `python -m tests.postgres` runs them, `make test` after all others."""
    return None if settings.DATABASES["default"]["ENGINE"] == "vod.lib.postgresql" else True


@pytest.fixture(scope="module")
def own_server() -> Iterator[Postgres]:
    """A server that nobody else uses, serializable too."""
    server = start_postgres({"default_transaction_isolation": "serializable"})
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture
def empty_database() -> str:
    """DATABASE_URL of a new database without any table."""
    given, name = connection.settings_dict, f"empty_{secrets.token_hex(4)}"
    base = f"postgres://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}"
    with psycopg.connect(f"{base}/postgres", autocommit=True) as maintenance:
        maintenance.execute(f"CREATE DATABASE {name}".encode())
    return f"{base}/{name}"


@pytest.fixture
def manage(tmp_path: Path) -> Manage:
    """`manage("migrate", url=…)`: runs a command in a process of its own, with VOD_HOME in the test's folder."""

    def run(*words: str, url: str = "", check: bool = True) -> "subprocess.CompletedProcess[str]":
        env = {**os.environ, "VOD_HOME": str(tmp_path / "moving"), "DATABASE_URL": url}
        (tmp_path / "moving").mkdir(exist_ok=True)
        script = [words[0]] if words[0].endswith(".py") else ["manage.py", words[0]]
        return subprocess.run(
            [sys.executable, *script, *words[1:]],
            cwd=settings.BASE_DIR,
            env=env,
            capture_output=True,
            text=True,
            check=check,
            timeout=120,
        )

    return run
