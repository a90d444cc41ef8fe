"""Statements that are put together once: for the few questions that every segment asks anew.

Django writes the SQL of a queryset each time it is asked, which for a question by key takes ten times as long as
the database does. Here it is written once in a process; only the values differ. What is asked stands in a queryset
as everywhere else.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Field, Model, QuerySet

# What stands for values while SQL is written: far from anything that a query says of itself.
_MARKS: Mapping[type, Callable[[int], Any]] = {
    UUID: lambda number: UUID(int=0xDECADE << 100 | number),
    datetime: lambda number: datetime(1789, 7, 14, tzinfo=UTC) + timedelta(days=number),
    str: lambda number: f"mark-{number}-of-a-statement",
    # Within the smallest of columns: Django knows that nothing larger can be found there.
    int: lambda number: 31_789 + number,
}


class Statement:
    """`build(**values)` is a queryset of `values_list`; `kinds` are the types of its values: UUID, datetime, str, int.

    `build` is called once, with marks for values, so what it asks may not depend on them.
    """

    def __init__(self, build: "Callable[..., QuerySet[Any, Any]]", **kinds: type) -> None:
        self._build, self._kinds = build, kinds
        self._lock = threading.Lock()
        self._written: _Written | None = None

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """All rows for these values, one for each of `kinds`."""
        with self._lock:
            if self._written is None:
                self._written = _Written(self._build, self._kinds)
        return self._written.rows(values)

    def first(self, **values: Any) -> tuple[Any, ...] | None:
        """The first of them. The queryset should be limited to one."""
        rows = self.rows(**values)
        return rows[0] if rows else None


class Insertion:
    """Adds rows of a model in one statement. Nothing is filled in: `fields` are all that have no default in the database."""

    def __init__(self, model: type[Model], *fields: str) -> None:
        self._table = model._meta.db_table
        found = [model._meta.get_field(name) for name in fields]
        self._fields = [field for field in found if isinstance(field, Field)]

    def add(self, rows: Sequence[Sequence[Any]]) -> None:
        """One row for each sequence of values, in the order of the fields; a related row by its key."""
        quoted = connection.ops.quote_name
        columns = ", ".join(quoted(str(field.column)) for field in self._fields)
        marks = ", ".join([f"({', '.join(['%s'] * len(self._fields))})"] * len(rows))
        values = [
            field.get_db_prep_save(value, connection)
            for row in rows
            for field, value in zip(self._fields, row, strict=True)
        ]
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {quoted(self._table)} ({columns}) VALUES {marks}", values)  # noqa: S608 - names of a model


class _Written:
    """The SQL, where its values go, and how columns become values."""

    def __init__(self, build: "Callable[..., QuerySet[Any, Any]]", kinds: Mapping[str, type]) -> None:
        marks = {name: _MARKS[kind](number) for number, (name, kind) in enumerate(kinds.items())}
        query = build(**marks).query
        self._compiler = query.get_compiler(connection=connection)
        self._sql, params = self._compiler.as_sql()
        names = {_adapted(mark): name for name, mark in marks.items()}
        self._params = [(names.get(param), param) for param in params]
        missing = set(marks) - {name for name, _ in self._params}
        if missing:
            raise ValueError(f"The statement asks nothing of {', '.join(sorted(missing))}.")
        columns = [column for column, *_ in (self._compiler.select or ())[: self._compiler.col_count]]
        self._converters = self._compiler.get_converters(columns)

    def rows(self, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        params = [
            param
            if name is None
            else type(param)(_adapted(values[name]))
            if isinstance(param, int)
            else _adapted(values[name])
            for name, param in self._params
        ]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, params)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        if not self._converters:
            return rows
        return [tuple(row) for row in self._compiler.apply_converters(rows, self._converters)]


def _adapted(value: Any) -> Any:
    """A value as the database's own driver takes it."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value
