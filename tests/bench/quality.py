"""The preset for quality against the first peer's commands: bits at the same VMAF, and CPU."""

from __future__ import annotations

import math
import statistics
from dataclasses import replace
from pathlib import Path

from tests.bench import commands, peers, plots, report
from tests.bench.films import film_1080p
from tests.bench.ladder import make_whole
from tests.bench.measure import COST_COLUMNS, Way, interleave
from tests.bench.vmaf import joined, kilobits, rate_at, score
from transcoding.engine.encode import encode_video_chunk
from transcoding.engine.plan import ChunkSpec, make_plan
from transcoding.engine.probe import probe
from transcoding.engine.tools import find_tools

CPU_LIMIT = 0.85
BITS_LIMIT = 1.0
_CRFS = (20, 23, 27)
_HEIGHTS = (1080, 720, 360)


def run(folder: Path, *, runs: int) -> list[report.Ratio]:
    """Measure, leave docs/bench/quality.md, answer the ratios."""
    tools = find_tools()
    source, film = film_1080p(folder, tools)
    plan = make_plan(probe(source, tools=tools), build=tools.build, encoding="quality")

    def peer(target: Path) -> None:
        for command in peers.first_peer(source, plan, target, tools):
            commands.execute(command)

    costs = interleave(
        [
            Way("Lantern, encoding for quality", lambda to: make_whole(source, plan, to, tools)),
            Way("MediaCMS: six at medium, CRF 23", peer),
        ],
        folder,
        runs=runs,
    )
    chosen = [rung for rung in plan.video if rung.height_class in _HEIGHTS]
    whole = ChunkSpec(0, 0, plan.segment_count)
    series: dict[str, list[tuple[float, float]]] = {}
    rows = []
    for crf in _CRFS:
        ours, theirs = folder / f"ours-{crf}", folder / f"theirs-{crf}"
        if crf == chosen[0].crf:
            ours, theirs = costs[0].kept, costs[1].kept
        else:
            rungs = tuple(replace(rung, crf=crf) for rung in chosen)
            encode_video_chunk(source, plan, whole, ours, tools=tools, rungs=rungs)
            for rung in chosen:
                commands.execute(peers.first_peers_rung(source, rung, theirs, tools, crf=crf))
        for name, made in (("Lantern", ours), ("MediaCMS", theirs)):
            for rung in chosen:
                point = (
                    kilobits(made, rung.name, float(plan.duration)),
                    score(source, joined(made, rung.name), tools, rate=plan.rate),
                )
                label = f"{name} {rung.height_class}p"
                series.setdefault(label, []).append(point)
                rows.append([label, str(crf), f"{point[0]:,.0f}", f"{point[1]:.2f}"])
                print(f"{label} at CRF {crf}: {point[0]:,.0f} kbit/s, VMAF {point[1]:.2f}", flush=True)
    ratios = [
        report.Ratio("CPU against MediaCMS's commands", costs[0].median / costs[1].median, most=CPU_LIMIT)
    ]
    wanted = {"ours": 0.0, "theirs": 0.0}
    each = []
    for rung in chosen:
        rate, vmaf = series[f"MediaCMS {rung.height_class}p"][_CRFS.index(rung.crf)]
        needed = rate_at(series[f"Lantern {rung.height_class}p"], vmaf)
        wanted["ours"] += needed
        wanted["theirs"] += rate
        each.append(needed / rate)
        ratios.append(report.Ratio(f"bits at MediaCMS's VMAF, {rung.height_class}p", each[-1]))
    mean = math.exp(statistics.fmean(math.log(value) for value in each))
    ratios.append(report.Ratio("bits at MediaCMS's VMAF, mean of these rungs", mean))
    together = wanted["ours"] / wanted["theirs"]
    ratios.append(report.Ratio("bits at MediaCMS's VMAF, these rungs together", together, most=BITS_LIMIT))
    report.write(
        "quality",
        "The preset for quality against a peer's commands",
        words=f"Film: {film}. ffmpeg {tools.build}, {runs} interleaved runs, medians. Both at x264's medium; Lantern's "
        "figures hold the sound, the peer's the picture only. The peer's caps are lower on the small rungs.",
        tables=[
            report.Table(COST_COLUMNS, [cost.row() for cost in costs]),
            report.Table(["way", "CRF", "kbit/s", "VMAF at 1080p"], rows),
        ],
        ratios=ratios,
        plots=[(plots.curves("quality", "Rate against VMAF", series), "Rate against VMAF of both")],
    )
    return ratios
