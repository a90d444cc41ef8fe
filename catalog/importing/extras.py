"""Trailers and extras, told from films by the end of their names or by the folder they lie in."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from posixpath import basename

from catalog.importing.planned import Role
from catalog.importing.scanning import Found
from catalog.importing.wording import tidy

_TRAILER_FOLDERS = frozenset({"trailer", "trailers"})
_EXTRA_FOLDERS = frozenset(
    {
        "extras",
        "extra",
        "featurettes",
        "behind the scenes",
        "deleted scenes",
        "interviews",
        "bonus",
        "making of",
    }
)
# Words that are names of folders of films too: extras only where a film lies beside the folder.
_DOUBTFUL_FOLDERS = frozenset({"clips", "other", "scenes", "shorts"})
_END = re.compile(
    r"(?P<stem>.*?)(?:(?P<trailer>[-._ ](?:trailer|teaser))|-(?P<extra>behindthescenes|behind the scenes|deleted"
    r"|deletedscene|featurette|interview|scene|short|clip|other|extra))(?P<number>[-_ ]?\d{0,2})",
    re.IGNORECASE | re.DOTALL,
)
_NAMES = {
    "behindthescenes": "Behind the scenes",
    "deleted": "Deleted scene",
    "deletedscene": "Deleted scene",
    "other": "Extra",
}


@dataclass(frozen=True, slots=True)
class Extra:
    """A trailer or extra of the film called `stem` in `folder`; with an empty `stem` of whatever lies there."""

    role: Role
    name: str
    folder: str
    stem: str = ""


def read_extra(file: Found, folders_of_films: Collection[str]) -> Extra | None:
    """What a video is an extra of; None for a film. `folders_of_films` are those in which videos lie."""
    above, _, here = file.folder.rpartition("/")
    word = re.sub(r"[-._ ]+", " ", here.casefold())
    if word in _TRAILER_FOLDERS:
        return Extra(Role.TRAILER, _name(file.stem), above)
    if word in _EXTRA_FOLDERS or (word in _DOUBTFUL_FOLDERS and above in folders_of_films):
        return Extra(Role.EXTRA, _name(file.stem), above)
    if file.stem.casefold() in ("trailer", "movie-trailer", "teaser"):
        return Extra(Role.TRAILER, "Trailer", file.folder)
    end = _END.fullmatch(file.stem)
    if end is None or not end["stem"]:
        return None
    number = f" {int(end['number'].strip('-_ '))}" if end["number"].strip("-_ ") else ""
    if end["trailer"]:
        return Extra(Role.TRAILER, f"{end['trailer'][1:].capitalize()}{number}", file.folder, end["stem"])
    word = end["extra"].casefold()
    return Extra(Role.EXTRA, f"{_NAMES.get(word, word.capitalize())}{number}", file.folder, end["stem"])


def _name(stem: str) -> str:
    spaced = stem if " " in stem else re.sub(r"[._]+", " ", stem)
    return tidy(spaced, 200) or basename(stem)[:200]
