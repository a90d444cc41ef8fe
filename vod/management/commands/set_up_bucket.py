"""`manage.py set_up_bucket`: the bucket of S3_BUCKET, made and kept as it must be."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from vod.lib.storage import StoreError, objects
from vod.lib.storage.bucket import State, Wishes, see_to_bucket
from vod.lib.storage.s3 import S3Store

_DAYS = 8


class Command(BaseCommand):
    help = (
        "Makes the bucket of S3_BUCKET where there is none, blocks public access to it, has uploads that nobody ends "
        "removed, and tries what every write asks for. Running it again changes nothing; --check only looks."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="only look; exit 1 where something is missing"
        )
        parser.add_argument(
            "--abort-days",
            type=int,
            default=_DAYS,
            help=f"days until the store removes an upload that nobody ends ({_DAYS})",
        )
        parser.add_argument(
            "--cors-origin",
            action="append",
            default=[],
            metavar="https://films.example.org",
            help="let pages of this site read from the bucket itself; only for players that a CDN leads there",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        store = objects()
        if not isinstance(store, S3Store):
            raise CommandError("Objects lie on the local disk: set S3_BUCKET.")
        least = settings.UPLOAD_LONGEST_DAYS + 1
        if options["abort_days"] < least:
            raise CommandError(
                f"--abort-days must be {least} or more: uploads may go on for UPLOAD_LONGEST_DAYS={settings.UPLOAD_LONGEST_DAYS}."
            )
        wishes = Wishes(
            abort_days=options["abort_days"],
            cors_origins=options["cors_origin"],
            change=not options["check"],
        )
        states = set()
        try:
            for finding in see_to_bucket(store, wishes):
                self.stdout.write(f"{finding.state:8} {finding.sentence}")
                states.add(finding.state)
        except StoreError as error:
            raise CommandError(f"The store cannot be used: {error}.") from error
        if State.WRONG in states:
            raise CommandError("Nothing should be put into this bucket before that is put right.")
        if State.MISSING in states and options["check"]:
            raise CommandError("Something is missing. Without --check this command sees to what it can.")
