"""`manage.py check_schema`: is the printed schema the one that the code makes?"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from graphql import print_schema

PRINT = "Print it anew: make schema"


class Command(BaseCommand):
    help = "Compares vod/schema.graphql with the code; --write prints it anew."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", action="store_true", help="write the file instead of comparing")

    def handle(self, *_args: Any, **options: Any) -> None:
        from vod.schema import schema

        path: Path = settings.BASE_DIR / "vod" / "schema.graphql"
        printed = print_schema(schema.graphql_schema).strip() + "\n"
        if options["write"]:
            path.write_text(printed, encoding="utf-8")
            self.stdout.write(f"Wrote {path.name}.")
            return
        if not path.is_file() or path.read_text(encoding="utf-8") != printed:
            raise CommandError(f"vod/schema.graphql is stale. {PRINT}")
        self.stdout.write("vod/schema.graphql is current.")
