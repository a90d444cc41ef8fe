"""The ladder's chunks: all their rungs from one decode, or the lowest alone where viewers are close behind."""

from transcoding.engine.encode import encode_video_chunk
from transcoding.engine.ffmpeg import Usage
from transcoding.engine.plan import ChunkSpec
from transcoding.engine.sources import Source
from transcoding.services.bench import Bench, put_rendition
from transcoding.services.finishing import Made
from transcoding.services.noting import add_notes
from transcoding.services.promising import rungs_of, settle_part
from transcoding.services.toolbox import tools


def make_picture(bench: Bench, source: Source) -> tuple[list[Made], Usage]:
    """One chunk of the ladder, or the part of it that is wanted first."""
    chunk = bench.hold.row
    part = settle_part(bench.hold, bench.plan)
    result = encode_video_chunk(
        source,
        bench.plan,
        ChunkSpec(chunk.number, chunk.first_segment, chunk.end_segment),
        bench.folder,
        tools=tools(),
        rungs=rungs_of(bench.plan, part),
        on_progress=bench.on_progress,
        should_stop=bench.should_stop,
    )
    add_notes(bench, result.notes)
    return [put_rendition(bench, output) for output in result.renditions], result.usage
