"""One round: start, vandalise, leave alone, judge."""

import random
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from tests.faults.chaos import Vandal
from tests.faults.processes import encoders, tools
from tests.faults.watch import Watcher
from tests.faults.world import (
    LEASE_SECONDS,
    PATIENCE_SECONDS,
    Template,
    World,
    digests,
    running,
    state_of,
    wait_for,
)


@dataclass(frozen=True)
class Round:
    """What one seed came to. `violations` is empty where everything held."""

    seed: int
    seconds: float
    deeds: list[str]
    starts: int
    chunks: int
    violations: list[str]
    logs: str

    def line(self) -> str:
        verdict = "held" if not self.violations else "BROKE: " + "; ".join(self.violations)
        return (
            f"seed {self.seed}: {len(self.deeds)} deeds, {self.starts} starts of {self.chunks} chunks, "
            f"{self.seconds:.0f} s: {verdict}"
        )


def play(
    template: Template, folder: Path, seed: int, *, rage_seconds: float = 10.0, **settings: str
) -> Round:
    """One round with this seed, in `folder/round-SEED`, which is removed unless something broke."""
    home = folder / f"round-{seed}"
    shutil.rmtree(home, ignore_errors=True)
    began = time.monotonic()
    broke: list[str] = []
    starts = chunks = 0
    with running(template, home, **settings) as world:
        vandal = Vandal(world, random.Random(seed))
        with Watcher(world) as watcher:
            try:
                # Before the first piece is begun there is little to break.
                wait_for(lambda: is_encoding(world), PATIENCE_SECONDS, "the first piece")
                vandal.rage(rage_seconds)
                wait_for(lambda: state_of(world) == "READY", PATIENCE_SECONDS, "READY after the chaos")
                wait_for(lambda: not leftovers(world), 3 * LEASE_SECONDS, "the end of all temporary files")
                wait_for(lambda: not tools(world.family()), 5, "the end of all tools")
            except AssertionError as error:
                broke.append(f"{error}: {state_of(world)}, {leftovers(world)}")
        broke += watcher.violations
        broke += _compare(template, home)
        starts, chunks = _count(world)
        if starts > chunks + vandal.losses:
            broke.append(f"{starts} starts of {chunks} chunks, though at most {vandal.losses} were lost")
        logs = world.logs() if broke else ""
    if not broke:
        shutil.rmtree(home)
    return Round(seed, time.monotonic() - began, vandal.deeds, starts, chunks, broke, logs)


def is_encoding(world: World) -> bool:
    """Whether a piece of the film is being made at this moment."""
    return state_of(world) in ("ENCODING", "PLAYABLE") and bool(encoders(world.family()))


def leftovers(world: World) -> list[str]:
    """Temporary files of work on both machines; folders themselves and the locks on places stay for good."""
    return [
        str(path.relative_to(world.home))
        for root in (world.home / "tmp", world.home / "tmp-elsewhere")
        for path in root.rglob("*")
        if path.parent.name != "slots" and path not in (root / "chunks", root / "slots")
    ]


def _compare(template: Template, home: Path) -> list[str]:
    found = digests(home)
    expected = template.expected
    return (
        [f"{key} is missing" for key in expected.keys() - found.keys()]
        + [f"{key} should not be there" for key in found.keys() - expected.keys()]
        + [f"{key} has other bytes" for key in expected.keys() & found.keys() if expected[key] != found[key]]
    )


def _count(world: World) -> tuple[int, int]:
    rows = world.ask("SELECT sum(fence), count(*) FROM transcoding_chunk")
    return int(str(rows[0][0] or 0)), int(str(rows[0][1]))
