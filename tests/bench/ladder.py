"""CPU of the whole ladder: the chunked factory, one ffmpeg for all rungs, one for each rung, and two peers' commands."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.bench import commands, peers, plots, report
from tests.bench.films import film_1080p
from tests.bench.measure import COST_COLUMNS, Cost, Way, cpu_seconds, interleave
from tests.bench.vmaf import has_vmaf, joined, kilobits, number_of, score
from transcoding.engine.encode import encode_video_chunk
from transcoding.engine.filters import ladder_graph
from transcoding.engine.plan import Plan, chunks, make_plan
from transcoding.engine.probe import probe
from transcoding.engine.sound import encode_audio
from transcoding.engine.tools import Tools, find_tools
from transcoding.engine.verify import verify_chunk

SINGLE_LIMIT = 1.05
PER_RUNG_LIMIT = 0.65


def make_whole(source: Path, plan: Plan, target: Path, tools: Tools) -> None:
    """What the factory makes of a film, chunk after chunk, read back as it does."""
    results = [encode_video_chunk(source, plan, chunk, target, tools=tools) for chunk in chunks(plan)]
    for result in [*results, encode_audio(source, plan, target, tools=tools)]:
        for output in result.renditions:
            verify_chunk(plan, output)


def run(folder: Path, *, runs: int) -> list[report.Ratio]:
    """Measure, leave docs/bench/ladder.md with its plots, answer the ratios."""
    tools = find_tools()
    source, film = film_1080p(folder, tools)
    plan = make_plan(probe(source, tools=tools), build=tools.build)

    def single(target: Path) -> None:
        commands.execute(commands.single_command(source, plan, target, tools))

    def several(of: Callable[[Path], list[list[str]]], target: Path) -> None:
        for command in of(target):
            commands.execute(command)

    costs = interleave(
        [
            Way("Lantern, in chunks, verified", lambda target: make_whole(source, plan, target, tools)),
            Way("one ffmpeg for all rungs", single),
            Way(
                "one ffmpeg for each rung, as it comes",
                partial(several, lambda to: commands.commands_per_rung(source, plan, to, tools, threads=0)),
            ),
            Way(
                "one ffmpeg for each rung, one thread each",
                partial(several, lambda to: commands.commands_per_rung(source, plan, to, tools, threads=1)),
            ),
            Way(
                "MediaCMS: six at medium, CRF 23",
                partial(several, lambda to: peers.first_peer(source, plan, to, tools)),
            ),
            Way(
                "PeerTube: five at veryfast, bits a pixel",
                partial(several, lambda to: peers.second_peer(source, plan, to, tools)),
            ),
        ],
        folder,
        runs=runs,
    )
    ratios = [
        report.Ratio("CPU against the best single command", _of(costs, 1), most=SINGLE_LIMIT),
        report.Ratio(
            "CPU against one process for each rung, as it comes", _of(costs, 2), most=PER_RUNG_LIMIT
        ),
        report.Ratio("CPU against one process for each rung, one thread each", _of(costs, 3)),
        report.Ratio("CPU against MediaCMS's commands", _of(costs, 4)),
        report.Ratio("CPU against PeerTube's commands", _of(costs, 5)),
    ]
    tables = [report.Table(COST_COLUMNS, [cost.row() for cost in costs])]
    if has_vmaf(tools):
        tables.append(_quality(source, plan, tools, [costs[0], costs[4], costs[5]]))
    report.write(
        "ladder",
        "CPU of the whole ladder",
        words=f"Film: {film}. ffmpeg {tools.build}, {runs} interleaved runs, medians. Lantern's figures hold the sound "
        "(stereo, and 5.1 where the film has it, with its loudness); the peers' hold the picture only, at presets and "
        "qualities of their own, which the second table tells apart.",
        tables=tables,
        ratios=ratios,
        plots=[
            (plots.bars("ladder", "CPU of the whole ladder", costs), "CPU seconds of each way"),
            (_parts(source, plan, tools, costs[0], folder), "Where the CPU of the factory goes"),
        ],
    )
    return ratios


def _of(costs: list[Cost], reference: int) -> float:
    return costs[0].median / costs[reference].median


def _quality(source: Path, plan: Plan, tools: Tools, costs: list[Cost]) -> report.Table:
    """Rate and VMAF of every rung of every way."""
    rows = []
    for cost in costs:
        names = sorted((path.name for path in cost.kept.glob("video-*") if path.is_dir()), key=number_of)
        for name in reversed(names):
            rate = kilobits(cost.kept, name, float(plan.duration))
            vmaf = score(source, joined(cost.kept, name), tools, rate=plan.rate)
            rows.append([cost.name, name, f"{rate:,.0f}", f"{vmaf:.1f}"])
            print(f"{cost.name}: {name}: {rate:,.0f} kbit/s, VMAF {vmaf:.1f}", flush=True)
    return report.Table(["way", "rung", "kbit/s", "VMAF at 1080p"], rows)


def _parts(source: Path, plan: Plan, tools: Tools, whole: Cost, folder: Path) -> str:
    """Where the factory's CPU goes: decoding, scaling, sound, and the encoders' rest."""
    read = [str(tools.ffmpeg), "-nostdin", "-v", "error", "-i", str(source)]
    graph, labels = ladder_graph(plan, plan.encoded, 0, plan.frames, from_start=True, can_tonemap=False)
    # The source is input 0 of both graphs; null encoders take what the scalers give.
    sinks = [
        word for label in labels for word in ("-map", label, "-c:v", "wrapped_avframe", "-f", "null", "-")
    ]
    decode = _cpu_of(lambda: commands.execute([*read, "-map", "0:v:0", "-f", "null", "-"]))
    frames = ["-fps_mode", "passthrough"]
    scaled = _cpu_of(lambda: commands.execute([*read, "-filter_complex", graph, *frames, *sinks]))
    sound = _cpu_of(lambda: encode_audio(source, plan, folder / "sound", tools=tools))
    parts = {
        "decoding": decode,
        "scaling": max(scaled - decode, 0.0),
        "sound": sound,
        "encoders, cutting, verifying": max(whole.median - scaled - sound, 0.0),
    }
    return plots.shares("ladder-parts", "Where the CPU of the factory goes", parts)


def _cpu_of(work: Callable[[], object]) -> float:
    before = cpu_seconds()
    work()
    return cpu_seconds() - before
