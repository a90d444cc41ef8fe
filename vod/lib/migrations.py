"""Operations of migrations that lock no table of PostgreSQL for long, and do nothing where there is another database.

`manage.py check_migrations` (vod/lib/migration_locks.py) holds migrations to them.
"""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddIndex, RunSQL
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class OnPostgres(RunSQL):
    """SQL for PostgreSQL alone. `reviewed` says why nobody has to wait for it for long."""

    def __init__(self, sql: Any, reverse_sql: Any = None, *, reviewed: str, **options: Any) -> None:
        super().__init__(sql, reverse_sql, **options)
        self.reviewed = reviewed

    def deconstruct(self) -> Any:
        name, args, options = super().deconstruct()
        return name, args, {**options, "reviewed": self.reviewed}

    def _run_sql(self, schema_editor: BaseDatabaseSchemaEditor, sqls: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            super()._run_sql(schema_editor, sqls)  # type: ignore[misc]


class OnSqlite(RunSQL):
    """SQL for SQLite alone, where nobody waits for a migration but the one program that runs it."""

    reviewed = "it is for SQLite"

    def _run_sql(self, schema_editor: BaseDatabaseSchemaEditor, sqls: Any) -> None:
        if schema_editor.connection.vendor == "sqlite":
            super()._run_sql(schema_editor, sqls)  # type: ignore[misc]


class Extension(Operation):
    """An extension of PostgreSQL, which stays when the migration is undone."""

    reversible = True
    reviewed = "it touches no table"

    def __init__(self, name: str) -> None:
        self.name = name

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        pass

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Raises ImproperlyConfigured, with what to do, where the role may not make it or it is not installed."""
        if schema_editor.connection.vendor != "postgresql":
            return
        try:
            schema_editor.execute(f'CREATE EXTENSION IF NOT EXISTS "{self.name}"')
        except DatabaseError as error:
            name = schema_editor.connection.settings_dict["NAME"]
            raise ImproperlyConfigured(
                f"The database {name} needs PostgreSQL's extension {self.name}, and this role cannot make it "
                f"({str(error).splitlines()[0]}). Let the owner of the database run "
                f'CREATE EXTENSION "{self.name}"; in it, then migrate again.'
            ) from error

    def database_backwards(self, *_args: Any) -> None:
        pass

    def describe(self) -> str:
        return f"Makes the extension {self.name} of PostgreSQL"


class IndexOnPostgres(Operation):
    """An index of PostgreSQL alone, built while others read and write. The migration says `atomic = False`.

    `on` is all that comes after ON: table, method, columns.
    """

    reversible = True
    reviewed = "it is built concurrently"

    def __init__(self, name: str, on: str) -> None:
        self.name = name
        self.on = on

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        pass

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        if schema_editor.connection.vendor == "postgresql":
            # One that was broken off stays behind as invalid.
            schema_editor.execute(f'DROP INDEX CONCURRENTLY IF EXISTS "{self.name}"')
            # It waits for whoever is in the middle of something, and nobody waits for it.
            schema_editor.execute("SET lock_timeout = 0")
            schema_editor.execute(f'CREATE INDEX CONCURRENTLY "{self.name}" ON {self.on}')
            schema_editor.execute("RESET lock_timeout")

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f'DROP INDEX CONCURRENTLY IF EXISTS "{self.name}"')

    def describe(self) -> str:
        return f"Builds the index {self.name} of PostgreSQL"


class AddIndexUnlocked(AddIndex):
    """An index of a model: on PostgreSQL built while others read and write. The migration says `atomic = False`."""

    reviewed = "it is built concurrently"

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        if schema_editor.connection.vendor != "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        model = to_state.apps.get_model(app_label, self.model_name)
        name = self.index.name
        schema_editor.execute(f'DROP INDEX CONCURRENTLY IF EXISTS "{name}"')
        schema_editor.execute("SET lock_timeout = 0")
        schema_editor.add_index(model, self.index, concurrently=True)  # type: ignore[call-arg]
        schema_editor.execute("RESET lock_timeout")
