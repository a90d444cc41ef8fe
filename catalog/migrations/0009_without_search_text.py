"""Titles keep no text for search any more: documents of their own do."""

from django.db import migrations

from vod.lib.migrations import IndexOnPostgres


class WithoutIndexOnPostgres(IndexOnPostgres):
    """Takes away the index that it would build, and builds it when it is undone."""

    reviewed = "it is dropped concurrently"

    def database_forwards(self, *arguments):
        super().database_backwards(*arguments)

    def database_backwards(self, *arguments):
        super().database_forwards(*arguments)

    def describe(self):
        return f"Drops the index {self.name} of PostgreSQL"


class Migration(migrations.Migration):
    # An index that goes while others read and write cannot go in a transaction.
    atomic = False

    dependencies = [("catalog", "0008_titles_by_year")]

    operations = [
        WithoutIndexOnPostgres(
            "catalog_title_search_text_trgm",
            "catalog_title USING gin (search_text gin_trgm_ops) WITH (fastupdate = off)",
        ),
        migrations.RemoveField(model_name="title", name="search_text"),
    ]
