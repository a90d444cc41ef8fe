"""Moving all rows of one database into another one, which must be PostgreSQL, migrated alike and empty.

One transaction: who breaks it off has changed nothing. What has arrived is read back and compared by a digest
of every row before it is committed. The source is only read, as it was at one moment.
"""

import hashlib
import json
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psycopg
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import DatabaseError, connections, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

_BATCH = 2000
_SAY_EVERY_SECONDS = 2.0
_DIGEST_RANGE = 2**256


class CannotMove(Exception):
    """Why nothing was moved, as a sentence for a person."""


@dataclass(frozen=True)
class Moved:
    """How many rows of how many tables."""

    rows: int
    tables: int


@dataclass
class _Sum:
    """Count of rows and the sum of their digests, in whatever order they come."""

    rows: int = 0
    digest: int = 0

    def add(self, row: tuple[Any, ...]) -> None:
        text = json.dumps([_canonical(value) for value in row], sort_keys=True, ensure_ascii=False)
        self.rows += 1
        self.digest += int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest(), "big")
        self.digest %= _DIGEST_RANGE


def move(
    source: str, target: str, *, made_by_migrating: Collection[str], say: Callable[[str], None]
) -> Moved:
    """Moves everything from the database called `source` to the one called `target`.

    `made_by_migrating` are the labels of models whose rows of the target give way to the source's. `say` is
    told how far it is, every other second. Raises CannotMove, and then the target is as it was.
    """
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    models = [model for model in models if not model._meta.proxy]
    if connections[target].vendor != "postgresql":
        raise CannotMove("DATABASE_URL does not name PostgreSQL. Set it to the database to move to.")
    _require_same_migrations(source, target)
    with transaction.atomic(using=target), transaction.atomic(using=source):
        _lock(target, models)
        _empty(target, models, made_by_migrating)
        total = 0
        for model in models:
            sent = _copy(model, source, target, say)
            arrived = _Sum()
            for row in _rows(model, target):
                arrived.add(row)
            if arrived != sent:
                raise CannotMove(f"The rows of {model._meta.db_table} did not arrive as they were sent.")
            total += sent.rows
        with connections[target].cursor() as cursor:
            for statement in connections[target].ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)
    ContentType.objects.clear_cache()
    with connections[target].cursor() as cursor:
        # Without what it gathers, the first queries would be planned for empty tables.
        cursor.execute("ANALYZE")
    return Moved(total, len(models))


def _require_same_migrations(source: str, target: str) -> None:
    there = {
        name: set(MigrationRecorder(connections[name]).applied_migrations()) for name in (source, target)
    }
    if not there[target]:
        raise CannotMove("The database to move to has no tables yet. Run manage.py migrate first.")
    if there[source] != there[target]:
        differing = ", ".join(".".join(key) for key in sorted(there[source] ^ there[target])[:5])
        raise CannotMove(
            f"The two databases are not of the same version ({differing}). Start this version once on the "
            "database to move from, migrate the other one, then try again."
        )


def _lock(target: str, models: Iterable[type[Model]]) -> None:
    quote = connections[target].ops.quote_name
    names = ", ".join(quote(model._meta.db_table) for model in models)
    with connections[target].cursor() as cursor:
        cursor.execute(f"LOCK TABLE {names} IN EXCLUSIVE MODE")
        # Every row that comes is looked at by us, and long silences are those of the source.
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute("SET LOCAL statement_timeout = 0")


def _empty(target: str, models: Iterable[type[Model]], made_by_migrating: Collection[str]) -> None:
    for model in models:
        rows = model._default_manager.using(target)
        if model._meta.label in made_by_migrating:
            rows.all()._raw_delete(target)
        elif rows.exists():
            raise CannotMove(
                f"The database to move to is not empty: there are rows in {model._meta.db_table}. "
                "Make a new one, migrate it, then try again."
            )


def _copy(model: type[Model], source: str, target: str, say: Callable[[str], None]) -> _Sum:
    connection = connections[target]
    fields = model._meta.local_concrete_fields
    table = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    whole = model._default_manager.using(source).count()
    sent, said = _Sum(), time.monotonic()
    try:
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for row in _rows(model, source):
                sent.add(row)
                copy.write_row(
                    [
                        field.get_db_prep_save(value, connection)
                        for field, value in zip(fields, row, strict=True)
                    ]
                )
                if time.monotonic() - said > _SAY_EVERY_SECONDS:
                    said = time.monotonic()
                    say(f"{model._meta.db_table}: {sent.rows} of {whole}")
    except (DatabaseError, psycopg.Error) as error:
        # SQLite holds more than a column allows: longer texts, greater numbers, a NUL.
        reason = " ".join(str(error).split())
        raise CannotMove(f"PostgreSQL takes no row like one of {model._meta.db_table}: {reason}") from error
    return sent


def _rows(model: type[Model], database: str) -> Iterator[tuple[Any, ...]]:
    names = [field.attname for field in model._meta.local_concrete_fields]
    return model._default_manager.using(database).order_by().values_list(*names).iterator(chunk_size=_BATCH)


def _canonical(value: Any) -> Any:
    """The value so that both databases write it alike."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, float) and value.is_integer():
        # jsonb keeps numbers as decimals: 1e16 comes back without its exponent.
        return int(value)
    if isinstance(value, dict):
        return {key: _canonical(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_canonical(part) for part in value]
    return value if value is None or isinstance(value, str | int | float) else str(value)
