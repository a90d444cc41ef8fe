"""Plots of benchmarks as SVG, the same bytes for the same figures."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl

from tests.bench.measure import Cost
from tests.bench.report import FOLDER

_OURS, _THEIRS, _INK = "#f2a33a", "#8a93a6", "#20242d"
_COLOURS = ("#f2a33a", "#3f7cac", "#8a93a6", "#7a5c99", "#4c9f70", "#c44536", "#b0a160", "#20242d")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of work on a timeline: whose, which, from when to when in seconds."""

    worker: str
    label: str
    kind: str
    start: float
    end: float


def bars(name: str, title: str, costs: Sequence[Cost]) -> str:
    """CPU of each way, with every run as a dot. The file's name."""
    figure, axes = _figure(0.8 * len(costs) + 1.4)
    places = range(len(costs))
    colours = [_OURS if cost.name.startswith("Lantern") else _THEIRS for cost in costs]
    axes.barh(places, [cost.median for cost in costs], color=colours, height=0.6)
    for place, cost in zip(places, costs, strict=True):
        axes.plot(cost.cpu, [place] * len(cost.cpu), "o", color=_INK, markersize=4)
        axes.annotate(f"{cost.median:.1f}", (0, place), xytext=(6, -4), textcoords="offset points")
    axes.set_yticks(list(places), [cost.name for cost in costs])
    axes.invert_yaxis()
    axes.set_xlabel("CPU seconds, median (dots: each run)")
    return _save(figure, axes, name, title)


def rates(name: str, title: str, series: Mapping[str, Sequence[float]]) -> str:
    """Median megabytes a second of each way, with every run as a dot. The file's name."""
    figure, axes = _figure(0.8 * len(series) + 1.4)
    places = range(len(series))
    middles = [statistics.median(each) for each in series.values()]
    axes.barh(places, middles, color=[_OURS, *[_THEIRS] * (len(series) - 1)], height=0.6)
    for place, each, middle in zip(places, series.values(), middles, strict=True):
        axes.plot(each, [place] * len(each), "o", color=_INK, markersize=4)
        axes.annotate(f"{middle:.0f}", (0, place), xytext=(6, -4), textcoords="offset points")
    axes.set_yticks(list(places), list(series))
    axes.invert_yaxis()
    axes.set_xlabel("MB/s, median (dots: each run)")
    return _save(figure, axes, name, title)


def curves(name: str, title: str, series: Mapping[str, Sequence[tuple[float, float]]]) -> str:
    """Rate in kilobits a second against VMAF, one line for each way. The file's name."""
    figure, axes = _figure(4.4)
    for number, (label, points) in enumerate(series.items()):
        rates, scores = zip(*sorted(points), strict=True)
        axes.plot(rates, scores, "o-", color=_COLOURS[number % len(_COLOURS)], label=label, markersize=4)
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter(mpl.ticker.StrMethodFormatter("{x:,.0f}"))
    axes.xaxis.set_minor_formatter(mpl.ticker.StrMethodFormatter("{x:,.0f}"))
    axes.tick_params(axis="x", which="minor", labelsize=7)
    axes.set_xlabel("kbit/s")
    axes.set_ylabel("VMAF, seen at 1080p")
    axes.grid(alpha=0.25)
    axes.legend(frameon=False)
    return _save(figure, axes, name, title)


def times(name: str, title: str, series: Mapping[str, Sequence[tuple[float, float]]]) -> str:
    """Share of answers in percent against the milliseconds within which they came, one line for each way. The file's name."""
    figure, axes = _figure(4.4)
    for number, (label, points) in enumerate(series.items()):
        shares_of, within = zip(*sorted(points), strict=True)
        axes.plot(shares_of, within, "-", color=_COLOURS[number % len(_COLOURS)], label=label)
    axes.set_xlabel("share of answers, %")
    axes.set_ylabel("ms")
    axes.set_ylim(bottom=0)
    axes.grid(alpha=0.25)
    axes.legend(frameon=False)
    return _save(figure, axes, name, title)


def shares(name: str, title: str, parts: Mapping[str, float]) -> str:
    """Where CPU goes: one bar of parts, in seconds. The file's name."""
    figure, axes = _figure(2.4)
    left = 0.0
    for number, (label, value) in enumerate(parts.items()):
        colour = _COLOURS[number % len(_COLOURS)]
        axes.barh([0], [value], left=left, color=colour, label=f"{label} {value:.1f} s")
        left += value
    axes.set_yticks([])
    axes.set_xlabel("CPU seconds")
    axes.legend(frameon=False, ncols=4, loc="upper center", bbox_to_anchor=(0.5, -0.45))
    return _save(figure, axes, name, title)


def timeline(name: str, title: str, spans: Sequence[Span]) -> str:
    """Who made which chunk when. The file's name."""
    workers = sorted({span.worker for span in spans})
    kinds = sorted({span.kind for span in spans})
    figure, axes = _figure(0.7 * len(workers) + 1.8)
    for span in spans:
        place, colour = workers.index(span.worker), _COLOURS[kinds.index(span.kind) % len(_COLOURS)]
        axes.barh([place], [span.end - span.start], left=span.start, color=colour, edgecolor="white")
        axes.annotate(span.label, ((span.start + span.end) / 2, place), ha="center", va="center", fontsize=7)
    handles = [mpl.patches.Patch(color=_COLOURS[number], label=kind) for number, kind in enumerate(kinds)]
    axes.legend(handles=handles, frameon=False, ncols=5, loc="upper center", bbox_to_anchor=(0.5, -0.3))
    axes.set_yticks(range(len(workers)), workers)
    axes.invert_yaxis()
    axes.set_xlabel("seconds since the first chunk began")
    return _save(figure, axes, name, title)


def _figure(height: float) -> tuple[Any, Any]:
    mpl.use("svg")
    # Names inside the file that do not change from run to run.
    mpl.rcParams["svg.hashsalt"] = "lantern"
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, height))
    return figure, figure.subplots()


def _save(figure: Any, axes: Any, name: str, title: str) -> str:
    axes.set_title(title)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    figure.tight_layout()
    FOLDER.mkdir(parents=True, exist_ok=True)
    figure.savefig(FOLDER / f"{name}.svg", format="svg", metadata={"Date": None})
    return f"{name}.svg"
