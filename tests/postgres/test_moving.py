"""An installation moves from SQLite to PostgreSQL by one command: all of it, or nothing."""

import fcntl
import hashlib
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from django.apps import apps

from tests.postgres.conftest import Manage

FILLER = str(Path(__file__).with_name("full_library.py"))


def tables() -> dict[str, str]:
    """The table of each model, with the column of its key."""
    models = apps.get_models(include_auto_created=True)
    return {model._meta.db_table: str(model._meta.pk.column) for model in models}


def keys_in(file: Path) -> dict[str, set[str]]:
    with closing(sqlite3.connect(file)) as source:
        return {
            table: {str(row[0]).replace("-", "") for row in source.execute(f'SELECT "{key}" FROM "{table}"')}
            for table, key in tables().items()
        }


def keys_of(target: "psycopg.Connection[Any]") -> dict[str, set[str]]:
    return {
        table: {
            str(row[0]).replace("-", "") for row in target.execute(f'SELECT "{key}" FROM "{table}"'.encode())
        }
        for table, key in tables().items()
    }


def test_everything_moves_or_nothing_does(empty_database: str, manage: Manage, tmp_path: Path) -> None:
    manage(FILLER)
    file = tmp_path / "moving" / "db.sqlite3"
    there = keys_in(file)
    assert {table for table, keys in there.items() if not keys} == set(), "the full library lacks some models"

    unmigrated = manage("move_database", url=empty_database, check=False)
    assert "Run manage.py migrate first" in unmigrated.stderr
    manage("migrate", "--verbosity=0", url=empty_database)

    # One row that does not fit, in a table that comes late.
    with closing(sqlite3.connect(file)) as source:
        source.execute("UPDATE playback_playbacksession SET device_name = ?", ["x" * 81])
        source.commit()
    refused = manage("move_database", url=empty_database, check=False)
    assert refused.returncode != 0
    assert "Nothing was moved. PostgreSQL takes no row like one of playback_playbacksession" in refused.stderr
    with psycopg.connect(empty_database) as target:
        left = {table for table, keys in keys_of(target).items() if keys}
    assert left == {"auth_permission", "django_content_type", "accounts_plan"}

    with closing(sqlite3.connect(file)) as source:
        source.execute("UPDATE playback_playbacksession SET device_name = 'd'")
        source.commit()
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    moved = manage("move_database", url=empty_database)
    assert f"Moved {sum(map(len, there.values()))} rows of {len(there)} tables" in moved.stdout
    assert hashlib.sha256(file.read_bytes()).hexdigest() == before
    with psycopg.connect(empty_database) as target:
        assert keys_of(target) == there
        assert_values(target)

    again = manage("move_database", url=empty_database, check=False)
    assert "is not empty" in again.stderr


def assert_values(target: "psycopg.Connection[Any]") -> None:
    """What databases keep in different ways, and what comes after the moved keys."""

    def one(query: str) -> tuple[Any, ...]:
        row: tuple[Any, ...] | None = target.execute(query.encode()).fetchone()
        assert row is not None
        return row

    plan, published = one("SELECT plan, published_at FROM transcoding_assetversion")
    assert plan["notes"] == ["Zäh ““ 🎬", None, True]
    assert plan["keys"] == [0.0, 1e16, 1e-7, 0.1]
    assert published == datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=UTC)
    assert one("SELECT count(*) FROM transcoding_asset WHERE media_info IS NULL") == (1,)
    assert one("SELECT max(progress) FROM transcoding_asset") == (1 / 3,)
    for table in ("django_admin_log", "transcoding_segment", "catalog_title_genres", "auth_permission"):
        (last,) = one(f"SELECT max(id) FROM {table}")
        assert one(f"SELECT nextval(pg_get_serial_sequence('{table}', 'id'))") == (last + 1,)


def test_a_running_installation_is_not_moved(manage: Manage, empty_database: str, tmp_path: Path) -> None:
    home = tmp_path / "moving"
    home.mkdir()
    (home / "db.sqlite3").touch()
    with (home / "lantern.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        refused = manage("move_database", url=empty_database, check=False)

    assert "Stop it first." in refused.stderr
