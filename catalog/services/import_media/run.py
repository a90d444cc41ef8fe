"""One import from beginning to end."""

import errno
import fcntl
import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import Error as DatabaseError

from catalog.errors import CatalogError
from catalog.importing.nfo import MAX_BYTES
from catalog.importing.planned import Kind, Plan, PlannedFilm, PlannedTitle, Shape
from catalog.importing.planning import make_plan
from catalog.importing.reasons import LeftOut, Reason, left_out
from catalog.importing.scanning import Found, scan
from catalog.importing.subtitles import SubtitleMarks
from catalog.importing.wording import shown, tidy
from catalog.models import ImportedFile, ImportFolder, Title
from catalog.search import fold
from catalog.services.import_media.hanging import hang_picture
from catalog.services.import_media.knowing import Memory, folder_mark, folder_of, make_folder
from catalog.services.import_media.looking import Looker, Step, lines_of
from catalog.services.import_media.making import Made, keep_row, make_title
from catalog.services.import_media.matching import Unclear
from catalog.services.import_media.reporting import Action, Report
from catalog.services.import_media.taking import ChangedMeanwhile, take_film, take_subtitles
from transcoding.asset_errors import SubtitlesError

log = logging.getLogger(__name__)

# Whatever ends for these reasons ends so for all that follows.
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
# So many failures of the store or the database in a row are an outage.
_OUTAGE = 3


class CannotImport(Exception):
    """The import cannot begin. `args[0]` is a sentence for people."""


@dataclass(frozen=True, slots=True)
class Options:
    """`kind` is None where each film is told by itself; `name` finds the folder again wherever it lies."""

    kind: Kind | None = None
    publish: bool = False
    language: str = ""
    follow_symlinks: bool = False
    name: str = ""
    again: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """`phase` is reading, films or pictures; `done` of `total` files; `bytes_done` of `bytes_total` of films."""

    phase: str
    done: int
    total: int
    what: str = ""
    bytes_done: int = 0
    bytes_total: int = 0


def import_media(
    root: Path,
    options: Options,
    *,
    say: Callable[[Progress], None] = lambda _progress: None,
    should_stop: Callable[[], bool] = lambda: False,
    wait: Callable[[float], None] = time.sleep,
) -> Report:
    """Brings what lies below `root` into the catalogue and the factory's queue, or says what it would bring.

    Films first, then their pictures, which take longer. Raises CannotImport where it cannot begin at all.
    """
    began = time.monotonic()
    if not root.is_dir():
        raise CannotImport("There is no such folder, or it may not be looked at.")
    with _alone(root, options):
        report = _Run(root, options, say, should_stop, wait).run()
    report.seconds = time.monotonic() - began
    return report


@contextmanager
def _alone(root: Path, options: Options) -> Iterator[None]:
    """One import of a folder at a time on this machine; several machines wait for each other title by title."""
    if options.dry_run:
        yield
        return
    settings.WORK_ROOT.mkdir(parents=True, exist_ok=True)
    path = Path(settings.WORK_ROOT) / f"import-{folder_mark(root, options.name)[:16]}.lock"
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise CannotImport("This folder is being imported by somebody else at the moment.") from error
        yield
    finally:
        os.close(handle)


class _Run:
    def __init__(
        self,
        root: Path,
        options: Options,
        say: Callable[[Progress], None],
        should_stop: Callable[[], bool],
        wait: Callable[[float], None],
    ) -> None:
        self.root = root
        self.options = options
        self.say = say
        self.should_stop = should_stop
        self.report = Report(is_dry_run=options.dry_run)
        self.say(Progress("reading", 0, 0))
        try:
            self.scan = scan(root, follow_symlinks=options.follow_symlinks, wait=wait)
        except OSError as error:
            raise CannotImport(f"This folder cannot be read: {error.strerror or error}.") from error
        self.memory = Memory(root, folder_of(root, options.name), self.scan)
        self.folder: ImportFolder | None = None
        self.pictures: list[tuple[Title, Shape, Found, PlannedFilm | None]] = []
        self.failures = 0
        self.done = self.bytes_done = 0

    def run(self) -> Report:
        root_name = tidy(self.root.resolve().name, 200)
        plan = make_plan(
            self.scan.files,
            root_name=root_name,
            read=self._bytes,
            kind=self.options.kind,
            known=self.memory.known(),
        )
        if not self.options.dry_run:
            self.folder = make_folder(self.root, self.options.name, self.options.name or root_name)
        self.report.left_out += [*self.scan.left_out, *plan.left_out]
        self.report.vanished = [row.path for row in self.memory.vanished]
        self._titles(plan)
        self._pictures()
        return self.report

    def _bytes(self, file: Found) -> bytes:
        with (self.root / file.path).open("rb") as stream:
            return stream.read(MAX_BYTES + 1)

    def _titles(self, plan: Plan) -> None:
        looker = Looker(self.memory, again=self.options.again)
        years = _years(plan)
        films = [film for title in plan.titles for film in title.films]
        total, size = len(films), sum(film.file.size for film in films)
        for planned in plan.titles:
            if self._is_over():
                return
            self.say(Progress("films", self.done, total, planned.name, self.bytes_done, size))
            step = looker.look(planned, years[_key(planned)])
            self.report.left_out += step.left_out
            self.report.films_unchanged += step.unchanged
            if not step.is_idle:
                self._title(step, years[_key(planned)])
            self.done += len(planned.films)
            self.bytes_done += sum(film.file.size for film in planned.films)
        self.say(Progress("films", total, total, "", size, size))

    def _is_over(self) -> bool:
        self.report.is_stopped = self.report.is_stopped or self.should_stop()
        return self.report.is_stopped

    def _title(self, step: Step, years: set[int]) -> None:
        if self.folder is None:
            self.report.lines += lines_of(step)
            self.report.titles_made += step.title is None
            self.report.titles_extended += step.title is not None
            return
        try:
            made = make_title(
                step=step, folder=self.folder, memory=self.memory, years=years, publish=self.options.publish
            )
        except (Unclear, CatalogError) as error:
            self._leave_all(step, Reason.UNCLEAR, str(error))
            return
        except DatabaseError:
            log.exception("a title could not be written")
            self._leave_all(step, Reason.FAILED, "The database could not write it. Import again.")
            self._failed()
            return
        self.report.lines += lines_of(step)
        self.report.titles_made += made.is_new
        self.report.titles_extended += not made.is_new
        self.report.notes += made.notes
        self.report.left_out += [left_out(file.path, Reason.HAS_FILM) for file in made.occupied]
        for film, action in step.films:
            if film.file.path in made.rows and action is not Action.RENAME and not self._is_over():
                self._film(film, made)
        for film, file, marks in step.subtitles:
            row = self.memory.row(film.file)
            if row and row.is_done and not self._is_over():
                self._attempt(file, partial(self._subtitles, row, file, marks, made.title))
        self.pictures += [(made.title, *picture) for picture in step.pictures]

    def _leave_all(self, step: Step, reason: Reason, sentence: str) -> None:
        self.report.left_out += [left_out(film.file.path, reason, sentence) for film, _ in step.films]

    def _film(self, film: PlannedFilm, made: Made) -> None:
        row = made.rows[film.file.path]
        name = shown(film.file.path.rpartition("/")[2])

        def take() -> None:
            take_film(root=self.root, file=film.file, row=row, name=name)
            self.report.films_queued += 1
            self.report.bytes_taken += film.file.size

        self._attempt(film.file, take)

    def _subtitles(self, row: ImportedFile, file: Found, marks: SubtitleMarks, title: Title) -> None:
        take_subtitles(root=self.root, file=file, film=row, marks=marks, language=self.options.language)
        assert self.folder is not None
        keep_row(file, self.folder, self.memory, title=title)
        self.report.subtitles += 1

    def _pictures(self) -> None:
        for place, (title, shape, file, film) in enumerate(self.pictures):
            if self._is_over():
                return
            self.say(Progress("pictures", place, len(self.pictures), title.name))
            self._attempt(file, partial(self._picture, title, shape, file, film))
        if self.pictures:
            self.say(Progress("pictures", len(self.pictures), len(self.pictures)))

    def _picture(self, title: Title, shape: Shape, file: Found, film: PlannedFilm | None) -> None:
        assert self.folder is not None
        hung = hang_picture(
            root=self.root,
            file=file,
            shape=shape,
            title=title,
            film=film,
            folder=self.folder,
            memory=self.memory,
        )
        if hung:
            self.report.pictures += 1
        else:
            self.report.left_out.append(left_out(file.path, Reason.HAS_PICTURE))

    def _attempt(self, file: Found, do: Callable[[], None]) -> None:
        """Does something with one file; what goes wrong with it stops no other."""
        try:
            do()
        except ChangedMeanwhile:
            self._leave(left_out(file.path, Reason.STILL_WRITTEN))
        except SubtitlesError as error:
            self._leave(left_out(file.path, Reason.SUBTITLES, error.message))
        except CatalogError as error:
            self._leave(left_out(file.path, Reason.PICTURE, error.message))
        except DatabaseError:
            log.exception("%s could not be taken", shown(file.path))
            self._leave(left_out(file.path, Reason.FAILED, "The database could not write it. Import again."))
            self._failed()
        except OSError as error:
            self._leave(_of_system(file, error))
            self._failed(for_good=error.errno in _FULL)
        else:
            self.failures = 0

    def _leave(self, one: LeftOut) -> None:
        self.report.left_out.append(one)

    def _failed(self, *, for_good: bool = False) -> None:
        self.failures += 1
        if for_good or self.failures >= _OUTAGE:
            self.report.is_stopped = True


def _of_system(file: Found, error: OSError) -> LeftOut:
    if isinstance(error, PermissionError):
        return left_out(file.path, Reason.UNREADABLE)
    if error.errno in _FULL:
        return left_out(file.path, Reason.FAILED, "There is no room for it. Make room and import again.")
    return left_out(
        file.path, Reason.FAILED, f"It could not be stored ({error.strerror or error}). Import again."
    )


def _key(planned: PlannedTitle) -> tuple[Kind, str]:
    return planned.kind, fold(planned.name)


def _years(plan: Plan) -> dict[tuple[Kind, str], set[int]]:
    """The years of all titles of a name."""
    years: dict[tuple[Kind, str], set[int]] = {}
    for planned in plan.titles:
        found = years.setdefault(_key(planned), set())
        if planned.year is not None:
            found.add(planned.year)
    return years
