"""What a benchmark leaves behind: a page of tables and plots under docs/bench/."""

from __future__ import annotations

import datetime
import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench.films import ROOT

FOLDER = ROOT / "docs" / "bench"


@dataclass(frozen=True, slots=True)
class Ratio:
    """A figure of ours against a reference's, with the most or the least it may be; without either it is stated."""

    title: str
    value: float
    most: float | None = None
    least: float | None = None

    @property
    def holds(self) -> bool:
        above = self.most is not None and self.value > self.most
        below = self.least is not None and self.value < self.least
        return not above and not below

    @property
    def verdict(self) -> str:
        bounds = [f"at most {self.most:g}"] if self.most is not None else []
        bounds += [f"at least {self.least:g}"] if self.least is not None else []
        if not bounds:
            return "stated"
        return f"{' and '.join(bounds)}: {'holds' if self.holds else 'DOES NOT HOLD'}"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under columns; the first cell of a row is its name."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]

    def lines(self) -> list[str]:
        return [
            f"| {' | '.join(self.columns)} |",
            f"|{' --- |' * len(self.columns)}",
            *(f"| {' | '.join(row)} |" for row in self.rows),
        ]


def write(
    name: str,
    title: str,
    *,
    words: str,
    tables: Sequence[Table],
    ratios: Sequence[Ratio],
    plots: Sequence[tuple[str, str]] = (),
) -> None:
    """Write ``docs/bench/<name>.md``. ``plots`` are files beside it with what they show."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    lines = [
        f"# {title}",
        "",
        f"{words} {os.cpu_count()} cores ({platform.machine()}), {datetime.datetime.now(datetime.UTC):%d %B %Y}. "
        "Made by `make bench`.",
    ]
    for table in tables:
        lines += ["", *table.lines()]
    verdicts = [[ratio.title, f"{ratio.value:.3f}", ratio.verdict] for ratio in ratios]
    lines += ["", *Table(["figure", "value", ""], verdicts).lines()]
    for file, shows in plots:
        lines += ["", f"![{shows}]({file})"]
    (FOLDER / f"{name}.md").write_text("\n".join([*lines, ""]), encoding="utf-8")
