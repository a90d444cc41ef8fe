"""Migrations lock no large table of PostgreSQL for long."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState
from django.db.models.functions import Now

from vod.lib.migration_locks import long_locks
from vod.lib.migrations import AddIndexUnlocked, Extension, IndexOnPostgres, OnPostgres


def troubles(*operations: Operation) -> list[str]:
    """What is said of the operations on a table `film` that is there already."""
    fields: list[tuple[str, Any]] = [
        ("id", models.BigAutoField(primary_key=True)),
        ("name", models.CharField(max_length=20, null=True)),
        ("year", models.IntegerField()),
    ]
    before = ProjectState()
    before.add_model(ModelState("house", "Film", fields))
    kind = type("Migration", (migrations.Migration,), {"operations": list(operations)})
    return list(long_locks(kind("0002", "house"), before))


INDEX = models.Index(fields=["year"], name="by_year")
CHECK = models.CheckConstraint(condition=models.Q(year__gt=0), name="after_christ")


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddIndex("film", INDEX),
        migrations.AddConstraint("film", CHECK),
        migrations.AlterUniqueTogether("film", {("name", "year")}),
        migrations.AddField("film", "slug", models.SlugField(default="")),
        migrations.AddField("film", "key", models.CharField(max_length=9, default="", unique=True)),
        migrations.AddField("film", "other", models.ForeignKey("house.film", models.CASCADE, null=True)),
        migrations.AddField("film", "since", models.DateTimeField(db_default=Now())),
        migrations.AlterField("film", "name", models.CharField(max_length=10, null=True)),
        migrations.AlterField("film", "name", models.CharField(max_length=20)),
        migrations.AlterField("film", "year", models.BigIntegerField()),
        migrations.AlterField("film", "year", models.IntegerField(db_index=True)),
        migrations.RunSQL("UPDATE house_film SET year = 1"),
        migrations.RunPython(migrations.RunPython.noop),
        migrations.SeparateDatabaseAndState([migrations.AddIndex("film", INDEX)], []),
    ],
    ids=lambda operation: operation.describe(),
)
def test_what_reads_or_writes_every_row_under_a_lock_is_refused(operation: Operation) -> None:
    assert len(troubles(operation)) == 1


@pytest.mark.parametrize(
    "operation",
    [
        AddIndexUnlocked("film", INDEX),
        IndexOnPostgres("by_name", "house_film USING gin (name gin_trgm_ops)"),
        OnPostgres("ALTER TABLE house_film VALIDATE CONSTRAINT c", reviewed="it lets others read and write"),
        Extension("pg_trgm"),
        migrations.AddField("film", "rating", models.CharField(max_length=9, default="")),
        migrations.AddField("film", "seen", models.IntegerField(db_default=0)),
        migrations.AlterField("film", "name", models.CharField(max_length=30, null=True, help_text="longer")),
        migrations.RemoveField("film", "year"),
        migrations.RunPython(migrations.RunPython.noop, hints={"reviewed": "in batches"}),
        migrations.SeparateDatabaseAndState([], [migrations.AddIndex("film", INDEX)]),
    ],
    ids=lambda operation: operation.describe(),
)
def test_what_takes_a_moment_is_let_through(operation: Operation) -> None:
    assert troubles(operation) == []


def test_a_table_that_the_migration_makes_is_empty() -> None:
    made = migrations.CreateModel("Actor", [("id", models.BigAutoField(primary_key=True))])
    field = migrations.AddField("actor", "film", models.ForeignKey("house.film", models.CASCADE))
    assert troubles(made, field) == []


def test_the_check_sees_what_our_own_first_migrations_do() -> None:
    """They are let through only because nobody had any rows on PostgreSQL then."""
    loader = MigrationLoader(None)
    key = ("transcoding", "0002_full_strength")
    found = list(long_locks(loader.graph.nodes[key], loader.project_state(key, at_end=False)))
    assert any("chunk_parts_differ" in trouble for trouble in found)


def test_our_migrations_pass() -> None:
    call_command("check_migrations")
