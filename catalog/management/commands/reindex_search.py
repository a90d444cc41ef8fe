"""`manage.py reindex_search`: what search looks in, made anew from the library."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from catalog import search


class Command(BaseCommand):
    help = (
        "Makes the search index anew from the library, in one transaction: searches find what they found until it is "
        "done. The same library gives the same index. Every change keeps it up to date by itself; this is for after an "
        "update that says so, and after rows were changed by hand."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-needed", action="store_true", help="Do nothing where every title is in the index already."
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["if_needed"] and not search.unindexed():
            return
        began = time.monotonic()
        count = search.reindex_all(self.stdout.write)
        self.stdout.write(f"{count} titles in the search index, in {time.monotonic() - began:.0f} s.")
