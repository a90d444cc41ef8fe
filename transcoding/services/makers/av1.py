"""The upper rungs in AV1."""

from transcoding.engine.av1 import need_av1
from transcoding.engine.encode import encode_video_chunk
from transcoding.engine.ffmpeg import Usage
from transcoding.engine.plan import ChunkSpec
from transcoding.engine.sources import Source
from transcoding.services.bench import Bench, put_rendition
from transcoding.services.finishing import Made
from transcoding.services.toolbox import tools


def make_av1(bench: Bench, source: Source) -> tuple[list[Made], Usage]:
    """One chunk of every AV1 rung."""
    chunk, found = bench.hold.row, tools()
    need_av1(found)
    result = encode_video_chunk(
        source,
        bench.plan,
        ChunkSpec(chunk.number, chunk.first_segment, chunk.end_segment),
        bench.folder,
        tools=found,
        rungs=bench.plan.av1,
        on_progress=bench.on_progress,
        should_stop=bench.should_stop,
    )
    return [put_rendition(bench, output) for output in result.renditions], result.usage
