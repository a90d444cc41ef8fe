"""`manage.py make_previews`: previews of films that have none."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from transcoding.models import Chunk, ChunkKind, WorkState
from transcoding.queue import Lane
from transcoding.services.order_previews import films_without_preview, order_failed_again, order_in_batches
from transcoding.services.working import work_once

_OPEN = (WorkState.WAITING, WorkState.RUNNING)
_PAUSE_SECONDS = 2


class Command(BaseCommand):
    help = "Orders the previews of films that have none; workers make them when nothing else waits."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--again", action="store_true", help="also those that were given up")
        parser.add_argument(
            "--wait", action="store_true", help="stay until all are made, and say how many are left"
        )
        parser.add_argument("--here", action="store_true", help="make them in this process, without a worker")

    def handle(self, *_args: Any, **options: Any) -> None:
        ordered, whole = 0, films_without_preview().count()
        for count in order_in_batches():
            ordered += count
            self.stdout.write(f"{ordered} of {max(whole, ordered)} films ordered")
        if not ordered:
            self.stdout.write("Every film that is ready has its preview made or on order.")
        if options["again"]:
            self.stdout.write(f"{order_failed_again()} previews that had been given up are started anew")
        if options["here"] or options["wait"]:
            self._see_through(here=options["here"])

    def _see_through(self, *, here: bool) -> None:
        rows, said = Chunk.objects.filter(kind=ChunkKind.PREVIEW), 0
        while left := rows.filter(state__in=_OPEN).count():
            if left != said:
                self.stdout.write(f"{left} previews left")
                said = left
            # What was put off after a fault is waited for, and so is what a worker is at.
            if not (here and work_once([Lane.BACKGROUND])):
                time.sleep(_PAUSE_SECONDS)
        done = rows.filter(state=WorkState.DONE).count()
        self.stdout.write(
            f"{done} films are done, {rows.filter(state=WorkState.FAILED).count()} were given up."
        )
