"""`manage.py seed_catalogue`: a large invented library, for measuring and for trying things out."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from catalog.models import Title
from catalog.services.seeding.library import seed_titles
from playback.services.neighbours.make_all import make_all_neighbours
from playback.services.refresh_popularity import refresh_popularity
from playback.services.seed_views import seed_views

_MOST = 1_000_000


class Command(BaseCommand):
    help = (
        "Fills an empty library with titles, people and views that look real and are invented, and makes what is made "
        "of them: the index of search, what is trending, what is like what. All films share a few "
        "entries that say they can be watched; there is nothing in them to watch."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--titles", type=int, required=True, help="how many titles, 1 to 1,000,000")
        parser.add_argument(
            "--profiles",
            type=int,
            help="how many profiles watch (default: one for every 50 titles, 20 to 2,000)",
        )
        parser.add_argument(
            "--views", type=int, default=60, help="titles that each watches, on average (default: 60)"
        )
        parser.add_argument(
            "--seed", type=int, default=1, help="another number makes another library (default: 1)"
        )
        parser.add_argument("--force", action="store_true", help="also where there are titles already")

    def handle(
        self,
        *_args: Any,
        titles: int,
        profiles: int | None,
        views: int,
        seed: int,
        force: bool,
        **_options: Any,
    ) -> None:
        if not 1 <= titles <= _MOST:
            raise CommandError(f"--titles must be between 1 and {_MOST:,}, not {titles:,}.")
        watching = min(2000, max(20, titles // 50)) if profiles is None else profiles
        if not 0 <= watching <= _MOST or not 0 <= views <= 10_000:
            raise CommandError(
                "--profiles must be between 0 and 1,000,000, and --views between 0 and 10,000."
            )
        if not force and Title.objects.exists():
            raise CommandError(
                "This library has titles already, and invented ones cannot be told from them afterwards. "
                "Use an empty library (another VOD_HOME or DATABASE_URL), or say --force."
            )
        seed_titles(count=titles, seed=seed, say=self.stdout.write)
        if watching and views:
            places = seed_views(profiles=watching, views=views, seed=seed, say=self.stdout.write)
            self.stdout.write(f"{watching:,} profiles with {places:,} positions in films")
        with connection.cursor() as cursor:
            # Otherwise the database plans for the small library that it knew.
            cursor.execute("ANALYZE")
        # What else comes of titles and views by periodic tasks.
        refresh_popularity()
        if make_all_neighbours(say=self.stdout.write) is None:
            self.stdout.write("Neighbours: a worker is making them")
        self.stdout.write(self.style.SUCCESS(f"{titles:,} titles"))
