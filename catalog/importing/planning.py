"""Puts what a folder holds together as titles with their films."""

from collections.abc import Callable, Mapping, Sequence

from catalog.importing.beside import Beside
from catalog.importing.extras import Extra, read_extra
from catalog.importing.folders import Folders
from catalog.importing.planned import Kind, Known, Plan, PlannedFilm, PlannedTitle, Role
from catalog.importing.reasons import LeftOut, Reason, left_out
from catalog.importing.scanning import FileKind, Found, natural
from catalog.importing.telling import Teller, Told
from catalog.search import fold


def make_plan(
    files: Sequence[Found],
    *,
    root_name: str,
    read: Callable[[Found], bytes],
    kind: Kind | None = None,
    known: Mapping[str, Known] | None = None,
) -> Plan:
    """The titles that `files` are, and what of them is left out.

    `read` gives an NFO's bytes. `known` says, by path, what was imported before: no name of those is read again.
    """
    return _Planner(files, root_name, read, kind, known or {}).plan()


class _Planner:
    def __init__(
        self,
        files: Sequence[Found],
        root_name: str,
        read: Callable[[Found], bytes],
        kind: Kind | None,
        known: Mapping[str, Known],
    ) -> None:
        self.files = files
        self.known = known
        self.folders = Folders(files, root_name, read)
        self.videos = [file for file in files if file.kind is FileKind.VIDEO]
        self.titles: dict[tuple[str, ...], PlannedTitle] = {}
        self.left_out: list[LeftOut] = []
        places = {file.folder for file in self.videos}
        self.extras: list[tuple[Found, Extra]] = []
        self.films: list[Found] = []
        for file in self.videos:
            extra = None if file.path in known else read_extra(file, places)
            if extra:
                self.extras.append((file, extra))
            elif file.path not in known or known[file.path].role in (Role.FEATURE, Role.EPISODE):
                self.films.append(file)
        self.teller = Teller(self.folders, self.films, kind)
        #: The title that a series' folder has been given to before.
        self.homes: dict[str, Known] = {}

    def plan(self) -> Plan:
        for file in self.videos:
            if file.path in self.known:
                self._known(file, self.known[file.path])
        for file in self.films:
            if file.path not in self.known:
                told = self.teller.tell(file)
                if isinstance(told, Told):
                    self._film(told)
                else:
                    self.left_out.append(told)
        self._own_folders()
        self._choose()
        titles = list(self.titles.values())
        self._give_extras(titles)
        titles = [title for title in titles if title.films]
        beside = Beside(titles)
        beside.give([file for file in self.files if file.kind is not FileKind.VIDEO])
        self._leave_nfos(titles)
        everything = [*self.left_out, *beside.left_out, *self.folders.unread]
        return Plan(
            sorted(titles, key=lambda title: (natural(title.name), title.year is None, title.year or 0)),
            sorted(everything, key=lambda one: natural(one.path)),
        )

    def _known(self, file: Found, known: Known) -> None:
        title = self._title(known.kind, known.name, known.year, known.title)
        film = PlannedFilm(file, known.role, known.name, known.season, known.number)
        title.films.append(film)
        if known.role not in (Role.FEATURE, Role.EPISODE):
            return
        film.nfo = self.teller.nfo_of(file)
        if known.role is Role.FEATURE:
            title.facts = title.facts or self.folders.facts(film.nfo, "movie")
        if known.role is Role.EPISODE:
            series = self.folders.series_of(file.folder)
            home = series.path if series else None
            if home is not None:
                self.homes.setdefault(home, known)
                title.folders.add(home)
                title.nfo = title.nfo or self.folders.nfo(home, "tvshow")
                title.facts = title.facts or self.folders.facts(title.nfo, "series")

    def _title(self, kind: Kind, name: str, year: int | None, known: str = "") -> PlannedTitle:
        key = ("known", known) if known else (kind.value, fold(name) or name, str(year or ""))
        return self.titles.setdefault(key, PlannedTitle(kind, name, year, known))

    def _film(self, told: Told) -> None:
        home = self.homes.get(told.home) if told.home is not None and told.kind is Kind.SERIES else None
        if home:
            title = self._title(home.kind, home.name, home.year, home.title)
        else:
            title = self._title(told.kind, told.title, told.year)
        film = PlannedFilm(told.file, Role.FEATURE, told.title, lines=told.lines, nfo=told.nfo)
        if told.kind is Kind.SERIES:
            film.role, film.name = Role.EPISODE, told.name
            film.season, film.number, film.covers = told.season, told.numbers[0], told.numbers
            film.facts = told.facts[0] if told.facts else None
            if told.home is not None and title.nfo is None:
                title.nfo = self.folders.nfo(told.home, "tvshow")
                title.facts = self.folders.facts(title.nfo, "series")
        elif told.facts:
            title.facts = title.facts or told.facts[0]
        if told.cd is not None:
            self.left_out.append(left_out(told.file.path, Reason.PART))
            return
        if told.home is not None:
            title.folders.add(told.home)
        title.films.append(film)

    def _own_folders(self) -> None:
        """A folder in which all is one film, in several versions too, is that film's own."""
        there: dict[str, set[int]] = {}
        movies = {id(title): title for title in self.titles.values()}
        for title in movies.values():
            for film in title.films:
                there.setdefault(film.file.folder, set()).add(id(title))
        for folder, titles in there.items():
            title = movies[next(iter(titles))]
            if folder and len(titles) == 1 and title.kind is Kind.MOVIE:
                title.folders.add(folder)

    def _choose(self) -> None:
        """A title has one film, an episode one file: what was imported before, else the largest picture, else the most bytes."""
        for title in self.titles.values():
            best: dict[tuple[Role, int | None, int | None], PlannedFilm] = {}
            for film in title.films:
                place = (film.role, film.season, film.number)
                if film.role in (Role.FEATURE, Role.EPISODE):
                    best[place] = max(best.get(place, film), film, key=self._merit)
            chosen = {id(film) for film in best.values()}
            kept = []
            for film in title.films:
                if film.role in (Role.FEATURE, Role.EPISODE) and id(film) not in chosen:
                    self.left_out.append(left_out(film.file.path, Reason.OTHER_VERSION))
                else:
                    kept.append(film)
            title.films = kept

    def _merit(self, film: PlannedFilm) -> tuple[bool, int, int]:
        return film.file.path in self.known, film.lines, film.file.size

    def _give_extras(self, titles: list[PlannedTitle]) -> None:
        beside = Beside(titles)
        for file, extra in self.extras:
            named = beside.film_named(extra.folder, extra.stem) if extra.stem else None
            owners = [title for title in titles if extra.folder in title.folders]
            there = {
                id(title): title
                for title in titles
                for film in title.films
                if film.file.folder == extra.folder
            }
            if named:
                owner: PlannedTitle | None = named[0]
            elif len(owners) == 1:
                owner = owners[0]
            else:
                owner = next(iter(there.values())) if len(there) == 1 else None
            if owner is None:
                self.left_out.append(left_out(file.path, Reason.NO_OWNER))
            else:
                owner.films.append(PlannedFilm(file, extra.role, extra.name))

    def _leave_nfos(self, titles: list[PlannedTitle]) -> None:
        used = {file.path for title in titles for file in title.files}
        used |= {one.path for one in self.folders.unread}
        self.left_out += [
            left_out(file.path, Reason.NFO)
            for file in self.files
            if file.kind is FileKind.NFO and file.path not in used
        ]
