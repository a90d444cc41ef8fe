"""``python -m tests.bench``: run the benchmarks and say whether their ratios hold."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.bench import (
    av1,
    catalogue,
    chunked,
    copies,
    edge,
    home,
    home_large,
    ladder,
    playback,
    quality,
    recommend,
    search,
    store,
    uploads,
    web,
    workers,
)

BENCHMARKS = {
    "ladder": ladder.run,
    "chunked": chunked.run,
    "copies": copies.run,
    "quality": quality.run,
    "av1": av1.run,
    "workers": workers.run,
    "uploads": uploads.run,
    "edge": edge.run,
    "home": home.run,
    "catalogue": catalogue.run,
    "home_large": home_large.run,
    "playback": playback.run,
    "recommend": recommend.run,
    "search": search.run,
    "store": store.run,
    "web": web.run,
}


def main() -> int:
    """Run the named benchmarks, or all; 1 if a figure is beyond its limit."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"one of {', '.join(BENCHMARKS)}; all if none"
    )
    parser.add_argument("--runs", type=int, default=3, help="interleaved runs of each way (default: 3)")
    options = parser.parse_args()
    unknown = set(options.names) - set(BENCHMARKS)
    if unknown or options.runs < 1:
        parser.error(
            f"no such benchmark: {', '.join(sorted(unknown))}" if unknown else "--runs must be 1 or more"
        )
    failed = 0
    for name in options.names or BENCHMARKS:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            ratios = BENCHMARKS[name](Path(folder), runs=options.runs)
        for ratio in ratios:
            print(f"{name}: {ratio.title}: {ratio.value:.3f} ({ratio.verdict})")
            failed += not ratio.holds
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
