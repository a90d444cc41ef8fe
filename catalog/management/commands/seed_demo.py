"""`manage.py seed_demo`: the demo library, once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from catalog.services.demo.making import make_next_film
from catalog.services.demo.seed import seed_library
from transcoding.errors import MediaError
from transcoding.services.toolbox import tools
from vod.lib.queue import enqueue


class Command(BaseCommand):
    help = (
        "Makes the demo library: titles with people and pictures, and the first film. The worker makes the other "
        "films. Running it again changes nothing, and a title that was removed stays removed."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            if seed_library(tools=tools(), say=self.stdout.write):
                self.stdout.write("Demo library: the first film")
                make_next_film(tools=tools())
        except MediaError as error:
            raise CommandError(f"The demo library cannot be made: {error.sentence}") from error
        enqueue("catalog.make_demo_film")
