"""Interleaved runs of several ways to do the same work, in CPU seconds."""

from __future__ import annotations

import resource
import shutil
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Way:
    """A named way to do the work, into a folder of its own."""

    name: str
    work: Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU and wall seconds of every run of one way, in order; ``kept`` is what its last run made."""

    name: str
    cpu: tuple[float, ...]
    wall: tuple[float, ...]
    bytes: int
    kept: Path

    @property
    def median(self) -> float:
        return statistics.median(self.cpu)

    def row(self) -> list[str]:
        """Cells of a table of costs."""
        return [
            self.name,
            f"{self.median:.1f}",
            f"{min(self.cpu):.1f} to {max(self.cpu):.1f}",
            f"{statistics.median(self.wall):.1f}",
            f"{self.bytes / 1e6:.1f}",
        ]


COST_COLUMNS = ["way", "CPU s", "least to most", "wall s", "MB"]


def cpu_seconds() -> float:
    """CPU seconds of this process and of all children that have ended."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def size_of(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def interleave(ways: Sequence[Way], folder: Path, *, runs: int) -> list[Cost]:
    """Run every way in turn, ``runs`` times over, so that a slow minute of the machine hits all alike."""
    cpu: dict[str, list[float]] = {way.name: [] for way in ways}
    wall: dict[str, list[float]] = {way.name: [] for way in ways}
    kept = {way.name: folder / f"way-{number}" for number, way in enumerate(ways)}
    for number in range(runs):
        for way in ways:
            target = kept[way.name]
            shutil.rmtree(target, ignore_errors=True)
            target.mkdir()
            cpu_before, wall_before = cpu_seconds(), time.monotonic()
            way.work(target)
            cpu[way.name].append(cpu_seconds() - cpu_before)
            wall[way.name].append(time.monotonic() - wall_before)
            print(f"run {number + 1} of {runs}: {way.name}: {cpu[way.name][-1]:.1f} CPU s", flush=True)
    return [
        Cost(way.name, tuple(cpu[way.name]), tuple(wall[way.name]), size_of(kept[way.name]), kept[way.name])
        for way in ways
    ]
