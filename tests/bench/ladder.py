"""CPU of the whole ladder: the chunked factory, one ffmpeg for all rungs, one ffmpeg for each rung."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from tests.bench import commands, report
from tests.bench.films import film_1080p
from tests.bench.measure import Way, interleave
from transcoding.engine.encode import encode_video_chunk
from transcoding.engine.plan import chunks, make_plan
from transcoding.engine.probe import probe
from transcoding.engine.sound import encode_audio
from transcoding.engine.tools import find_tools
from transcoding.engine.verify import verify_chunk

SINGLE_LIMIT = 1.10
PER_RUNG_LIMIT = 0.65


def run(folder: Path, *, runs: int) -> list[report.Ratio]:
    """Measure, leave docs/bench/ladder.{md,svg}, answer the ratios."""
    tools = find_tools()
    source, film = film_1080p(folder, tools)
    plan = make_plan(probe(source, tools=tools), build=tools.build)

    def factory(target: Path) -> None:
        results = [encode_video_chunk(source, plan, chunk, target, tools=tools) for chunk in chunks(plan)]
        for result in [*results, encode_audio(source, plan, target, tools=tools)]:
            for output in result.renditions:
                verify_chunk(plan, output)

    def single(target: Path) -> None:
        commands.execute(commands.single_command(source, plan, target, tools))

    def per_rung(target: Path, threads: int) -> None:
        for command in commands.commands_per_rung(source, plan, target, tools, threads=threads):
            commands.execute(command)

    costs = interleave(
        [
            Way("Lantern, in chunks, verified", factory),
            Way("one ffmpeg for all rungs", single),
            Way("one ffmpeg for each rung, as it comes", partial(per_rung, threads=0)),
            Way("one ffmpeg for each rung, one thread each", partial(per_rung, threads=1)),
        ],
        folder,
        runs=runs,
    )
    ratios = [
        report.Ratio("against the best single command", costs[0], costs[1], SINGLE_LIMIT),
        report.Ratio("against one process for each rung, as it comes", costs[0], costs[2], PER_RUNG_LIMIT),
        report.Ratio("against one process for each rung, one thread each", costs[0], costs[3], None),
    ]
    report.write("ladder", "CPU of the whole ladder", film, tools.build, costs, ratios)
    return ratios
