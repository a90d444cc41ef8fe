"""What the encoder's own decoder says of a picture's first frames, where ffprobe shows none.

Some builds of ffprobe cannot decode all that the encoder can (AV1), and a film that was trimmed by an edit list
begins with frames that are decoded but never shown.
"""

from __future__ import annotations

import re
from typing import Any

from transcoding.engine.ffmpeg import Limits, run
from transcoding.engine.sources import Source, input_guard, input_of
from transcoding.engine.tools import Tools

_LIMITS = Limits(wall_seconds=25, cpu_seconds=40, memory_bytes=6 * 1024**3)
_FIELDS = {"P": (0, None), "T": (1, 1), "B": (1, 0)}
# As ``showinfo`` writes a frame: its number, time, format, pixel aspect, size and fields, then its colours.
_FRAME = re.compile(
    r"\bn: *\d+ .*?pts_time:(?P<time>\S+) .*?fmt:(?P<format>\w+) .*?sar:(?P<aspect>\d+/\d+) s:(?P<width>\d+)x"
    r"(?P<height>\d+) i:(?P<fields>[PTB])"
)
_COLOURS = re.compile(
    r"color_range:(?P<color_range>\w+) color_space:(?P<color_space>\w+) color_primaries:(?P<color_primaries>\w+)"
    r" color_trc:(?P<color_transfer>[\w-]+)"
)
_UNSAID = frozenset({"unknown", "unspecified", "reserved"})


def first_frames(source: Source, index: int, tools: Tools) -> tuple[list[dict[str, Any]], str]:
    """The first frames in ffprobe's own words, and the tool's last words. Raises MediaError as ``run``."""
    completed = run(
        [
            *(str(tools.ffmpeg), "-nostdin", "-hide_banner", "-loglevel", "info", "-nostats"),
            # On the file's own clock, and as coded.
            *("-copyts", "-noautorotate"),
            *input_guard(source),
            *input_of(source),
            *("-map", f"0:{index}", "-vf", "showinfo=checksum=0", "-frames:v", "1", "-f", "null", "-"),
        ],
        limits=_LIMITS,
        sandbox=tools.sandbox,
        reads=[source],
    )
    return read_frames(completed.tail), completed.tail


def read_frames(said: str) -> list[dict[str, Any]]:
    """Frames as ``ffprobe -show_frames`` would describe them, from the lines of ``showinfo``."""
    frames: list[dict[str, Any]] = []
    for line in said.splitlines():
        if found := _FRAME.search(line):
            interlaced, top_first = _FIELDS[found["fields"]]
            frames.append(
                {
                    "best_effort_timestamp_time": found["time"],
                    "pix_fmt": found["format"],
                    "sample_aspect_ratio": found["aspect"].replace("/", ":"),
                    "width": int(found["width"]),
                    "height": int(found["height"]),
                    "interlaced_frame": interlaced,
                    "top_field_first": top_first,
                }
            )
        elif frames and (colours := _COLOURS.search(line)):
            frames[-1] |= {name: value for name, value in colours.groupdict().items() if value not in _UNSAID}
    return frames
