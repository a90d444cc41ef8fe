"""Copies of the source's own picture: the ladder's top rung, or the original beside it."""

from transcoding.engine.copies import Copy, copy_chunk, copy_of_original, copy_of_rung
from transcoding.engine.ffmpeg import Usage
from transcoding.engine.plan import ChunkSpec
from transcoding.engine.sources import Source
from transcoding.services.bench import Bench, put_rendition
from transcoding.services.finishing import Made
from transcoding.services.toolbox import tools


def make_copy(bench: Bench, source: Source) -> tuple[list[Made], Usage]:
    """One chunk of the rung that is copied."""
    return _make(bench, source, copy_of_rung(bench.plan))


def make_original(bench: Bench, source: Source) -> tuple[list[Made], Usage]:
    """One chunk of the original."""
    return _make(bench, source, copy_of_original(bench.plan))


def _make(bench: Bench, source: Source, copy: Copy) -> tuple[list[Made], Usage]:
    chunk = bench.hold.row
    result = copy_chunk(
        source,
        bench.plan,
        copy,
        ChunkSpec(chunk.number, chunk.first_segment, chunk.end_segment),
        bench.folder,
        tools=tools(),
        on_progress=bench.on_progress,
        should_stop=bench.should_stop,
    )
    return [put_rendition(bench, output) for output in result.renditions], result.usage
