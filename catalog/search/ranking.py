"""How well a title matches what somebody typed. Plain Python, so that each database answers the same."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple, TypeAlias

from catalog.search.asking import Asked
from catalog.search.folding import composed, is_unspaced, slip_distance

Meant: TypeAlias = Mapping[str, Collection[str]]


class Place(IntEnum):
    """Where what was typed stands, the best first."""

    NAME = 0
    OTHER_NAME = 1
    # All but a letter of a name, or a name but for its spaces.
    NEARLY_NAME = 2
    BEGINS_NAME = 3
    IN_A_ROW = 4
    BEGIN_WORDS = 5
    NAME_WITH_SLIP = 6
    WORDS_WITH_SLIPS = 7
    INSIDE_WORDS = 8
    PEOPLE = 9
    ANYWHERE = 10
    ANYWHERE_WITH_SLIPS = 11


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that an index answered: the title's key in hexadecimal digits, and its words.

    `others` is empty where nobody looked there.
    """

    title: str
    names: str
    others: str
    weight: int


class Rank(NamedTuple):
    """The order of answers; no two titles have the same. `title` is the key in hexadecimal digits."""

    place: int
    slips: int
    lightness: int
    title: str


def slips_allowed(text: str) -> int:
    """How many letters of a word, or a name, of this length may be wrong."""
    return 0 if len(text) < 4 else 1 if len(text) < 9 else 2


def rank(asked: Asked, meant: Meant | None, candidate: Candidate) -> Rank:
    """`meant` are the words that each word of the text may have been meant for; None: it is meant as it is."""
    place, slips = _place(asked, meant, candidate)
    return Rank(place, slips, -candidate.weight, candidate.title)


def _place(asked: Asked, meant: Meant | None, candidate: Candidate) -> tuple[Place, int]:
    lines = candidate.names.split("\n")
    hidden = lines.pop()[2:] if lines[-1].startswith("+ ") else ""
    whole = min(_place_in_name(asked, line, number) for number, line in enumerate(lines)) if lines else None
    if whole is not None and whole < Place.BEGIN_WORDS:
        return whole, 0
    words = {*hidden.split(" "), *(word for line in lines for word in line.split(" "))}
    if all(_begins(word, words) for word in asked.words) or _begins(asked.joined, words):
        return Place.BEGIN_WORDS, 0
    allowed = slips_allowed(composed(asked.text))
    if allowed and meant is not None:
        nearest = min(slip_distance(asked.text, line, allowed) for line in lines)
        if nearest <= allowed:
            return Place.NAME_WITH_SLIP, nearest
    slipped = _slipped(asked, meant, words)
    if slipped is not None:
        return Place.WORDS_WITH_SLIPS, slipped
    if all(word in candidate.names for word in asked.words):
        return Place.INSIDE_WORDS, 0
    if f" {asked.text}" in " " + candidate.others.replace("\n", " \n "):
        return Place.PEOPLE, 0
    words.update(candidate.others.replace("\n", " ").split(" "))
    if all(_begins(word, words) for word in asked.words):
        return Place.ANYWHERE, 0
    slipped = _slipped(asked, meant, words)
    return Place.ANYWHERE_WITH_SLIPS, len(asked.words) if slipped is None else slipped


def _place_in_name(asked: Asked, line: str, number: int) -> Place:
    if line == asked.text:
        return Place.OTHER_NAME if number else Place.NAME
    if line.startswith(asked.text):
        nearly = len(asked.text) > 2 and len(line) - len(asked.text) == 1
        return Place.NEARLY_NAME if nearly else Place.BEGINS_NAME
    if len(line) - line.count(" ") == len(asked.joined) and line.replace(" ", "") == asked.joined:
        return Place.NEARLY_NAME
    if f" {asked.text}" in line or (asked.text in line and is_unspaced(asked.text)):
        return Place.IN_A_ROW
    return Place.BEGIN_WORDS


def _begins(word: str, words: Collection[str]) -> bool:
    return any(one.startswith(word) for one in words) or (
        is_unspaced(word) and any(word in one for one in words)
    )


def _slipped(asked: Asked, meant: Meant | None, words: Collection[str]) -> int | None:
    """How many words are others than typed; None where one is neither there nor meant."""
    if meant is None:
        return None
    count = 0
    for word in asked.words:
        if not _begins(word, words):
            if not any(one in words for one in meant.get(word, ())):
                return None
            count += 1
    return count
