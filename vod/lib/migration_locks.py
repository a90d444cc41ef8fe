"""Which operations of a migration would lock a large table of PostgreSQL for long.

A lock that excludes readers or writers is fine where it is held for a moment; what reads or writes every row
under one is not. Tables that the same migration makes are empty. Every rule: PostgreSQL's ALTER TABLE,
https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES.
"""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.migrations import Migration, operations
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import Field
from django.db.models.expressions import Value

# These change what the catalogue of the database says, and no row; or nothing at all.
_QUICK = (
    operations.CreateModel,
    operations.DeleteModel,
    operations.RemoveField,
    operations.RenameField,
    operations.RenameModel,
    operations.RenameIndex,
    operations.RemoveIndex,
    operations.RemoveConstraint,
    operations.AlterConstraint,
    operations.AlterModelTable,
    operations.AlterModelTableComment,
    operations.AlterModelOptions,
    operations.AlterModelManagers,
    operations.AlterOrderWithRespectTo,
)
_INDEX = "builds an index under a lock: use AddIndexUnlocked, in a migration with atomic = False"
_CONSTRAINT = (
    "reads every row under a lock: add it NOT VALID and validate it afterwards (OnPostgres), or, "
    "if it is unique, build its index concurrently first"
)
_COLUMN = "makes an index or checks a key for every row: add the plain column, then those without a lock"
_REWRITE = "writes every row anew: add a column beside it, fill it in batches, then change over"
_UNREVIEWED = 'may do anything: say why nobody waits for it, in hints={"reviewed": "…"}'


def long_locks(migration: Migration, before: ProjectState) -> Iterator[str]:
    """A sentence for each operation of the migration that would lock a table for long; `before` is not changed."""
    state = before.clone()
    new: set[str] = set()
    for operation in migration.operations:
        for part in _parts(operation):
            trouble = None if _model_of(part) in new else _trouble(part, migration, state)
            if trouble is not None:
                yield f"{migration.app_label}.{migration.name}, {type(part).__name__} ({part.describe()}): {trouble}"
            if isinstance(part, operations.CreateModel):
                new.add(part.name_lower)
        operation.state_forwards(migration.app_label, state)


def _parts(operation: Operation) -> Iterator[Operation]:
    if isinstance(operation, operations.SeparateDatabaseAndState):
        for part in operation.database_operations:
            yield from _parts(part)
    else:
        yield operation


def _model_of(operation: Operation) -> str | None:
    name = getattr(operation, "model_name", None) or getattr(operation, "name", None)
    return name.lower() if isinstance(name, str) else None


def _trouble(operation: Operation, migration: Migration, state: ProjectState) -> str | None:
    if getattr(operation, "reviewed", None):
        return None
    if isinstance(operation, operations.RunSQL | operations.RunPython):
        return None if operation.hints.get("reviewed") else _UNREVIEWED
    if isinstance(operation, operations.AddIndex):
        return _INDEX
    if isinstance(operation, operations.AddConstraint):
        return _CONSTRAINT
    if isinstance(operation, operations.AlterUniqueTogether):
        return _CONSTRAINT
    if isinstance(operation, operations.AddField):
        return _trouble_of_new(operation.field)
    if isinstance(operation, operations.AlterField):
        model = state.models[migration.app_label, operation.model_name_lower]
        return _trouble_of_change(model.fields[operation.name], operation.field)
    return None if isinstance(operation, _QUICK) else _UNREVIEWED


def _trouble_of_new(field: "Field[Any, Any]") -> str | None:
    if field.many_to_many:
        return None
    if field.unique or _has_index(field) or isinstance(field, models.ForeignKey):
        return _COLUMN
    if isinstance(field, models.GeneratedField | models.AutoField | models.BigAutoField):
        return _REWRITE
    # A default that Python gives is one value for all rows, which PostgreSQL keeps beside them; so is a constant.
    default = field.db_default
    is_worked_out = hasattr(default, "resolve_expression") and not isinstance(default, Value)
    return _REWRITE if field.has_db_default() and is_worked_out else None


def _has_index(field: "Field[Any, Any]") -> bool:
    return bool(getattr(field, "db_index", False))


def _trouble_of_change(old: "Field[Any, Any]", new: "Field[Any, Any]") -> str | None:
    if (new.unique and not old.unique) or (_has_index(new) and not _has_index(old)):
        return _COLUMN
    if old.null and not new.null:
        return "reads every row under a lock: add CHECK (… IS NOT NULL) NOT VALID first, and validate it"
    if type(old).get_internal_type(old) != type(new).get_internal_type(new):
        return _REWRITE
    if getattr(old, "db_collation", None) != getattr(new, "db_collation", None):
        return _REWRITE
    before, after = old.max_length, new.max_length
    if before != after and (before is None or (after is not None and after < before)):
        return _REWRITE
    return None
