"""Small films, made at test time by the ffmpeg that the product uses."""

import subprocess
from functools import cache
from pathlib import Path

from transcoding.engine.tools import find_tools


def make_film(target: Path, *, seconds: int = 5, size: str = "320x180", sound: bool = True) -> Path:
    """A test chart with a tone, in 4:2:2: no browser plays it, so that it is encoded and never copied."""
    target.write_bytes(_film(seconds, size, sound))
    return target


@cache
def _film(seconds: int, size: str, sound: bool) -> bytes:
    tone = ["-f", "lavfi", "-i", f"sine=frequency=440:duration={seconds}", "-c:a", "aac"] if sound else []
    made = subprocess.run(
        [
            *(str(find_tools().ffmpeg), "-loglevel", "error"),
            *("-f", "lavfi", "-i", f"testsrc2=size={size}:rate=25:duration={seconds}"),
            *tone,
            *("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv422p", "-f", "matroska", "-"),
        ],
        check=True,
        capture_output=True,
    )
    return made.stdout
