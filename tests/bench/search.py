"""Search as one types, at 100,000 titles on SQLite and PostgreSQL: how long answers take, and how often slips find."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.bench import plots, report
from tests.bench.films import ROOT
from tests.bench.home import WEB_THREADS, Answers, web
from tests.bench.library import ENGINES, TITLES, library
from vod.machine.programs import WEB_PROCESSES

PEOPLE = 8
# Between two keys: a quick typist's 60 words a minute.
KEY_SECONDS = 0.2
P95_LIMIT_SECONDS = 0.05
LEAST_FOUND = 0.95
_NAMES = 400
_WARM_UP_SECONDS = 5.0
_SECONDS = 20.0


def run(folder: Path, *, runs: int) -> list[report.Ratio]:
    """Measure, leave docs/bench/search.md, answer the figures."""
    ratios: list[report.Ratio] = []
    rows: list[list[str]] = []
    found_rows: list[list[str]] = []
    spread: dict[str, list[tuple[float, float]]] = {}
    for name in ENGINES:
        with library(name, TITLES) as on:
            env = on.env
            prepared = _inside(env, "prepare", PEOPLE, _NAMES)
            with web(folder, env) as port:
                _ask(env, prepared, port, _WARM_UP_SECONDS, KEY_SECONDS)
                typed, at_once = Answers([]), Answers([])
                for _ in range(runs):
                    _add(typed, _ask(env, prepared, port, _SECONDS, KEY_SECONDS))
                    _add(at_once, _ask(env, prepared, port, _SECONDS, 0.0))
                found = json.loads(_inside(env, "slips", port, given=prepared))
        share = sum(first for first, _ in found.values()) / sum(of for _, of in found.values())
        ratios += [
            report.Ratio(
                f"{name}: answers that were none or an error", typed.failed + at_once.failed, most=0
            ),
            report.Ratio(f"{name}: p95 as typed, ms", typed.at(0.95) * 1000, most=P95_LIMIT_SECONDS * 1000),
            report.Ratio(f"{name}: names with one slip found first", share, least=LEAST_FOUND),
        ]
        for title, one in ((f"{name}, as typed", typed), (f"{name}, each as fast as answers come", at_once)):
            seconds = runs * _SECONDS
            rows.append([title, f"{len(one.took) / seconds:.0f}", *_times(one)])
        found_rows += [[f"{name}, {kind}", f"{first} of {of}"] for kind, (first, of) in found.items()]
        spread[name] = [(share, typed.at(share / 100) * 1000) for share in range(1, 100)]
    report.write(
        "search",
        "Search as one types",
        words=f"{TITLES:,} titles of `manage.py seed_catalogue`; the contract's operation `Search` over HTTP, {PEOPLE} people "
        f"who type names letter by letter, a key every {KEY_SECONDS * 1000:.0f} ms and one name in five with a slip, each with "
        f"a connection of their own; {WEB_PROCESSES} processes of {WEB_THREADS} threads, on the machine that asks as well. "
        "A slip is found first where the first answer has the name that was meant among its names.",
        tables=[
            report.Table(["", "answers a second", "p50 ms", "p95 ms", "p99 ms", "longest ms"], rows),
            report.Table(["slip", "found first"], found_rows),
        ],
        ratios=ratios,
        plots=[(plots.times("search", "Within how long answers came", spread), "Times of answers by share")],
    )
    return ratios


def _times(answers: Answers) -> list[str]:
    return [f"{answers.at(share) * 1000:.0f}" for share in (0.5, 0.95, 0.99, 1.0)]


def _ask(env: Mapping[str, str], prepared: str, port: int, seconds: float, pause: float) -> Answers:
    found: dict[str, Any] = json.loads(_inside(env, "type", port, seconds, pause, given=prepared))
    answers = Answers(found["took"], found["failed"])
    print(
        f"search: {len(answers.took)} answers, p95 {answers.at(0.95) * 1000:.0f} ms, {answers.failed} failed",
        flush=True,
    )
    return answers


def _add(sum_of: Answers, more: Answers) -> None:
    sum_of.took += more.took
    sum_of.failed += more.failed


def _inside(env: Mapping[str, str], *arguments: object, given: str = "") -> str:
    command = [sys.executable, "-m", "tests.bench.search_process", *map(str, arguments)]
    return subprocess.run(
        command, check=True, cwd=ROOT, env=dict(env), input=given, stdout=subprocess.PIPE, text=True
    ).stdout
