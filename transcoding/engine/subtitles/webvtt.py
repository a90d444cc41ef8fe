"""WebVTT, read leniently and written strictly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from transcoding.engine.subtitles.clock import arrow
from transcoding.engine.subtitles.cues import Cue, Payload
from transcoding.engine.subtitles.markup import add_marked_up

_LINE = re.compile(r"(?:^|\s)line:(-?\d{1,4}(?:\.\d{1,9})?)(%?)", re.ASCII)
# Zero of the cues is zero of the film (RFC 8216, 3.5).
_HEADER = "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n"


def read_webvtt(text: str) -> Iterator[Cue]:
    """The cues of a WebVTT file; notes, styles, regions and whatever else is no cue are passed over."""
    times: tuple[int, int, str] | None = None
    lines: list[str] = []
    for line in (*text.split("\n"), ""):
        if "-->" not in line and line:
            lines.append(line)
            continue
        if times:
            yield _cue(times, lines)
        times, lines = (arrow(line) if line else None), []


def write_webvtt(cues: Iterable[Cue]) -> str:
    """A file of these cues, which is all that a segment of HLS needs."""
    blocks = [_HEADER]
    for cue in cues:
        settings = " line:0" if cue.top else ""
        blocks.append(f"{_time(cue.start)} --> {_time(cue.end)}{settings}\n{cue.text}\n")
    return "\n".join(blocks)


def _cue(times: tuple[int, int, str], lines: list[str]) -> Cue:
    payload = Payload(top=_is_top(times[2]))
    add_marked_up(payload, "\n".join(lines[:1000]))
    return Cue(times[0], times[1], payload.render(), payload.top)


def _is_top(settings: str) -> bool:
    match = _LINE.search(settings[:200])
    if match is None or match[1].startswith("-"):
        return False
    # Per cent of the picture's height, or lines from above.
    return float(match[1]) < (40 if match[2] else 6)


def _time(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}.{rest:03d}"
