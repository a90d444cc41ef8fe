"""What a benchmark leaves behind: a table and a plot under docs/bench/."""

from __future__ import annotations

import datetime
import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl

from tests.bench.films import ROOT
from tests.bench.measure import Cost

FOLDER = ROOT / "docs" / "bench"
_OURS, _THEIRS = "#f2a33a", "#8a93a6"


@dataclass(frozen=True, slots=True)
class Ratio:
    """``ours`` over ``reference`` in median CPU seconds, and the most it may be; None only states it."""

    title: str
    ours: Cost
    reference: Cost
    limit: float | None

    @property
    def value(self) -> float:
        return self.ours.median / self.reference.median

    @property
    def holds(self) -> bool:
        return self.limit is None or self.value <= self.limit

    @property
    def verdict(self) -> str:
        if self.limit is None:
            return "stated"
        return f"at most {self.limit:.2f}: {'holds' if self.holds else 'DOES NOT HOLD'}"


def write(
    name: str, title: str, film: str, build: str, costs: Sequence[Cost], ratios: Sequence[Ratio]
) -> None:
    """Write ``<name>.md`` and ``<name>.svg``."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    _table(FOLDER / f"{name}.md", title, film, build, costs, ratios)
    _plot(FOLDER / f"{name}.svg", title, costs)


def _table(
    path: Path, title: str, film: str, build: str, costs: Sequence[Cost], ratios: Sequence[Ratio]
) -> None:
    lines = [
        f"# {title}",
        "",
        f"Film: {film}. ffmpeg {build}. {os.cpu_count()} cores ({platform.machine()}), "
        f"{len(costs[0].cpu)} interleaved runs, {datetime.datetime.now(datetime.UTC):%d %B %Y}.",
        "Figures are medians; wall time on a shared machine is worth little. Made by `make bench`.",
        "",
        "| way | CPU s | least to most | wall s | MB |",
        "| --- | --- | --- | --- | --- |",
        *(
            f"| {cost.name} | {cost.median:.1f} | {min(cost.cpu):.1f} to {max(cost.cpu):.1f} "
            f"| {sorted(cost.wall)[len(cost.wall) // 2]:.1f} | {cost.bytes / 1e6:.1f} |"
            for cost in costs
        ),
        "",
        "| ratio of CPU | value | |",
        "| --- | --- | --- |",
        *(f"| {ratio.title} | {ratio.value:.3f} | {ratio.verdict} |" for ratio in ratios),
        "",
        f"![CPU seconds of each way]({path.stem}.svg)",
        "",
    ]
    path.write_text("\n".join(lines), encoding="utf-8")


def _plot(path: Path, title: str, costs: Sequence[Cost]) -> None:
    mpl.use("svg")
    # Names inside the file that do not change from run to run.
    mpl.rcParams["svg.hashsalt"] = "lantern"
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 0.8 * len(costs) + 1.4))
    axes = figure.subplots()
    places = range(len(costs))
    axes.barh(
        places,
        [cost.median for cost in costs],
        color=[_OURS if cost.name.startswith("Lantern") else _THEIRS for cost in costs],
        height=0.6,
    )
    for place, cost in zip(places, costs, strict=True):
        axes.plot(cost.cpu, [place] * len(cost.cpu), "o", color="#20242d", markersize=4)
        axes.annotate(f"{cost.median:.1f}", (0, place), xytext=(6, -4), textcoords="offset points")
    axes.set_yticks(list(places), [cost.name for cost in costs])
    axes.invert_yaxis()
    axes.set_xlabel("CPU seconds, median (dots: each run)")
    axes.set_title(title)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    figure.tight_layout()
    figure.savefig(path, format="svg", metadata={"Date": None})
