"""Pictures that people give, opened behind the same door as films."""

from pathlib import Path

from transcoding.engine import pictures
from transcoding.services.toolbox import tools


def flatten_picture(
    *, source: Path, target: Path, ground: tuple[int, int, int], most_bytes: int, most_pixels: int
) -> Path:
    """Writes the picture in `source` to `target` as a plain PPM: upright, RGB, `ground` behind what is see-through.

    The folder of `target` is all that the decoder can write to. Raises MediaError as `engine.pictures.flatten`
    does; TOOLS_MISSING or SANDBOX_UNAVAILABLE before anything is parsed.
    """
    return pictures.flatten(
        source, target, tools=tools(), ground=ground, most_bytes=most_bytes, most_pixels=most_pixels
    )
