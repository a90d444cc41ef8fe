"""Two workers, each bound to a core, against one bound to one; and the memory that a worker holds."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from tests.bench import plots, report
from tests.bench.films import ROOT, film_1080p, repeated
from transcoding.engine.tools import find_tools

FASTER_LIMIT = 1.7
MEMORY_LIMIT = 700


def run(folder: Path, *, runs: int) -> list[report.Ratio]:
    """Measure, leave docs/bench/workers.md, answer the ratios. One run: it takes minutes, and bound cores differ little."""
    del runs
    tools = find_tools()
    cores = sorted(os.sched_getaffinity(0))[:2]
    source, film = film_1080p(folder, tools)
    long = repeated(source, folder / "long.mp4", tools, times=3)
    alone, _, peak = _make(folder / "one", long, cores[:1])
    together, spans, _ = _make(folder / "two", long, cores)
    ratios = [
        report.Ratio("two workers, times as fast as one", alone / together, least=FASTER_LIMIT),
        report.Ratio("memory of a worker with one chunk, MB", peak / 1e6, most=MEMORY_LIMIT),
    ]
    report.write(
        "workers",
        "Two workers against one",
        words=f"Film: {film}, three times over. ffmpeg {tools.build}. Each worker is bound to a core and shares nothing "
        "with the other but the database and the store; wall time from the first chunk's begin to the last one's end.",
        tables=[
            report.Table(
                ["way", "wall s"], [["one worker", f"{alone:.1f}"], ["two workers", f"{together:.1f}"]]
            )
        ],
        ratios=ratios,
        plots=[(plots.timeline("workers", "Who made which chunk", spans), "A timeline of chunks")],
    )
    return ratios


def _make(folder: Path, film: Path, cores: Sequence[int]) -> tuple[float, list[plots.Span], float]:
    """Wall seconds, the timeline, and the greatest memory of a worker in bytes."""
    folder.mkdir()
    env = {
        **os.environ,
        "VOD_HOME": str(folder / "home"),
        "VOD_ENV": "embedded",
        "AV1": "never",
        "DJANGO_SETTINGS_MODULE": "vod.settings",
        "LOG_LEVEL": "WARNING",
    }
    command = [sys.executable, "-m", "tests.bench.worker_process"]
    subprocess.run(
        [*command, str(cores[0]), str(folder), "prepare", str(film)], check=True, cwd=ROOT, env=env
    )
    workers = [
        subprocess.Popen([*command, str(core), str(folder)], cwd=ROOT, env=env, stdout=subprocess.PIPE)
        for core in cores
    ]
    answers = [worker.communicate()[0] for worker in workers]
    if any(worker.returncode for worker in workers):
        raise RuntimeError("a worker failed")
    peak = max(json.loads(answer.splitlines()[-1])["peak"] for answer in answers)
    spans = _spans(folder / "home")
    print(f"{len(cores)} worker(s): {max(span.end for span in spans):.1f} s", flush=True)
    return max(span.end for span in spans), spans, float(peak)


def _spans(home: Path) -> list[plots.Span]:
    database = next(path for path in home.glob("*.sqlite3"))
    with sqlite3.connect(database) as connection:
        rows = connection.execute(
            "SELECT owner, kind, number, started_at, finished_at FROM transcoding_chunk WHERE state = 'DONE'"
        ).fetchall()
    moments = [(row, datetime.fromisoformat(row[3]), datetime.fromisoformat(row[4])) for row in rows]
    first = min(start for _, start, _ in moments)
    owners = {owner: f"worker {number}" for number, owner in enumerate(sorted({row[0] for row in rows}), 1)}
    return [
        plots.Span(
            owners[row[0]],
            str(row[2]),
            row[1],
            (start - first).total_seconds(),
            (end - first).total_seconds(),
        )
        for row, start, end in moments
    ]
