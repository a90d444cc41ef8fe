"""Browse and the page of a long series at 100,000 titles, for eight clients, and the list beside a plain REST one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path

from tests.bench import report
from tests.bench.library import (
    CLIENTS,
    ENGINES,
    LOAD_COLUMNS,
    TITLES,
    Library,
    Load,
    Question,
    ask,
    graphql,
    library,
    web,
)
from tests.documents import document

_SECONDS = 10.0
_WARM_UP_SECONDS = 3.0
# Pages of a kind that a client goes back to: few enough that the warm-up has asked for each.
_AGAIN = 4
# Questions of a client before it begins anew: more than it asks in its time.
_QUESTIONS = 1500

NEAR, DEEP, SERIES, PLAIN = (
    "Browse, page 1",
    "Browse, page 2,000",
    "TitlePage, series of 100 episodes",
    "the list, plain REST",
)
NEW = ", never asked before"


@dataclass
class Found:
    """What was measured on one database."""

    loads: dict[str, Load]
    statements: dict[str, int]


def run(_folder: Path, *, runs: int) -> list[report.Ratio]:
    """Measure, leave docs/bench/catalogue.md, answer the ratios."""
    rows: list[list[str]] = []
    ratios: list[report.Ratio] = []
    for engine in ENGINES:
        with library(engine) as on:
            found = _measure(on, runs)
        rows += [[f"{engine}: {name}", *load.cells()] for name, load in found.loads.items()]
        ratios += _ratios(engine, found)
    report.write(
        "catalogue",
        "The catalogue at 100,000 titles",
        words=f"The contract's Browse and TitlePage by bearer token over HTTP, {TITLES:,} titles, {CLIENTS} profiles that each "
        "ask again as soon as they have an answer, 2 processes of 8 threads. What a profile has asked before is remembered "
        "until something that it shows changes; where nobody has asked before, no two questions are the same. The plain "
        "list has the same fields without the count, and what it is compared with is asked in turn with it. Who asks runs on "
        "the same machine and takes its part of the two cores.",
        tables=[report.Table(["", *LOAD_COLUMNS], rows)],
        ratios=ratios,
    )
    return ratios


def _ratios(engine: str, found: Found) -> list[report.Ratio]:
    loads = found.loads
    failed = sum(load.failed for load in loads.values())
    return [
        report.Ratio(f"{engine}: answers that were none or an error", float(failed), most=0),
        report.Ratio(f"{engine}: Browse, statements", float(found.statements[DEEP]), most=6),
        report.Ratio(f"{engine}: Browse, page 1, p95 in ms", loads[NEAR].ms(0.95), most=60),
        report.Ratio(f"{engine}: Browse, page 2,000, p95 in ms", loads[DEEP].ms(0.95), most=60),
        report.Ratio(
            f"{engine}: Browse, page 2,000 against page 1, p50",
            loads[DEEP].ms(0.5) / loads[NEAR].ms(0.5),
            most=1.2,
        ),
        report.Ratio(
            f"{engine}: Browse, page 2,000 against page 1, never asked before, p50",
            loads[DEEP + NEW].ms(0.5) / loads[NEAR + NEW].ms(0.5),
            most=1.2,
        ),
        report.Ratio(f"{engine}: TitlePage, statements", float(found.statements[SERIES]), most=12),
        report.Ratio(f"{engine}: TitlePage, p95 in ms", loads[SERIES].ms(0.95), most=100),
        report.Ratio(
            f"{engine}: the list, answers a second against plain REST",
            loads[NEAR].a_second / loads[PLAIN].a_second,
            least=1,
        ),
        report.Ratio(
            f"{engine}: the list, never asked before, answers a second against plain REST",
            loads[NEAR + NEW].a_second / loads[PLAIN].a_second,
        ),
    ]


def _measure(on: Library, runs: int) -> Found:
    places = json.loads(on.run("tests.bench.library_process", "places"))
    tokens = on.tokens(CLIENTS)
    numbers = count()
    pages: dict[str, tuple[str, list[dict[str, object]]]] = {
        NEAR: ("Browse", [{}]),
        DEEP: ("Browse", [{"after": places["deep"]}]),
        SERIES: ("TitlePage", [{"slug": slug} for slug in places["series"]]),
    }

    def again(name: str) -> list[Question]:
        operation, variables = pages[name]
        return [graphql(token, document(operation), *variables[:_AGAIN]) for token in tokens]

    def anew(name: str) -> list[Question]:
        operation, variables = pages[name]
        return [graphql(token, document(operation), *_variables(numbers, *variables)) for token in tokens]

    asked: dict[str, Callable[[], list[Question]]] = {
        **{name: partial(again, name) for name in pages},
        **{name + NEW: partial(anew, name) for name in pages},
        PLAIN: lambda: [_plain(token) for token in tokens],
    }
    loads: dict[str, Load] = {}
    with web(on, settings="tests.bench.plain_settings") as port:
        for clients in asked.values():
            ask(port, clients(), _WARM_UP_SECONDS)
        for number in range(runs):
            # In turn, so that a slow minute of the machine hits all alike.
            for name, clients in asked.items():
                load = ask(port, clients(), _SECONDS)
                loads[name] = loads[name].add(load) if name in loads else load
                print(
                    f"{on.engine}, run {number + 1} of {runs}: {name}: {' '.join(load.cells())}", flush=True
                )
    statements = {name: on.statements(again(name)[0]) for name in (DEEP, SERIES)}
    return Found(loads, statements)


def _variables(numbers: Iterator[int], *some: Mapping[str, object]) -> Sequence[Mapping[str, object]]:
    """Variables in turn, each with a number that no other question has: a variable that no document knows is let be."""
    return [{**some[place % len(some)], "unused": next(numbers)} for place in range(_QUESTIONS)]


def _plain(token: str) -> Question:
    return Question("/api/plain/titles/", {"Authorization": f"Bearer {token}"})
