"""Times of day as subtitles write them."""

from __future__ import annotations

import re

# Hours are optional (WebVTT), decimals may stand behind a comma (SRT), a point or a colon (seen in ASS).
_TIME = r"(?:(\d{1,4}):)?(\d{1,3}):(\d{1,3})(?:[.,:](\d{1,9}))?"
_CLOCK = re.compile(rf"\s*{_TIME}\s*", re.ASCII)
_ARROW = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?![\d.,:])(.*)", re.ASCII)
# Longer lines with an arrow are text.
_LONGEST = 500


def clock(text: str) -> int | None:
    """Milliseconds of "1:02:03.45"; None where it is no time."""
    match = _CLOCK.fullmatch(text) if len(text) < _LONGEST else None
    return _milliseconds(match.groups()) if match else None


def arrow(line: str) -> tuple[int, int, str] | None:
    """Start and end in milliseconds, and what stands behind them, of "00:01.000 --> 00:02.000 line:0"."""
    match = _ARROW.fullmatch(line) if len(line) < _LONGEST else None
    if match is None:
        return None
    start, end = _milliseconds(match.groups()[:4]), _milliseconds(match.groups()[4:8])
    return (start, end, match[9]) if start is not None and end is not None else None


def _milliseconds(parts: tuple[str | None, ...]) -> int | None:
    hours, minutes, seconds = (int(part or 0) for part in parts[:3])
    if minutes > 59 or seconds > 59:
        return None
    decimals = int(((parts[3] or "") + "000")[:3])
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + decimals
