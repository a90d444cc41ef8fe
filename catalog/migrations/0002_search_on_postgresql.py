"""What search needs on PostgreSQL. Elsewhere there is nothing to do."""

from django.db import migrations

from vod.lib.migrations import Extension, IndexOnPostgres, OnPostgres


class Migration(migrations.Migration):
    # Indexes that are built while others write cannot be built in a transaction.
    atomic = False

    dependencies = [("catalog", "0001_initial")]

    operations = [
        OnPostgres(
            # Folded names are compared by machines: in the order of their letters' numbers, as SQLite does, and
            # so that an index of them answers what begins with something.
            'ALTER TABLE catalog_title ALTER COLUMN folded_name TYPE varchar(400) COLLATE "C"',
            "ALTER TABLE catalog_title ALTER COLUMN folded_name TYPE varchar(400) COLLATE \"default\"",
            reviewed="no row is written; the column's indexes are, of titles, of which there are thousands",
        ),
        Extension("pg_trgm"),
        # Titles are looked for far more often than written: nothing waits in a list that each search would read.
        IndexOnPostgres(
            "catalog_title_search_text_trgm",
            "catalog_title USING gin (search_text gin_trgm_ops) WITH (fastupdate = off)",
        ),
    ]
