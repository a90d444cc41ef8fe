"""Files of who watched what and when, of anybody's making: commas or tabs, with names of columns or without."""

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import isfinite
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from playback.recommending.rows import Growing

#: Bad lines that are kept with their reasons; all are counted.
MOST_NAMED = 20
_LONGEST_LINE = 64 * 1024
_LONGEST_NAME = 500
_LOOK_EVERY = 50_000
_NAMES = {
    "user": "user userid uid username profile profileid person viewer customer member account accountid".split(),  # noqa: SIM905
    "item": "item itemid iid movie movieid title titleid video videoid product productid show film track song artist".split(),  # noqa: SIM905
    "time": "time timestamp ts date datetime at when unixtime watchedat updatedat createdat".split(),  # noqa: SIM905
    "rating": "rating stars score".split(),  # noqa: SIM905
}
_DELIMITERS = ("::", "\t", ",", ";", "|")


@dataclass(frozen=True)
class BadLine:
    """A line that says nothing, by its number from 1."""

    number: int
    reason: str


@dataclass(frozen=True)
class Events:
    """Users and items as places from 0 in the order in which they first occur, a pair of columns of equal length."""

    users: npt.NDArray[Any]
    items: npt.NDArray[Any]
    user_count: int
    item_count: int
    lines: int
    bad_count: int
    bad: Sequence[BadLine] = ()
    columns: Sequence[str] = field(default_factory=tuple)


class NoEvents(ValueError):
    """A file that cannot be used, with a sentence for a person."""


def read_events(
    path: Path,
    *,
    columns: Sequence[str] | None = None,
    least_rating: float | None = None,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Events:
    """The events of a file of user, item, time; what lines cannot be understood is counted and named.

    Without `columns` the first line's names decide, where it has any; else two columns are user and item, three have
    the time last, and four the rating before it. Lines rated below `least_rating` are left out. `progress` is told bytes
    read and bytes in all. Raises NoEvents where no line can be used, OSError as `open` does.
    """
    with path.open("rb") as file:
        return _Reader(file, columns, least_rating, progress, path.stat().st_size).read()


class _Reader:
    def __init__(
        self,
        file: BinaryIO,
        columns: Sequence[str] | None,
        least_rating: float | None,
        progress: Callable[[int, int], None],
        size: int,
    ) -> None:
        self.file, self.least_rating, self.progress, self.size = file, least_rating, progress, size
        self.columns = tuple(columns or ())
        self.delimiter: str | None = None
        self.users: dict[str, int] = {}
        self.items: dict[str, int] = {}
        self.of_user, self.of_item = Growing("i"), Growing("i")
        self.bad: list[BadLine] = []
        self.bad_count = 0

    def read(self) -> Events:
        number = done = 0
        while raw := self.file.readline(_LONGEST_LINE):
            number += 1
            done += len(raw)
            try:
                self._take(number, self._text(raw))
            except ValueError as error:
                self._is_bad(number, str(error))
            if number % _LOOK_EVERY == 0:
                self.progress(done, self.size)
        self.progress(self.size, self.size)
        if not len(self.of_user):
            why = f" Line {self.bad[0].number}: {self.bad[0].reason}." if self.bad else " It is empty."
            raise NoEvents(f"No line of this file says who watched what.{why}")
        return Events(
            self.of_user.array(),
            self.of_item.array(),
            len(self.users),
            len(self.items),
            number,
            self.bad_count,
            self.bad,
            self.columns,
        )

    def _text(self, raw: bytes) -> str:
        if not raw.endswith(b"\n") and len(raw) == _LONGEST_LINE:
            while raw and not raw.endswith(b"\n"):
                raw = self.file.readline(_LONGEST_LINE)
            raise ValueError(f"longer than {_LONGEST_LINE} bytes")
        try:
            text = raw.decode("utf-8-sig").rstrip("\r\n")
        except UnicodeDecodeError:
            raise ValueError("not text in UTF-8") from None
        if "\x00" in text:
            raise ValueError("not text")
        return text

    def _take(self, number: int, text: str) -> None:
        if not text.strip():
            return
        if self.delimiter is None:
            self.delimiter = next((one for one in _DELIMITERS if one in text), " ")
        cells = self._cells(text)
        if not self.columns or (number == 1 and _kinds(cells)):
            named = _kinds(cells)
            self.columns = self.columns or named or _usual(cells)
            if named:
                return
        if len(cells) < len(self.columns):
            raise ValueError(f"has {len(cells)} of {len(self.columns)} columns")
        facts = dict(zip(self.columns, cells, strict=False))
        user, item = facts["user"].strip(), facts["item"].strip()
        if not user or not item:
            raise ValueError("names no user" if not user else "names no item")
        if len(user) > _LONGEST_NAME or len(item) > _LONGEST_NAME:
            raise ValueError(f"has a name of more than {_LONGEST_NAME} characters")
        if "time" in facts:
            _check_time(facts["time"].strip())
        if self.least_rating is not None and _number(facts.get("rating", ""), "rating") < self.least_rating:
            return
        self.of_user.append(self.users.setdefault(user, len(self.users)))
        self.of_item.append(self.items.setdefault(item, len(self.items)))

    def _cells(self, text: str) -> list[str]:
        delimiter = self.delimiter or " "
        if delimiter == " ":
            return text.split()
        if '"' in text and len(delimiter) == 1:
            try:
                return next(csv.reader([text], delimiter=delimiter))
            except csv.Error:
                raise ValueError("has quotes that do not match") from None
        return text.split(delimiter)

    def _is_bad(self, number: int, reason: str) -> None:
        self.bad_count += 1
        if len(self.bad) < MOST_NAMED:
            self.bad.append(BadLine(number, reason))


def _kinds(cells: Sequence[str]) -> tuple[str, ...]:
    """What the columns are, by their names; empty unless both user and item are named."""
    plain = [re.sub(r"[^a-z]", "", cell.casefold()) for cell in cells]
    kinds = tuple(
        next((kind for kind, names in _NAMES.items() if name in names), f"column {place}")
        for place, name in enumerate(plain, start=1)
    )
    return kinds if kinds.count("user") == 1 and kinds.count("item") == 1 else ()


def _usual(cells: Sequence[str]) -> tuple[str, ...]:
    if len(cells) < 2:
        raise ValueError("has one column; user, item and time are wanted")
    if len(cells) == 2:
        return ("user", "item")
    return ("user", "item", "time") if len(cells) == 3 else ("user", "item", "rating", "time")


def _check_time(text: str) -> None:
    try:
        good = isfinite(float(text))
    except ValueError:
        try:
            datetime.fromisoformat(text)
        except ValueError:
            good = False
        else:
            return
    if not good:
        raise ValueError(f"has no time but “{text[:40]}”; a number or a date such as 2026-01-31 is wanted")


def _number(text: str, name: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not isfinite(value):
        raise ValueError(f"has no {name} but “{text[:40]}”")
    return value


def views_of(events: Events) -> Any:
    """A sparse matrix of users by items of ones, however often somebody watched the same."""
    from scipy import sparse

    ones = np.ones(len(events.users), dtype=np.float32)
    views = sparse.csr_matrix(
        (ones, (events.users, events.items)), shape=(events.user_count, events.item_count)
    )
    views.sum_duplicates()
    views.data[:] = 1.0
    return views
