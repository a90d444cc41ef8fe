"""What an entry of the demo library's programme consists of. Data only."""

from collections.abc import Callable
from dataclasses import dataclass

from catalog.demo.looks import Frame

Look = Callable[[Frame], str]
Sound = Callable[[float], str]


@dataclass(frozen=True)
class Film:
    """Something to render. `still_at` is a second at which a frame is worth a poster.

    `still_look` stands in for `look` there where a generator would take long to get that far.
    """

    key: str
    look: Look
    sound: Sound
    seconds: float
    rate: int = 24
    width: int = 1280
    height: int = 720
    still_at: float = 4.0
    still_look: Look | None = None

    @property
    def frame(self) -> Frame:
        return Frame(self.width, self.height, self.rate, self.seconds)


@dataclass(frozen=True)
class Credits:
    """One person: name, what they did, and whom they played."""

    name: str
    role: str
    character: str = ""


@dataclass(frozen=True)
class Entry:
    """What both kinds of title have in common."""

    name: str
    synopsis: str
    year: int
    genres: tuple[str, ...]
    rating: str
    people: tuple[Credits, ...]
    language: str = "en"
    is_featured: bool = False


@dataclass(frozen=True)
class Movie:
    entry: Entry
    film: Film


@dataclass(frozen=True)
class Part:
    """An episode."""

    name: str
    synopsis: str
    film: Film


@dataclass(frozen=True)
class Series:
    """`seasons` are a name and its episodes, in order."""

    entry: Entry
    seasons: tuple[tuple[str, tuple[Part, ...]], ...]


@dataclass(frozen=True)
class Clip:
    """A film of somebody else, from an npm package; `still_at` in seconds."""

    entry: Entry
    file_name: str
    still_at: float
