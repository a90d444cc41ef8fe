"""The thumbnails of a film."""

from transcoding.engine.ffmpeg import Usage
from transcoding.engine.sources import Source
from transcoding.engine.thumbnails import make_storyboard as draw_storyboard
from transcoding.services.bench import Bench
from transcoding.services.finishing import Made
from transcoding.services.toolbox import tools
from vod.lib.storage import objects


def make_storyboard(bench: Bench, source: Source) -> tuple[list[Made], Usage]:
    """All sheets, and the WebVTT that says what is on them."""
    output = draw_storyboard(
        source,
        bench.plan,
        bench.folder,
        tools=tools(),
        on_progress=bench.on_progress,
        should_stop=bench.should_stop,
    )
    board = bench.plan.storyboard
    made = Made(name=board.name)
    per_sheet = float(board.interval * board.columns * board.rows)
    for number, sheet in enumerate(output.files):
        key = bench.put_object(f"{board.name}/{sheet.name}", sheet)
        made.segments.append((number, key, objects().size(key), per_sheet))
    made.init_key = bench.put_object(f"{board.name}/index.vtt", output.vtt)
    return [made], output.usage
