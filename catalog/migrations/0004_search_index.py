"""Search as one types: documents and words, with tables of FTS5 on SQLite and indexes of GIN on PostgreSQL."""

import django.db.models.deletion
from django.db import migrations, models

from vod.lib.migrations import OnPostgres, OnSqlite

# An index of FTS5 over another table's columns: what they held has to be said when it goes.
_FTS = """
CREATE VIRTUAL TABLE {index} USING fts5({columns}, content='{table}', content_rowid='id', {options});
CREATE TRIGGER {index}_insert AFTER INSERT ON {table} BEGIN
    INSERT INTO {index}(rowid, {columns}) VALUES (new.id, {new});
END;
CREATE TRIGGER {index}_delete AFTER DELETE ON {table} BEGIN
    INSERT INTO {index}({index}, rowid, {columns}) VALUES ('delete', old.id, {old});
END;
CREATE TRIGGER {index}_update AFTER UPDATE OF {columns} ON {table} BEGIN
    INSERT INTO {index}({index}, rowid, {columns}) VALUES ('delete', old.id, {old});
    INSERT INTO {index}(rowid, {columns}) VALUES (new.id, {new});
END;
"""


def fts(index, table, columns, options):
    names = [name.strip() for name in columns.split(",")]
    new, old = (", ".join(f"{row}.{name}" for name in names) for row in ("new", "old"))
    made = _FTS.format(index=index, table=table, columns=columns, options=options, new=new, old=old)
    gone = [f"DROP TRIGGER {index}_{verb}" for verb in ("insert", "delete", "update")]
    # One statement each: a semicolon within a trigger ends none.
    parts = [part.strip() for part in made.replace("CREATE ", "\0CREATE ").split("\0") if part.strip()]
    return OnSqlite(parts, [*gone, f"DROP TABLE {index}"])


_WORDS = "array_to_tsvector(string_to_array(translate({}, E'\\n', ' '), ' '))"
_NEW = "the table is new and empty"


class Migration(migrations.Migration):
    dependencies = [("catalog", "0003_words_tags_collections")]

    operations = [
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=40, unique=True)),
                ("slips", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=400)),
                ("names", models.TextField()),
                ("others", models.TextField(blank=True)),
                ("start_1", models.CharField(blank=True, max_length=1)),
                ("start_2", models.CharField(blank=True, max_length=2)),
                ("start_3", models.CharField(blank=True, max_length=3)),
                ("weight", models.IntegerField(default=0)),
                (
                    "title",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="search_document", to="catalog.title"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["start_1", "-weight"], name="search_start_1"),
                    models.Index(fields=["start_2", "-weight"], name="search_start_2"),
                    models.Index(fields=["start_3", "-weight"], name="search_start_3"),
                    models.Index(fields=["name", "-weight"], name="search_name"),
                ],
            },
        ),
        fts("catalog_searchtext", "catalog_searchdocument", "names, others", "tokenize='ascii', prefix='1 2 3', detail=column"),
        fts("catalog_searchslips", "catalog_searchword", "slips", "tokenize=\"ascii tokenchars '^'\", detail=none"),
        fts("catalog_searchparts", "catalog_searchword", "word", "tokenize='trigram'"),
        OnPostgres(
            # Compared by machines: in the order of their letters' numbers, as on SQLite, so that the index of names
            # answers what begins with something.
            """ALTER TABLE catalog_searchdocument
                ALTER COLUMN name TYPE varchar(400) COLLATE "C",
                ALTER COLUMN start_1 TYPE varchar(1) COLLATE "C",
                ALTER COLUMN start_2 TYPE varchar(2) COLLATE "C",
                ALTER COLUMN start_3 TYPE varchar(3) COLLATE "C",
                ADD COLUMN names_words tsvector GENERATED ALWAYS AS ({}) STORED,
                ADD COLUMN all_words tsvector GENERATED ALWAYS AS ({}) STORED""".format(
                _WORDS.format("names"), _WORDS.format("btrim(names || E'\\n' || others, E'\\n')")
            ),
            "SELECT 1",
            reviewed=_NEW,
        ),
        OnPostgres(
            # Titles are looked for far more often than written: nothing waits in a list that each search would read.
            "CREATE INDEX search_names_words ON catalog_searchdocument USING gin (names_words) WITH (fastupdate = off)",
            "DROP INDEX search_names_words",
            reviewed=_NEW,
        ),
        OnPostgres(
            "CREATE INDEX search_all_words ON catalog_searchdocument USING gin (all_words) WITH (fastupdate = off)",
            "DROP INDEX search_all_words",
            reviewed=_NEW,
        ),
        OnPostgres(
            "CREATE INDEX search_slips ON catalog_searchword USING gin (string_to_array(slips, ' ')) WITH (fastupdate = off)",
            "DROP INDEX search_slips",
            reviewed=_NEW,
        ),
        OnPostgres(
            "CREATE INDEX search_parts ON catalog_searchword USING gin (word gin_trgm_ops) WITH (fastupdate = off)",
            "DROP INDEX search_parts",
            reviewed=_NEW,
        ),
    ]
