"""`python -m tests.faults --rounds N --seed S`: the fault suite at length, a line for each round."""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.faults.outage import lock_for
from tests.faults.rounds import play
from tests.faults.world import make_template


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--rounds", type=int, default=10, help="how many, with seeds from --seed on")
    parser.add_argument("--seed", type=int, default=1, help="the first round's seed")
    parser.add_argument("--rage", type=float, default=10.0, help="seconds of vandalism in a round")
    parser.add_argument("--lock", type=float, help="no rounds: lock the database once, for so many seconds")
    parser.add_argument("--folder", type=Path, help="where to work; what broke stays there")
    chosen = parser.parse_args()
    folder = chosen.folder or Path(tempfile.mkdtemp(prefix="faults-"))
    template = make_template(folder / "template")
    if chosen.lock:
        violations = lock_for(template, folder, chosen.lock)
        print(f"locked for {chosen.lock:g} s: {'; '.join(violations) or 'held'}")
        return 1 if violations else 0
    broken = []
    for seed in range(chosen.seed, chosen.seed + chosen.rounds):
        result = play(template, folder, seed, rage_seconds=chosen.rage)
        print(result.line(), flush=True)
        if result.violations:
            broken.append(seed)
            print("  deeds:", ", ".join(result.deeds))
            print(result.logs, flush=True)
    print(
        f"{chosen.rounds - len(broken)} of {chosen.rounds} rounds held."
        + (f" Seeds that broke: {broken}" if broken else "")
    )
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
