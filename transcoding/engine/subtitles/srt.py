"""SubRip: numbers, times, text, with tags of HTML and of ASS."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transcoding.engine.subtitles.clock import arrow
from transcoding.engine.subtitles.cues import MAX_RAW, Cue, Payload
from transcoding.engine.subtitles.markup import add_marked_up

_OVERRIDE = re.compile(r"\{\\[^{}]{0,200}\}")
# A line with an arrow that was meant as times; otherwise somebody says "a --> b".
_TIMED = re.compile(r"\d\s*:\s*\d|^[\s\d:.,-]*-->[\s\d:.,-]*$")
_TOP = re.compile(r"\\\s*an\s*[789]")


def read_srt(text: str) -> Iterator[Cue]:
    """The cues of a SubRip file. Empty lines inside a cue are passed over, numbers need not be there."""
    times: tuple[int, int] | None = None
    lines: list[str] = []
    for line in text.split("\n"):
        found = arrow(line) if "-->" in line else None
        if found is None and ("-->" not in line or not _TIMED.search(line[:200])):
            lines.append(line)
            continue
        if lines and lines[-1].strip().isdecimal():
            # The number of the cue that begins here.
            del lines[-1]
        if times:
            yield _cue(times, lines)
        times, lines = (found[:2] if found else None), []
    if times:
        yield _cue(times, lines)


def _cue(times: tuple[int, int], lines: list[str]) -> Cue:
    text = "\n".join(lines[:1000])[:MAX_RAW]
    payload = Payload(top=any(_TOP.search(match[0]) for match in _OVERRIDE.finditer(text)))
    add_marked_up(payload, _OVERRIDE.sub("", text))
    return Cue(times[0], times[1], payload.render(), payload.top)
