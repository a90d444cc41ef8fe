"""A film that can be copied against the same film encoded: CPU of the whole ladder."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.bench import plots, report
from tests.bench.films import film_1080p
from tests.bench.ladder import make_whole
from tests.bench.measure import COST_COLUMNS, Way, interleave
from transcoding.engine.copies import all_copies, copy_chunk, copy_chunks
from transcoding.engine.copying import find_copy
from transcoding.engine.plan import make_plan
from transcoding.engine.probe import probe
from transcoding.engine.tools import Tools, find_tools
from transcoding.engine.verify import verify_chunk

CPU_LIMIT = 0.65


def run(folder: Path, *, runs: int) -> list[report.Ratio]:
    """Measure, leave docs/bench/copies.md, answer the ratios. The proof that it can be copied is part of its cost."""
    tools = find_tools()
    raw, film = film_1080p(folder, tools)
    source = _for_the_web(raw, folder / "web.mp4", tools)
    info = probe(source, tools=tools)
    encoded = make_plan(info, build=tools.build)

    def copied(target: Path) -> None:
        plan = make_plan(info, build=tools.build, copyable=find_copy(source, info, tools=tools))
        if plan.copied is None:
            raise RuntimeError("the film was made to be copied, and is not")
        for copy in all_copies(plan):
            for chunk in copy_chunks(copy):
                for output in copy_chunk(source, plan, copy, chunk, target, tools=tools).renditions:
                    verify_chunk(plan, output)
        make_whole(source, plan, target, tools)

    costs = interleave(
        [
            Way("Lantern, the top rung copied", copied),
            Way("Lantern, all rungs encoded", lambda to: make_whole(source, encoded, to, tools)),
        ],
        folder,
        runs=runs,
    )
    ratios = [
        report.Ratio("CPU of copying against encoding", costs[0].median / costs[1].median, most=CPU_LIMIT)
    ]
    report.write(
        "copies",
        "Copying against encoding",
        words=f"Film: {film}, made for the web first (H.264, a key frame every two seconds, 5 Mbit/s). ffmpeg "
        f"{tools.build}, {runs} interleaved runs, medians.",
        tables=[report.Table(COST_COLUMNS, [cost.row() for cost in costs])],
        ratios=ratios,
        plots=[(plots.bars("copies", "Copying against encoding", costs), "CPU seconds of both ways")],
    )
    return ratios


def _for_the_web(source: Path, target: Path, tools: Tools) -> Path:
    options = ["-c:v", "libx264", "-preset", "veryfast", "-b:v", "5M", "-maxrate", "6M", "-bufsize", "10M"]
    grid = ["-g", "48", "-keyint_min", "48", "-sc_threshold", "0", "-pix_fmt", "yuv420p"]
    command = [str(tools.ffmpeg), "-nostdin", "-v", "error", "-y", "-i", str(source), *options, *grid]
    subprocess.run([*command, "-c:a", "copy", str(target)], check=True)
    return target
