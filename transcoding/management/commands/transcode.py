"""``manage.py transcode SOURCE OUTDIR``: the factory without a server."""

from __future__ import annotations

import json
import signal
import sys
from argparse import ArgumentParser
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from transcoding.engine.factory import TranscodeReport, transcode
from transcoding.engine.ffmpeg import Progress
from transcoding.engine.ladder import PRESETS
from transcoding.engine.tools import find_tools
from transcoding.errors import MediaError

_BAR = 30


class Command(BaseCommand):
    help = "Make a playable HLS folder from a video file, without server or database."
    # Works on a machine that has nothing but the code: no database, no checks.
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", type=Path, help="the video file")
        parser.add_argument("outdir", type=Path, help="the folder to make; it must not exist, or be empty")
        parser.add_argument(
            "--encoding",
            choices=sorted(PRESETS),
            default="speed",
            help="fewer bits for more work, or less work",
        )
        parser.add_argument("--av1", action="store_true", help="make the upper rungs in AV1 too")
        parser.add_argument("--json", action="store_true", help="print figures as JSON on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        stopped: list[int] = []

        def stop(number: int, frame: FrameType | None) -> None:
            stopped.append(number)

        before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
        meter = ProgressLine(interactive=sys.stderr.isatty())
        try:
            report = transcode(
                options["source"],
                options["outdir"],
                tools=find_tools(sandbox=settings.SANDBOX),
                encoding=options["encoding"],
                av1=options["av1"],
                on_progress=meter,
                should_stop=lambda: bool(stopped),
            )
        except MediaError as error:
            meter.close()
            if error.tail and options["verbosity"] > 1:
                self.stderr.write(error.tail)
            raise CommandError(f"{error.sentence} ({error.code})") from error
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
        meter.close()
        if options["json"]:
            self.stdout.write(json.dumps(report.to_json(), indent=2))
        else:
            self.stdout.write(summary(report, options["outdir"]))


class ProgressLine:
    """Progress on standard error: a bar that stays in place on a terminal, otherwise a line every tenth."""

    def __init__(self, *, interactive: bool) -> None:
        self._interactive = interactive
        self._last = -1

    def __call__(self, progress: Progress) -> None:
        percent = int(progress.fraction * 100)
        if self._interactive:
            filled = int(progress.fraction * _BAR)
            sys.stderr.write(f"\r\x1b[K[{'#' * filled}{'-' * (_BAR - filled)}] {describe(progress)}")
            sys.stderr.flush()
        elif percent // 10 > self._last // 10 or self._last < 0:
            sys.stderr.write(f"{describe(progress)}\n")
        self._last = max(self._last, percent)

    def close(self) -> None:
        """Leave the bar's line."""
        if self._interactive and self._last >= 0:
            sys.stderr.write("\n")


def describe(progress: Progress) -> str:
    """Percent, speed and time left, as far as they are known."""
    parts = [f"{int(progress.fraction * 100):3d} %"]
    if progress.speed is not None:
        parts.append(f"{progress.speed:.1f}x")
    if progress.seconds_left is not None and progress.fraction < 1:
        minutes, seconds = divmod(round(progress.seconds_left), 60)
        parts.append(f"{minutes}:{seconds:02d} left")
    return "  ".join(parts)


def summary(report: TranscodeReport, outdir: Path) -> str:
    """What was made, for a person."""
    lines = [
        f"{outdir / 'master.m3u8'}: {report.duration:.1f} s, {report.bytes / 1e6:.1f} MB, "
        f"{report.cpu_seconds:.1f} CPU s, {report.wall_seconds:.1f} s",
        *(f"  {part.name:<12} {part.codecs:<12} {part.bytes / 1e6:8.2f} MB" for part in report.renditions),
        *report.notes,
    ]
    return "\n".join(lines)
