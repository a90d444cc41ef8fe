"""`manage.py check_schema`: is the printed schema the one that the code makes?"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from graphql import print_schema

from vod.lib.graphql.map import put_into

PRINT = "Print it anew: make schema"


class Command(BaseCommand):
    help = "Compares vod/schema.graphql, and its map in docs/api.md, with the code; --write prints them anew."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", action="store_true", help="write the files instead of comparing")

    def handle(self, *_args: Any, **options: Any) -> None:
        from vod.schema import schema

        printed = {"vod/schema.graphql": print_schema(schema.graphql_schema).strip() + "\n"}
        page: Path = settings.BASE_DIR / "docs" / "api.md"
        if page.is_file():
            printed["docs/api.md"] = put_into(page.read_text(encoding="utf-8"), schema.graphql_schema)
        for name, text in printed.items():
            path: Path = settings.BASE_DIR / name
            if options["write"]:
                path.write_text(text, encoding="utf-8")
                self.stdout.write(f"Wrote {path.name}.")
            elif not path.is_file() or path.read_text(encoding="utf-8") != text:
                raise CommandError(f"{name} is stale. {PRINT}")
            else:
                self.stdout.write(f"{name} is current.")
