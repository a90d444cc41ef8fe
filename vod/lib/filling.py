"""Very many new rows at once: several times as fast as `bulk_create`, which builds each statement's text anew."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection, models


def put_rows(rows: Sequence[models.Model]) -> None:
    """Inserts new `rows`, all of one model, each with a key of its own or one that the database gives.

    Fields have to be set as the database wants them: nothing is checked here, and nothing set by itself. Meant for
    rows that the program makes up, within a transaction.
    """
    if not rows:
        return
    meta = type(rows[0])._meta
    # A key that counts is left to the database.
    fields = [field for field in meta.concrete_fields if not isinstance(field, models.AutoField)]
    change = [(field.attname, _change_of(field)) for field in fields]
    values = [
        [
            value if how is None or value is None else how(value)
            for value, how in ((row.__dict__[name], how) for name, how in change)
        ]
        for row in rows
    ]
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    table = connection.ops.quote_name(meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for line in values:
                    copy.write_row(line)
            return
        marks = ", ".join(["%s"] * len(fields))
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)  # noqa: S608 - names of our tables


def _change_of(field: "models.Field[Any, Any]") -> Callable[[Any], Any] | None:
    """What has to be done to a value of the field before it is written; None where nothing has."""
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(target, models.UUIDField) and not connection.features.has_native_uuid_field:
        return lambda value: value.hex
    if isinstance(target, models.DateTimeField) and connection.vendor == "sqlite":
        return _time
    if isinstance(target, models.JSONField):
        return lambda value: json.dumps(value, cls=target.encoder)
    return None


@lru_cache(maxsize=4096)
def _time(value: datetime) -> str | None:
    return connection.ops.adapt_datetimefield_value(value)
