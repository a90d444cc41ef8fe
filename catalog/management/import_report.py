"""How `import_media` shows its progress and its report in a terminal."""

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from itertools import groupby

from catalog.importing.reasons import Reason
from catalog.importing.wording import shown
from catalog.services.import_media.reporting import Line, Report
from catalog.services.import_media.run import Progress

_LINE_SECONDS = 5.0
_DRAW_SECONDS = 0.1


class Meter:
    """Progress on standard error: one line that is drawn anew on a terminal, otherwise a line every few seconds."""

    def __init__(
        self,
        write: Callable[[str], object],
        *,
        interactive: bool,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._write = write
        self._interactive = interactive
        self._clock = clock
        self._phase = ""
        self._began = self._shown_at = clock()
        self._drawn = False
        self._pause = _DRAW_SECONDS if interactive else _LINE_SECONDS

    def __call__(self, progress: Progress) -> None:
        now = self._clock()
        if progress.phase != self._phase:
            self._phase, self._began = progress.phase, now
        elif progress.done < progress.total and now - self._shown_at < self._pause:
            return
        self._shown_at = now
        text = describe(progress, now - self._began)
        if self._interactive:
            width = shutil.get_terminal_size().columns - 1
            self._write(f"\r\x1b[K{text[:width]}")
            self._drawn = True
        else:
            self._write(text + "\n")

    def close(self) -> None:
        """Leaves the line."""
        if self._drawn:
            self._write("\n")
            self._drawn = False


def describe(progress: Progress, seconds: float) -> str:
    """ "film 12 of 200, 3.4 a second, 0:55 left, 80 MB/s: Name" """
    if progress.phase == "reading":
        return "Reading names…"
    parts = [f"{progress.phase} {progress.done} of {progress.total}"]
    if progress.done and seconds > 0.5:
        parts.append(f"{progress.done / seconds:.1f} a second")
        if progress.done < progress.total:
            part = (
                progress.bytes_done / progress.bytes_total
                if progress.bytes_done
                else progress.done / progress.total
            )
            minutes, rest = divmod(round(seconds * (1 - part) / part), 60)
            parts.append(f"{minutes}:{rest:02d} left")
        if progress.bytes_done:
            parts.append(f"{progress.bytes_done / seconds / 1e6:.0f} MB/s")
    return ", ".join(parts) + (f": {shown(progress.what)}" if progress.what else "")


def report_lines(report: Report) -> Iterator[str]:
    """The report for people: what was (or would be) made as a table, then what was left out, a sentence each."""
    if report.lines:
        widths = [max(len(row[place]) for row in map(_row, report.lines)) for place in range(3)]
        for row in map(_row, report.lines):
            cells = [cell.ljust(width) for cell, width in zip(row[:3], widths, strict=True)]
            yield "  ".join([*cells, row[3]])
        yield ""
    if report.left_out:
        yield f"Left out: {len(report.left_out)}"
        ordered = sorted(report.left_out, key=lambda one: (list(Reason).index(one.reason), one.sentence))
        for sentence, group in groupby(ordered, key=lambda one: one.sentence):
            for one in group:
                yield f"  {shown(one.path)}: {sentence}"
        yield ""
    if report.vanished:
        yield f"Imported before and gone now: {len(report.vanished)}. Nothing was removed from the catalogue."
        yield from (f"  {shown(path)}" for path in report.vanished)
        yield ""
    yield from (f"Note: {shown(note)}" for note in report.notes)
    yield summary(report)


def _row(line: Line) -> tuple[str, str, str, str]:
    return line.action.value, line.kind, line.what, shown(line.path)


def summary(report: Report) -> str:
    """Figures in one sentence."""
    if report.is_dry_run:
        end = "Nothing was written." if report.lines else "There is nothing to do, and nothing was written."
        return (
            f"{report.titles_made} titles would be made and {report.titles_extended} added to;"
            f" {report.films_unchanged} films are unchanged. {end}"
        )
    text = (
        f"{report.titles_made} titles made, {report.titles_extended} added to; {report.films_queued} films queued"
        f" ({report.bytes_taken / 1e6:.1f} MB), {report.films_unchanged} unchanged; {report.subtitles} subtitles,"
        f" {report.pictures} pictures; {len(report.left_out)} files left out; {report.seconds:.1f} s."
    )
    return text + (" Stopped before the end: the same command goes on." if report.is_stopped else "")


def is_terminal() -> bool:
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
