"""Home at 100,000 titles, warm and cold, on both databases, and what a hundred times the titles cost."""

from __future__ import annotations

from pathlib import Path

from tests.bench import report
from tests.bench.library import ENGINES, LOAD_COLUMNS, Load, ask, graphql, library, web
from tests.documents import document

SMALL, LARGE = 1_000, 100_000
WARM_CLIENTS, COLD_CLIENTS = 8, 2
_SECONDS = 10.0
_PROFILES = 16


def run(_folder: Path, *, runs: int) -> list[report.Ratio]:
    """Measure, leave docs/bench/home_large.md, answer the ratios."""
    rows: list[list[str]] = []
    ratios: list[report.Ratio] = []
    for engine in ENGINES:
        found = {titles: _measure(engine, titles, runs) for titles in (SMALL, LARGE)}
        for titles, (warm, cold, _) in found.items():
            rows += [
                [f"{engine}, {titles:,} titles, {name}", *load.cells()]
                for name, load in (("warm", warm), ("cold", cold))
            ]
        warm, cold, statements = found[LARGE]
        ratios += [
            report.Ratio(
                f"{engine}: answers that were none or an error", float(warm.failed + cold.failed), most=0
            ),
            report.Ratio(f"{engine}: warm, p50 in ms", warm.ms(0.5), most=50),
            report.Ratio(f"{engine}: warm, p99 in ms", warm.ms(0.99), most=150),
            report.Ratio(f"{engine}: cold, statements", float(statements), most=12),
            report.Ratio(f"{engine}: cold, p50 in ms", cold.ms(0.5), most=120),
            report.Ratio(
                f"{engine}: cold p50 at {LARGE:,} titles against {SMALL:,}",
                cold.ms(0.5) / found[SMALL][1].ms(0.5),
                most=1.3,
            ),
        ]
    report.write(
        "home_large",
        "Home in a large library",
        words=f"The contract's Home, 12 rows of 20, by bearer token over HTTP. Warm: {WARM_CLIENTS} clients whose answers "
        f"are remembered. Cold: {COLD_CLIENTS} clients, and each question is worded in a way that nobody has asked before, "
        "so that nothing is remembered of its answer. Who asks runs on the same machine.",
        tables=[report.Table(["", *LOAD_COLUMNS], rows)],
        ratios=ratios,
    )
    return ratios


def _measure(engine: str, titles: int, runs: int) -> tuple[Load, Load, int]:
    """Times warm, times cold, and the statements of one cold answer."""
    home = document("Home")
    # The words of a document are part of what an answer is remembered under; how large the rows are is not changed.
    fresh = ({"rows": 12, "perRow": 20, "unused": number} for number in range(100_000))
    with library(engine, titles) as found:
        tokens = found.tokens(_PROFILES)
        with web(found) as port:
            eight = [graphql(token, home) for token in tokens[:WARM_CLIENTS]]
            ask(port, eight, 3.0)
            warm = ask(port, eight, _SECONDS)
            for _ in range(runs - 1):
                warm = warm.add(ask(port, eight, _SECONDS))
            cold: Load | None = None
            for _ in range(runs):
                two = [
                    graphql(token, home, *(next(fresh) for _ in range(400)))
                    for token in tokens[:COLD_CLIENTS]
                ]
                ask(port, [graphql(token, home, next(fresh)) for token in tokens[:COLD_CLIENTS]], 1.0)
                more = ask(port, two, _SECONDS)
                cold = more if cold is None else cold.add(more)
        assert cold is not None
        statements = int(found.run("tests.bench.home_process", "statements", tokens[-1]))
    return warm, cold, statements
