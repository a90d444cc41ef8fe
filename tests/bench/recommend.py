"""EASE against cosine and popularity on a file of planted tastes; what the daily run over a library takes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench import report
from tests.bench.films import ROOT

PEOPLE, ITEMS, TASTES = 6000, 2000, 30
TITLES, VIEWERS, VIEWS_EACH = 5_000, 1_000, 50
_LAMBDAS = ("100", "200", "400")
_MOST_BYTES = 1e9


def run(folder: Path, *, runs: int) -> list[report.Ratio]:
    """Measure, leave docs/bench/recommend.md, answer the ratios. The same file each time, so one run is enough."""
    events = _planted(folder / "views.tsv")
    env = {
        **os.environ,
        "VOD_HOME": str(folder / "home"),
        "VOD_ENV": "embedded",
        "DATABASE_URL": "",
        "LOG_LEVEL": "WARNING",
        "DJANGO_SETTINGS_MODULE": "vod.settings",
    }
    usual = _evaluate(env, events)
    chosen = _evaluate(env, events, "--lambda", *_LAMBDAS)
    ways = {
        "EASE, the usual lambda": usual["methods"]["ease"],
        "EASE, the best of three": chosen["methods"]["ease"],
        "cosine": usual["methods"]["cosine"],
        "popularity": usual["methods"]["popularity"],
    }
    library = [
        _library(env, "prepare", TITLES, VIEWERS, VIEWS_EACH),
        *(_library(env, "run") for _ in range(2)),
    ]
    first, again = library[1:]
    ours, popular, near = ways["EASE, the usual lambda"], ways["popularity"], ways["cosine"]
    ratios = [
        report.Ratio(
            "Recall@20 of EASE against popularity", ours["recall@20"] / popular["recall@20"], least=1.2
        ),
        report.Ratio(
            "NDCG@100 of EASE against popularity", ours["ndcg@100"] / popular["ndcg@100"], least=1.2
        ),
        report.Ratio("Recall@20 of EASE against cosine", ours["recall@20"] / near["recall@20"], least=1.0),
        report.Ratio("NDCG@100 of EASE against cosine", ours["ndcg@100"] / near["ndcg@100"], least=1.0),
        report.Ratio(
            "NDCG@100 with the usual lambda against the best of three",
            ours["ndcg@100"] / ways["EASE, the best of three"]["ndcg@100"],
            least=0.95,
        ),
        report.Ratio(
            "memory of the daily run at its most, in GB", first["bytes"] / 1e9, most=_MOST_BYTES / 1e9
        ),
        report.Ratio("lists that a second run changes", again["changed"], most=0),
    ]
    rows = [
        [name, *(f"{way[key]:.4f} ± {way[f'{key}_error']:.4f}" for key in ("recall@20", "ndcg@100"))]
        for name, way in ways.items()
    ]
    runs_of = [
        [name, f"{one['cpu']:.1f}", f"{one['bytes'] / 1e6:.0f}", f"{one['changed']:.0f}"]
        for name, one in (("the first run", first), ("a second run, nothing changed", again))
    ]
    report.write(
        "recommend",
        "What people watch, foreseen",
        words=f"{usual['lines']} events of {PEOPLE} people with three of {TASTES} tastes each among {ITEMS} items of "
        f"which few are popular; {usual['held_out_users']} people held out. The daily run: {TITLES} titles and "
        f"{library[0]['views']} views on SQLite.",
        tables=[
            report.Table(["", "Recall@20", "NDCG@100"], rows),
            report.Table(["daily run", "CPU s", "MB at most", "lists changed"], runs_of),
        ],
        ratios=ratios,
    )
    return ratios


def _planted(path: Path) -> Path:
    dice = np.random.default_rng(7)
    fame = 1 / np.arange(1, ITEMS + 1) ** 0.8
    taste_of = dice.integers(0, TASTES, ITEMS)
    with path.open("w") as file:
        for person in range(PEOPLE):
            likes = np.isin(taste_of, dice.choice(TASTES, 3, replace=False))
            chance = fame * np.where(likes, 12.0, 0.4)
            count = int(np.clip(dice.lognormal(3.2, 0.7), 5, 300))
            for item in dice.choice(ITEMS, count, replace=False, p=chance / chance.sum()):
                file.write(f"u{person}\ti{item}\t{1_700_000_000 + int(dice.integers(10**7))}\n")
    return path


def _evaluate(env: dict[str, str], events: Path, *options: str) -> Any:
    command = [sys.executable, "manage.py", "evaluate_recommendations", str(events), "--json", *options]
    done = subprocess.run(command, check=True, cwd=ROOT, env=env, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def _library(env: dict[str, str], *arguments: object) -> Any:
    command = [sys.executable, "-m", "tests.bench.recommend_process", *map(str, arguments)]
    done = subprocess.run(command, check=True, cwd=ROOT, env=env, stdout=subprocess.PIPE)
    found = json.loads(done.stdout)
    print(f"recommend: {found}", flush=True)
    return found
