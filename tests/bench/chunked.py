"""A film made in chunks against the same film made at one go by the same commands."""

from __future__ import annotations

from pathlib import Path

from tests.bench import plots, report
from tests.bench.films import film_1080p
from tests.bench.measure import COST_COLUMNS, Way, interleave
from tests.bench.vmaf import has_vmaf, joined, score
from transcoding.engine.encode import encode_video_chunk
from transcoding.engine.plan import ChunkSpec, chunks, make_plan
from transcoding.engine.probe import probe
from transcoding.engine.tools import find_tools

CPU_LIMIT = 1.06
VMAF_LIMIT = -0.3
BYTES_LIMIT = 0.02


def run(folder: Path, *, runs: int) -> list[report.Ratio]:
    """Measure, leave docs/bench/chunked.md, answer the ratios. Chunks are the factory's own: one border in 24 s."""
    tools = find_tools()
    source, film = film_1080p(folder, tools)
    plan = make_plan(probe(source, tools=tools), build=tools.build)
    pieces = chunks(plan)
    whole = ChunkSpec(0, 0, plan.segment_count)

    def in_chunks(target: Path) -> None:
        for piece in pieces:
            encode_video_chunk(source, plan, piece, target, tools=tools)

    def at_one_go(target: Path) -> None:
        encode_video_chunk(source, plan, whole, target, tools=tools)

    costs = interleave(
        [
            Way(f"Lantern, {len(pieces)} chunks", in_chunks),
            Way("the same at one go", at_one_go),
        ],
        folder,
        runs=runs,
    )
    ratios = [
        report.Ratio("CPU", costs[0].median / costs[1].median, most=CPU_LIMIT),
        report.Ratio("bytes", costs[0].bytes / costs[1].bytes, most=1 + BYTES_LIMIT, least=1 - BYTES_LIMIT),
    ]
    rows = []
    if has_vmaf(tools):
        for rung in plan.encoded:
            ours, theirs = (
                score(source, joined(cost.kept, rung.name), tools, rate=plan.rate) for cost in costs
            )
            rows.append([rung.name, f"{ours:.2f}", f"{theirs:.2f}", f"{ours - theirs:+.2f}"])
            ratios.append(report.Ratio(f"VMAF of {rung.name}, difference", ours - theirs, least=VMAF_LIMIT))
    report.write(
        "chunked",
        "Chunks against one go",
        words=f"Film: {film}. ffmpeg {tools.build}, {runs} interleaved runs, medians. Chunks as the factory makes them: a "
        "short one first, then about 24 s.",
        tables=[
            report.Table(COST_COLUMNS, [cost.row() for cost in costs]),
            *([report.Table(["rung", "VMAF in chunks", "at one go", "difference"], rows)] if rows else []),
        ],
        ratios=ratios,
        plots=[(plots.bars("chunked", "Chunks against one go", costs), "CPU seconds of both ways")],
    )
    return ratios
