"""All sound of a film, at one go."""

from transcoding.engine.encode import encode_audio
from transcoding.engine.ffmpeg import Usage
from transcoding.engine.sources import Source
from transcoding.services.bench import Bench, put_rendition
from transcoding.services.finishing import Made
from transcoding.services.noting import add_notes
from transcoding.services.toolbox import tools


def make_sound(bench: Bench, source: Source) -> tuple[list[Made], Usage]:
    """Every audio rendition, whole."""
    result = encode_audio(
        source,
        bench.plan,
        bench.folder,
        tools=tools(),
        on_progress=bench.on_progress,
        should_stop=bench.should_stop,
    )
    add_notes(bench, result.notes)
    return [put_rendition(bench, output) for output in result.renditions], result.usage
