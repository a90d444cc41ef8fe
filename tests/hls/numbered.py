"""Films whose every frame carries its number as black and white bars, and corners of four colours."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tests.hls.films import make
from transcoding.engine.tools import Tools

Pixels = npt.NDArray[np.uint8]
BITS = 10
# Top left, top right, bottom left, bottom right.
CORNERS = ((200, 30, 30), (30, 180, 30), (40, 40, 210), (210, 200, 40))


def frame(number: int, width: int = 320, height: int = 180) -> Pixels:
    """Frame ``number`` in RGB: its bits as bars across the middle third, the highest first, over four corners."""
    picture = np.zeros((height, width, 3), np.uint8)
    picture[: height // 2, : width // 2], picture[: height // 2, width // 2 :] = CORNERS[0], CORNERS[1]
    picture[height // 2 :, : width // 2], picture[height // 2 :, width // 2 :] = CORNERS[2], CORNERS[3]
    edges = [width * place // BITS for place in range(BITS + 1)]
    for place in range(BITS):
        shade = 235 if number >> (BITS - 1 - place) & 1 else 16
        picture[height // 3 : height * 2 // 3, edges[place] : edges[place + 1]] = shade
    return picture


def numbered(
    tools: Tools,
    target: Path,
    *options: str,
    frames: int,
    rate: str = "25",
    size: tuple[int, int] = (320, 180),
) -> Path:
    """A film of ``frames`` numbered frames, encoded with these options."""
    raw = target.with_suffix(".raw")
    raw.write_bytes(b"".join(frame(number, *size).tobytes() for number in range(frames)))
    source = ("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{size[0]}x{size[1]}", "-r", rate, "-i", str(raw))
    try:
        return make(tools, target, *source, *options)
    finally:
        raw.unlink()


def pictures(
    tools: Tools, stream: Path, width: int, height: int, *, matrix: str = "bt709", reach: str = "tv"
) -> Pixels:
    """Every frame of a stream in RGB, as a player for SDR shows it, or a viewer of JPEG by its matrix and range."""
    completed = subprocess.run(
        [
            *(str(tools.ffmpeg), "-nostdin", "-v", "error", "-i", str(stream), "-map", "0:v:0"),
            *(
                "-fps_mode",
                "passthrough",
                "-vf",
                f"scale=in_color_matrix={matrix}:in_range={reach}:out_range=pc",
            ),
            *("-f", "rawvideo", "-pix_fmt", "rgb24", "-"),
        ],
        check=True,
        capture_output=True,
    )
    return np.frombuffer(completed.stdout, np.uint8).reshape(-1, height, width, 3)


def numbers(shown: Pixels) -> list[int]:
    """The number on each picture."""
    _, height, width, _ = shown.shape
    row = shown[:, height // 2 - height // 24 : height // 2 + height // 24 + 1].mean(axis=(1, 3))
    found = []
    for line in row:
        value = 0
        for place in range(BITS):
            middle = width * (2 * place + 1) // (2 * BITS)
            value = value * 2 + int(line[middle] > 127)
        found.append(value)
    return found


def corners(picture: Pixels) -> tuple[tuple[int, int, int], ...]:
    """Colours near the four corners: top left, top right, bottom left, bottom right."""
    height, width, _ = picture.shape
    down, across = height // 8, width // 8
    places = ((down, across), (down, -across), (-down, across), (-down, -across))
    return tuple((int(picture[y, x, 0]), int(picture[y, x, 1]), int(picture[y, x, 2])) for y, x in places)
