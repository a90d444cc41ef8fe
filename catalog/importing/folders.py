"""What the folders of an import hold, and which of them are a series' or a season's."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from posixpath import basename

from catalog.importing.names import FilmName, SeasonFolder, read_film, season_folder
from catalog.importing.nfo import Facts, Nfo, UnreadableNfo, read_nfo
from catalog.importing.reasons import LeftOut, Reason, left_out
from catalog.importing.scanning import FileKind, Found
from catalog.search import fold


@dataclass(frozen=True, slots=True)
class SeriesFolder:
    """The series' own folder, and the season that the file's folder is; `name` where only the season's folder says it."""

    path: str
    season: SeasonFolder | None = None
    name: str = ""


def above(folder: str) -> str:
    return folder.rpartition("/")[0]


class Folders:
    """`root_name` is the root's own name; `read` gives a file's bytes, at most as many as it is told."""

    def __init__(self, files: Iterable[Found], root_name: str, read: Callable[[Found], bytes]) -> None:
        self.root_name = root_name
        self.unread: list[LeftOut] = []
        self._read = read
        self._nfos: dict[str, dict[str, Found]] = {}
        for file in files:
            if file.kind is FileKind.NFO:
                self._nfos.setdefault(file.folder, {})[file.stem.casefold()] = file
        self._parsed: dict[str, Nfo] = {}
        self.name_of = cache(self._name_of)
        self.series_of = cache(self._series_of)

    def _name_of(self, folder: str) -> FilmName:
        """The title that a folder is called after."""
        return read_film(basename(folder) or self.root_name)

    def nfo(self, folder: str, stem: str) -> Found | None:
        return self._nfos.get(folder, {}).get(stem.casefold())

    def nfos(self, folder: str) -> list[Found]:
        return list(self._nfos.get(folder, {}).values())

    def parsed(self, file: Found) -> Nfo:
        """What an NFO says; nothing where it cannot be read, which is noted in `unread`."""
        if file.path not in self._parsed:
            try:
                self._parsed[file.path] = read_nfo(self._read(file))
            except UnreadableNfo as error:
                self._note(file, Reason.NFO, str(error))
            except OSError:
                self._note(file, Reason.UNREADABLE)
        return self._parsed[file.path]

    def _note(self, file: Found, reason: Reason, sentence: str = "") -> None:
        self._parsed[file.path] = Nfo()
        self.unread.append(left_out(file.path, reason, sentence))

    def facts(self, file: Found | None, kind: str) -> Facts | None:
        """The first of what an NFO says about a `kind`."""
        found = self.parsed(file).facts if file else ()
        return next((facts for facts in found if facts.kind == kind), None)

    def _series_of(self, folder: str) -> SeriesFolder | None:
        """The series' folder that `folder` is or lies in, by tvshow.nfo or by a folder of a season."""
        season = season_folder(basename(folder)) if folder else None
        if season and season.series:
            parent = self.name_of(above(folder))
            if fold(parent.name) != fold(season.series) and not self.nfo(above(folder), "tvshow"):
                return SeriesFolder(folder, season, season.series)
        if season:
            return SeriesFolder(above(folder), season)
        if self.nfo(folder, "tvshow"):
            return SeriesFolder(folder)
        return self.series_of(above(folder)) if folder else None
