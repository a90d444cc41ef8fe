"""AV1 against H.264: bits at the same VMAF, and what they cost."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from tests.bench import plots, report
from tests.bench.films import film_1080p
from tests.bench.measure import COST_COLUMNS, Way, interleave
from tests.bench.vmaf import joined, kilobits, rate_at, score
from transcoding.engine.encode import encode_video_chunk
from transcoding.engine.ladder import VideoRung
from transcoding.engine.plan import ChunkSpec, make_plan
from transcoding.engine.probe import probe
from transcoding.engine.tools import find_tools

BITS_LIMIT = 0.55
_H264 = (21, 23, 26, 30)
_AV1 = (35, 41, 47, 53)


def run(folder: Path, *, runs: int) -> list[report.Ratio]:
    """Measure, leave docs/bench/av1.md, answer the ratios."""
    tools = find_tools()
    source, film = film_1080p(folder, tools)
    plan = make_plan(probe(source, tools=tools), build=tools.build)
    whole = ChunkSpec(0, 0, plan.segment_count)
    upper = tuple(rung for rung in plan.video if f"{rung.name}-av1" in {av1.name for av1 in plan.av1})

    def make(rungs: tuple[VideoRung, ...], target: Path) -> None:
        encode_video_chunk(source, plan, whole, target, tools=tools, rungs=rungs)

    costs = interleave(
        [Way("Lantern, AV1", partial(make, plan.av1)), Way("the same rungs in H.264", partial(make, upper))],
        folder,
        runs=runs,
    )
    series: dict[str, list[tuple[float, float]]] = {}
    rows = []
    # One after the other and without the caps, which would bend the curves.
    for codec, rungs, crfs in (("H.264", upper, _H264), ("AV1", plan.av1, _AV1)):
        for crf in crfs:
            target = folder / f"{codec}-{crf}"
            make(tuple(replace(rung, crf=crf) for rung in rungs), target)
            for rung in rungs:
                point = (
                    kilobits(target, rung.name, float(plan.duration)),
                    score(source, joined(target, rung.name), tools, rate=plan.rate),
                )
                series.setdefault(f"{codec} {rung.height_class}p", []).append(point)
                rows.append(
                    [f"{codec} {rung.height_class}p", str(crf), f"{point[0]:,.0f}", f"{point[1]:.2f}"]
                )
                print(
                    f"{codec} {rung.height_class}p at CRF {crf}: {point[0]:,.0f} kbit/s, VMAF {point[1]:.2f}"
                )
    ratios = [report.Ratio("CPU of AV1 against the same rungs in H.264", costs[0].median / costs[1].median)]
    for rung in upper:
        theirs = series[f"H.264 {rung.height_class}p"]
        ours = series[f"AV1 {rung.height_class}p"]
        rate, vmaf = theirs[_H264.index(rung.crf)]
        ratios.append(
            report.Ratio(
                f"bits of AV1 at the VMAF of H.264's CRF {rung.crf}, {rung.height_class}p",
                rate_at(ours, vmaf) / rate,
                most=BITS_LIMIT,
            )
        )
    report.write(
        "av1",
        "AV1 against H.264",
        words=f"Film: {film}. ffmpeg {tools.build}, {runs} interleaved runs, medians. SVT-AV1 at preset "
        f"{plan.av1[0].preset}, x264 at {upper[0].preset}; same boundaries, one thread each.",
        tables=[
            report.Table(COST_COLUMNS, [cost.row() for cost in costs]),
            report.Table(["way", "CRF", "kbit/s", "VMAF at 1080p"], rows),
        ],
        ratios=ratios,
        plots=[(plots.curves("av1", "Rate against VMAF", series), "Rate against VMAF of both codecs")],
    )
    return ratios
