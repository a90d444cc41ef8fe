"""`manage.py import_media PATH`: a folder of films and series into the catalogue."""

import json
import signal
from argparse import ArgumentParser
from pathlib import Path
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from catalog.importing.planned import Kind
from catalog.importing.subtitles import language_of
from catalog.management.import_report import Meter, is_terminal, report_lines
from catalog.services.import_media.run import CannotImport, Options, import_media

_KINDS = {"auto": None, "movies": Kind.MOVIE, "series": Kind.SERIES}


class Command(BaseCommand):
    help = (
        "Brings a folder of films and series into the catalogue, by their names and the files beside them, and queues"
        " the films. The folder is only read. Running it again takes what is new or changed and nothing else."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="the folder")
        parser.add_argument(
            "--dry-run", action="store_true", help="print what would be done and write nothing"
        )
        parser.add_argument("--kind", choices=sorted(_KINDS), default="auto", help="what the folder holds")
        shown = parser.add_mutually_exclusive_group()
        shown.add_argument("--publish", action="store_true", help="let people see new titles at once")
        shown.add_argument(
            "--draft", action="store_false", dest="publish", help="keep new titles for operators (default)"
        )
        parser.add_argument(
            "--language", default="", metavar="TAG", help="of subtitles whose name tells none, such as en"
        )
        parser.add_argument("--follow-symlinks", action="store_true", help="go where symbolic links lead")
        parser.add_argument(
            "--name", default="", help="find the folder again by this name, wherever it lies next time"
        )
        parser.add_argument(
            "--again", action="store_true", help="also take what was removed from the catalogue, or failed"
        )
        parser.add_argument("--json", action="store_true", help="print the report as JSON on standard output")

    def handle(self, *_args: Any, **options: Any) -> None:
        language = language_of(options["language"]) if options["language"] else ""
        if options["language"] and not language:
            raise CommandError("Give the language as a tag such as en, de or pt-BR.")
        chosen = Options(
            kind=_KINDS[options["kind"]],
            publish=options["publish"],
            language=language,
            follow_symlinks=options["follow_symlinks"],
            name=options["name"],
            again=options["again"],
            dry_run=options["dry_run"],
        )
        stopped: list[int] = []

        def stop(number: int, _frame: FrameType | None) -> None:
            stopped.append(number)

        before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
        meter = Meter(self.stderr._out.write, interactive=is_terminal())  # type: ignore[attr-defined]
        try:
            report = import_media(options["path"], chosen, say=meter, should_stop=lambda: bool(stopped))
        except CannotImport as error:
            raise CommandError(str(error)) from error
        finally:
            meter.close()
            for number, handler in before.items():
                signal.signal(number, handler)
        if options["json"]:
            self.stdout.write(json.dumps(report.to_json(), indent=2, ensure_ascii=False))
        else:
            for line in report_lines(report):
                self.stdout.write(line)
