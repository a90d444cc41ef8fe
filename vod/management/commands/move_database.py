"""`manage.py move_database`: moves an installation from SQLite into the PostgreSQL of DATABASE_URL."""

import os
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connections

from vod.lib.moving import CannotMove, Moved, move
from vod.machine.errors import Problem
from vod.machine.preflight import hold_home

_SOURCE = "moved_from"
_MADE_BY_MIGRATING = ("contenttypes.ContentType", "auth.Permission", "accounts.Plan")


class Command(BaseCommand):
    help = (
        "Moves all rows of this installation's SQLite file into the database of DATABASE_URL, which must be "
        "migrated and empty. The file stays as it is; objects and uploads stay where they are."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from", dest="path", type=Path, help="SQLite file to move; db.sqlite3 in VOD_HOME by default"
        )

    def handle(self, *_args: Any, path: Path | None = None, **_options: Any) -> None:
        file = (path or settings.VOD_HOME / "db.sqlite3").resolve()
        if not file.is_file():
            raise CommandError(f"There is no database to move at {file}.")
        with ExitStack() as held:
            if path is None:
                # What is written there while it is moved would be lost.
                try:
                    held.callback(os.close, hold_home(settings.VOD_HOME))
                except Problem as problem:
                    raise CommandError(f"Stop it first. {problem.sentence}") from problem
            moved = self._move(file)
        self.stdout.write(
            f"Moved {moved.rows} rows of {moved.tables} tables, and compared each. Start Lantern with this "
            f"DATABASE_URL from now on; {file.name} is as it was."
        )

    def _move(self, file: Path) -> Moved:
        connections.databases[_SOURCE] = {
            **connections["default"].settings_dict,
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": f"{file.as_uri()}?mode=ro",
            "CONN_MAX_AGE": 0,
            "OPTIONS": {"uri": True},
        }
        try:
            return move(_SOURCE, "default", made_by_migrating=_MADE_BY_MIGRATING, say=self.stdout.write)
        except (CannotMove, DatabaseError) as error:
            raise CommandError(f"Nothing was moved. {error}") from error
        finally:
            connections[_SOURCE].close()
            del connections[_SOURCE]
            del connections.databases[_SOURCE]
