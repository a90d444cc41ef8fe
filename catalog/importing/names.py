"""What a file or folder is called, read with guessit: a film's name and year, or a series' numbers."""

import re
from dataclasses import dataclass
from datetime import date
from posixpath import basename, splitext
from typing import Any

from guessit import guessit
from guessit.api import GuessitException

from catalog.importing.wording import tidy

MOST_NAME = 200
# Nothing that another account wrote on this machine changes what a name means. Of films "Part 1" is part of the name.
_FILM = {
    "type": "movie",
    "no_user_config": True,
    "excludes": ["part", "country", "film", "film_title", "alternative_title", "bonus", "bonus_title"],
}
_EPISODE = {"type": "episode", "no_user_config": True, "episode_prefer_number": True}
_MARK = re.compile(
    r"(?<![A-Za-z0-9])(?:S\d{1,4}[ ._-]*E\d|\d{1,2}x\d{2,3}(?!\d)|season[ ._-]*\d+[ ._-]*episode[ ._-]*\d)",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?<!\d)(?:19|20)\d\d[ ._-](?:0[1-9]|1[0-2])[ ._-](?:0[1-9]|[12]\d|3[01])(?!\d)")
_DATE_TURNED = re.compile(r"(?<!\d)(?:0[1-9]|[12]\d|3[01])[ ._-](?:0[1-9]|1[0-2])[ ._-](?:19|20)\d\d(?!\d)")
_NUMBER_FIRST = re.compile(r"(?:e|ep|episode|folge)?[ ._-]*\d{1,4}(?![\dA-Za-z])", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?<![A-Za-z0-9])(?:e|ep|episode|folge)?[ ._-]*#?\d{1,4}(?:v\d)?(?![A-Za-z0-9])", re.IGNORECASE
)
_GROUP = re.compile(r"\[[^\]]{1,60}\][ ._-]*")
_YEAR_BEHIND = re.compile(r"(.*?)[ ._-]*[(\[]((?:18[7-9]|19\d|20\d)\d)[)\]].*", re.DOTALL)
_PART = re.compile(
    r".*[-._ (\[](?:cd|dvd|disc|disk|pt|part)[-._ ]?(\d{1,2})[)\]]?", re.IGNORECASE | re.DOTALL
)
_COUNTRY = re.compile(r"\(([A-Z]{2})\)")
_SEASON = re.compile(
    r"(?:(?P<name>.*?)[ ._-]+)?(?:season|series|staffel|saison|temporada|stagione|seizoen|sæson|säsong|sesong|kausi|sezon)"
    r"[ ._-]*(?P<number>\d{1,4})(?:[ ._-].*)?",
    re.IGNORECASE | re.DOTALL,
)
_SEASON_SHORT = re.compile(
    r"(?P<name>.*?)[ ._-]*\bS(?P<number>\d{1,4})(?![\dE])(?:[ ._-].*)?", re.IGNORECASE | re.DOTALL
)
_SPECIALS = re.compile(r"specials?|extras? season", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FilmName:
    """`lines` is the picture's height as the name claims it; `cd` the number of a part of a film in several files."""

    name: str = ""
    year: int | None = None
    lines: int = 0
    cd: int | None = None


@dataclass(frozen=True, slots=True)
class EpisodeName:
    """`series` is empty where only the folder knows it; `numbers` are several for a file of several episodes."""

    series: str = ""
    year: int | None = None
    season: int | None = None
    numbers: tuple[int, ...] = ()
    name: str = ""
    aired: date | None = None
    lines: int = 0


@dataclass(frozen=True, slots=True)
class SeasonFolder:
    """A folder that holds a season; `series` where its name says that too."""

    number: int
    series: str = ""


def is_marked(stem: str) -> bool:
    """Whether a name says by itself that it is an episode: S01E02, 1x02, Season 1 Episode 2, or a date."""
    return bool(_MARK.search(stem)) or is_dated(stem)


def is_dated(stem: str) -> bool:
    return bool(_DATE.search(stem) or _DATE_TURNED.search(stem))


def may_be_numbered(stem: str) -> bool:
    """Whether a name has a number that could be an episode's."""
    return bool(_NUMBER.search(_GROUP.sub("", stem)))


def read_film(path: str) -> FilmName:
    """The film that a file or folder is called after; its name is empty where nothing can be told."""
    stem = _stem(path)
    facts = _ask(basename(path), _FILM)
    name, year = _text(facts, "title"), _year(facts)
    behind = _YEAR_BEHIND.fullmatch(stem)
    if not name and behind:
        # Words that mean something else elsewhere: HD (2008), Proper (2011).
        name, year = _plain(behind[1]), int(behind[2])
    if not name and year is not None and stem.strip() == str(year):
        name, year = stem.strip(), None
    part = _PART.fullmatch(stem)
    is_part = part is not None and not re.search(r"\d\Z", name)
    return FilmName(name, year, _lines(facts), int(part[1]) if part and is_part else _first(facts, "cd"))


def read_episode(path: str) -> EpisodeName:
    """The episode that a file is called after."""
    stem = _stem(path)
    facts = _ask(basename(path), _EPISODE)
    series, name = _text(facts, "title"), _text(facts, "episode_title")
    aired = facts.get("date") if is_dated(stem) and not _MARK.search(stem) else None
    numbers = _numbers(facts, "episode")
    mark = _MARK.search(stem)
    begins_with_number = mark.start() == 0 if mark else bool(_NUMBER_FIRST.match(stem))
    if series and begins_with_number:
        # Nothing stands before the number, so what guessit took for the series is the episode's own name.
        series, name = "", name or series
    country = _COUNTRY.search(stem[: mark.start()] if mark else stem)
    if series and country and facts.get("country") is not None:
        series = f"{series} ({country[1]})"
    if isinstance(aired, date):
        return EpisodeName(series, None, None, (), name, aired, _lines(facts))
    season = _first(facts, "season")
    year = None if season is not None and season == facts.get("year") else _year(facts)
    return EpisodeName(series, year, season, numbers, name, None, _lines(facts))


def season_folder(name: str) -> SeasonFolder | None:
    """What a folder's name says of a season, in the words that several languages have for it."""
    if _SPECIALS.fullmatch(name.strip()):
        return SeasonFolder(0)
    match = _SEASON.fullmatch(name) or (_SEASON_SHORT.fullmatch(name) if not _MARK.search(name) else None)
    return SeasonFolder(int(match["number"]), _plain(match["name"] or "")) if match else None


def _stem(path: str) -> str:
    name = basename(path)
    stem, end = splitext(name)
    return stem if 1 < len(end) <= 6 and " " not in end and not end[1:].isdecimal() else name


def _ask(name: str, options: dict[str, Any]) -> dict[str, Any]:
    try:
        return dict(guessit(tidy(name, 255), options))
    except GuessitException:
        # Names for which it has no answer: the folder may have one.
        return {}


def _text(facts: dict[str, Any], key: str) -> str:
    value = facts.get(key)
    if isinstance(value, list):
        value = value[0]
    return tidy(str(value), MOST_NAME) if value else ""


def _plain(text: str) -> str:
    spaced = text if " " in text.strip() else re.sub(r"[._]+", " ", text)
    return tidy(spaced, MOST_NAME).strip(" -._")


def _numbers(facts: dict[str, Any], key: str) -> tuple[int, ...]:
    value = facts.get(key)
    values = value if isinstance(value, list) else [value]
    return tuple(sorted({one for one in values if isinstance(one, int) and 0 <= one <= 9999}))


def _first(facts: dict[str, Any], key: str) -> int | None:
    numbers = _numbers(facts, key)
    return numbers[0] if numbers else None


def _year(facts: dict[str, Any]) -> int | None:
    year = _first(facts, "year")
    return year if year is not None and 1870 <= year <= 2200 else None


def _lines(facts: dict[str, Any]) -> int:
    found = re.match(r"(\d{3,4})[pi]", str(facts.get("screen_size", "")))
    return int(found[1]) if found else 0
