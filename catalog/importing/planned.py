"""What an import would make of a folder: titles with their films, and what is left out."""

from dataclasses import dataclass, field
from enum import StrEnum

from catalog.importing.nfo import Facts
from catalog.importing.reasons import LeftOut
from catalog.importing.scanning import Found
from catalog.importing.subtitles import SubtitleMarks


class Kind(StrEnum):
    """Of titles, as the catalogue calls them."""

    MOVIE = "MOVIE"
    SERIES = "SERIES"


class Role(StrEnum):
    """Of videos, as the catalogue calls them."""

    FEATURE = "FEATURE"
    EPISODE = "EPISODE"
    TRAILER = "TRAILER"
    EXTRA = "EXTRA"


class Shape(StrEnum):
    """Of pictures, as the catalogue calls them."""

    POSTER = "POSTER"
    BACKDROP = "BACKDROP"
    STILL = "STILL"


@dataclass(frozen=True, slots=True)
class Known:
    """A file that was imported before: the title it belongs to, whatever it is called by now."""

    title: str
    kind: Kind
    name: str
    year: int | None
    role: Role
    season: int | None = None
    number: int | None = None


@dataclass(slots=True)
class PlannedFilm:
    """One video. `covers` are all the episodes that the file holds, of which it becomes the first."""

    file: Found
    role: Role
    name: str
    season: int | None = None
    number: int | None = None
    covers: tuple[int, ...] = ()
    lines: int = 0
    facts: Facts | None = None
    nfo: Found | None = None
    subtitles: list[tuple[Found, SubtitleMarks]] = field(default_factory=list)
    still: Found | None = None

    @property
    def place(self) -> tuple[int, int]:
        """Season and number of an episode."""
        assert self.season is not None
        assert self.number is not None
        return self.season, self.number


@dataclass(slots=True)
class PlannedTitle:
    """`known` is the key of the title where its files were imported before; `folders` are its own alone."""

    kind: Kind
    name: str
    year: int | None
    known: str = ""
    facts: Facts | None = None
    nfo: Found | None = None
    films: list[PlannedFilm] = field(default_factory=list)
    pictures: dict[Shape, Found] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)

    @property
    def files(self) -> list[Found]:
        """All files that it is made of."""
        found = [self.nfo, *self.pictures.values()]
        for film in self.films:
            found += [film.file, film.nfo, film.still, *(file for file, _ in film.subtitles)]
        return [file for file in found if file is not None]


@dataclass(slots=True)
class Plan:
    titles: list[PlannedTitle] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
