"""Tells what a video is: which film, or which episode of which series. What is not clear is not guessed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from catalog.importing import names
from catalog.importing.folders import Folders, SeriesFolder
from catalog.importing.nfo import Facts
from catalog.importing.planned import Kind
from catalog.importing.reasons import LeftOut, Reason, left_out
from catalog.importing.scanning import Found
from catalog.search import fold

# So many files of one name that differ in a number may be films in a row or episodes.
_DOUBTFUL = 3


@dataclass(slots=True)
class Told:
    """A video and what it is; `home` is the folder that is the title's own, None where it shares one with others."""

    file: Found
    kind: Kind
    title: str
    year: int | None
    home: str | None = None
    season: int | None = None
    numbers: tuple[int, ...] = ()
    name: str = ""
    lines: int = 0
    cd: int | None = None
    nfo: Found | None = None
    facts: list[Facts] = field(default_factory=list)


class Teller:
    """`kind` is what the operator says that all films of this import are; None where each is told by itself."""

    def __init__(self, folders: Folders, films: Iterable[Found], kind: Kind | None) -> None:
        self._folders = folders
        self._kind = kind
        self._together: dict[str, list[Found]] = {}
        for film in films:
            self._together.setdefault(film.folder, []).append(film)
        self._alone = len(self._together) == 1 and len(next(iter(self._together.values()))) == 1
        self._doubtful = {path for films in self._together.values() for path in self._in_doubt(films)}

    def tell(self, file: Found) -> Told | LeftOut:
        nfo = self.nfo_of(file)
        parsed = list(self._folders.parsed(nfo).facts) if nfo else []
        episodes = [facts for facts in parsed if facts.kind == "episode"]
        series = None if self._kind is Kind.MOVIE else self._folders.series_of(file.folder)
        is_marked = names.is_marked(file.stem)
        if self._kind is Kind.MOVIE and is_marked:
            return left_out(
                file.path, Reason.UNCLEAR, "It is named like an episode, and films were asked for."
            )
        is_film = any(facts.kind == "movie" for facts in parsed) and self._kind is None
        if self._kind is not Kind.MOVIE and not is_film and (is_marked or series or episodes or self._kind):
            told: Told | LeftOut = self._episode(file, series, episodes)
        elif file.path in self._doubtful and not is_film:
            sentence = (
                "It may be one of several films or an episode. Put a series' files into folders named Season 1,"
                " or say --kind movies or --kind series."
            )
            return left_out(file.path, Reason.UNCLEAR, sentence)
        else:
            told = self._film(file, next((facts for facts in parsed if facts.kind == "movie"), None))
        if isinstance(told, Told):
            told.nfo, told.facts = (
                nfo,
                [one for one in parsed if (one.kind == "movie") == (told.kind is Kind.MOVIE)],
            )
        return told

    def nfo_of(self, file: Found) -> Found | None:
        """The NFO of a film or episode: of its name, or the only one of a folder with one film."""
        own = self._folders.nfo(file.folder, file.stem)
        if own or len(self._together[file.folder]) > 1:
            return own
        named = self._folders.nfo(file.folder, "movie")
        if named or not file.folder:
            return named
        there = self._folders.nfos(file.folder)
        return there[0] if len(there) == 1 and there[0].stem.casefold() not in ("tvshow", "season") else None

    def _film(self, file: Found, facts: Facts | None) -> Told | LeftOut:
        own = names.read_film(file.path)
        has_folder = len(self._together[file.folder]) == 1 and (bool(file.folder) or self._alone)
        folder = self._folders.name_of(file.folder) if has_folder else names.FilmName()
        best = own
        says_more = folder.year is not None or (not own.name and bool(file.folder))
        if folder.name and own.year is None and says_more:
            best = folder
        title = (facts.name if facts else "") or best.name
        if not title:
            return left_out(file.path, Reason.NO_NAME)
        year = (facts.year if facts else None) or best.year
        home = file.folder if has_folder else None
        return Told(file, Kind.MOVIE, title, year, home, lines=own.lines, cd=own.cd)

    def _episode(self, file: Found, series: SeriesFolder | None, facts: list[Facts]) -> Told | LeftOut:
        own = names.read_episode(file.path)
        season, numbers = _numbers(own, series, names.is_marked(file.stem))
        if facts and facts[0].season is not None and facts[0].number is not None:
            season = facts[0].season
            numbers = tuple(one.number for one in facts if one.number is not None and one.season == season)
        if season is None or not numbers:
            sentence = "It lies with a series, but its name has no number. Name it as Series S01E02."
            return left_out(file.path, Reason.UNCLEAR, sentence)
        title, year, home = self._series(file, own, series)
        if not title:
            return left_out(file.path, Reason.NO_NAME)
        name = " / ".join(one.name for one in facts if one.name) or own.name
        if not name:
            name = own.aired.isoformat() if own.aired else _counted(numbers)
        return Told(file, Kind.SERIES, title, year, home, season, numbers, name[:200], own.lines)

    def _series(
        self, file: Found, own: names.EpisodeName, series: SeriesFolder | None
    ) -> tuple[str, int | None, str | None]:
        """Name, year and own folder of the series that an episode is of."""
        if series:
            facts = self._folders.facts(self._folders.nfo(series.path, "tvshow"), "series")
            folder = self._folders.name_of(series.path)
            if series.name:
                folder = names.FilmName(series.name)
            if facts and facts.name:
                return facts.name, facts.year or folder.year, series.path
            return folder.name or own.series, folder.year or own.year, series.path
        folder = self._folders.name_of(file.folder)
        if not own.series:
            return folder.name, folder.year, file.folder
        if file.folder and fold(folder.name) == fold(own.series):
            return own.series, own.year or folder.year, file.folder
        return own.series, own.year, None

    def _in_doubt(self, films: list[Found]) -> list[str]:
        """Files of one folder whose names differ by a number only, which nothing tells from episodes."""
        if self._kind is not None:
            return []
        rows: dict[str, dict[int, str]] = {}
        for film in films:
            if names.is_marked(film.stem) or not names.may_be_numbered(film.stem):
                continue
            read = names.read_episode(film.path)
            if len(read.numbers) == 1 and names.read_film(film.path).year is None:
                rows.setdefault(fold(read.series), {})[read.numbers[0]] = film.path
        return [path for row in rows.values() if len(row) >= _DOUBTFUL for path in row.values()]


def _numbers(
    own: names.EpisodeName, series: SeriesFolder | None, is_marked: bool
) -> tuple[int | None, tuple[int, ...]]:
    """Season and numbers. A dated episode is of the year's season, its number month and day: 315 for 15 March."""
    if isinstance(own.aired, date):
        return own.aired.year, (own.aired.month * 100 + own.aired.day,)
    folder = series.season.number if series and series.season else None
    if own.season is not None and (is_marked or folder is None):
        return own.season, own.numbers
    if folder is None:
        # Numbers that count through all seasons: nothing here knows where a season ends.
        return 1, own.numbers
    counted = tuple(n - 100 * folder if 100 * folder < n < 100 * folder + 100 else n for n in own.numbers)
    return folder, counted if folder else own.numbers


def _counted(numbers: tuple[int, ...]) -> str:
    return f"Episode {numbers[0]}" if len(numbers) == 1 else f"Episodes {numbers[0]}–{numbers[-1]}"
