"""Where reading of the source begins for a segment: at the last key frame that its first frame can need. Pure."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from transcoding.engine.media import MediaInfo

if TYPE_CHECKING:
    from transcoding.engine.plan import Plan

# The deinterlacer looks at the fields before.
_WOVEN_LEAD = 3
_SLACK = Fraction(1, 8)
_MICROSECONDS = 1_000_000
# Containers whose index leads straight to a key frame; in others a seek may land behind one.
_INDEXED = frozenset({"mov", "matroska", "webm", "avi"})
_LEAD_SECONDS = 1
_UNINDEXED_LEAD_SECONDS = 12
# Segments to go back where the nearest key frame was not enough.
_RETREAT = 4


def read_points(info: MediaInfo, boundaries: Sequence[int], offset: Fraction) -> tuple[int | None, ...]:
    """For each segment the time stamp to seek to, in microseconds on the source's clock; None for its beginning.

    Empty where the probe knows no key frames. ``offset`` is the source's time of frame 0. Seeking by time alone may
    land behind the frame in a container without an index; from here it lands at or before the key frame, and
    nothing is decoded in vain.
    """
    keys, rate = info.keys, info.video.rate
    if not keys.shown:
        return ()
    lead = _WOVEN_LEAD if info.video.interlaced else 0
    points: list[int | None] = []
    for first in boundaries[:-1]:
        # Time stamps are rounded: what is hardly behind a frame's place on the grid is that frame.
        latest = offset + (first - lead + _SLACK) / rate
        place = bisect_right(keys.shown, math.floor(latest / keys.time_base)) - 1
        points.append(math.ceil(keys.sought[place] * keys.time_base * _MICROSECONDS) if place > 0 else None)
    return tuple(points)


def seeks(plan: Plan, first: int) -> Iterator[Fraction | None]:
    """Where to begin reading for frame ``first``, in seconds on the source's clock; None for its beginning.

    One after another until the frame is there: from its key frame, where the plan knows it, then from farther back
    (a picture that is refreshed bit by bit is whole only seconds after what its packets call a key frame).
    """
    if len(plan.reads) == plan.segment_count:
        segment = max(0, bisect_right(plan.boundaries, first, hi=plan.segment_count) - 1)
        points = [plan.reads[segment], plan.reads[max(0, segment - _RETREAT)], None]
    else:
        led = _led(plan, first)
        points = [None if led is None else math.floor(led * _MICROSECONDS), None]
    for number, point in enumerate(points):
        if point is None or number == 0 or point < (points[0] or 0):
            yield None if point is None else Fraction(point, _MICROSECONDS)
        if point is None:
            return


def _led(plan: Plan, first: int) -> Fraction | None:
    """A lead-in by time makes the frame before ``first`` known, which variable rates need.

    A picture that has already ended is read from shortly before its end, for its last frame.
    """
    lead = _LEAD_SECONDS if set(plan.picture.container.split(",")) & _INDEXED else _UNINDEXED_LEAD_SECONDS
    picture_end = (plan.picture.start - plan.source_offset) + plan.picture.frames / plan.rate
    at = min(first / plan.rate, picture_end) - lead
    return plan.source_offset + at if at > 0 else None
