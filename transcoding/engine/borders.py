"""Where the segments of a copied picture begin: at key frames that were proved, and nowhere else. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise

from transcoding.engine.ladder import VideoRung
from transcoding.engine.records import Record
from transcoding.engine.renditions import OriginalRendition

# A rung's segments are never longer: a player that starts or changes rungs waits for one of them.
_MOST_SECONDS = 6
# Held longer than this, the first picture would be a film of its own; so would sound without a picture.
_MOST_HELD = Fraction(1, 2)
_MOST_TAIL = Fraction(1)


@dataclass(frozen=True, slots=True)
class Copyable(Record):
    """What the reading of a picture's track proved; see ``copying.py``.

    ``key_times`` are when the groups of pictures begin, in ticks of ``time_base`` on the source's clock, and
    ``end_time`` is when the last one ends; ``key_bytes`` is what each takes. ``key_frames`` are the same beginnings on
    the grid of the constant rate, counted from the first picture, and empty where the pictures do not fill that grid
    exactly.
    """

    width: int
    height: int
    frames: int
    time_base: Fraction
    key_times: tuple[int, ...]
    end_time: int
    key_bytes: tuple[int, ...]
    key_frames: tuple[int, ...]


def fits(lead: Fraction, tail: Fraction) -> bool:
    """Whether a copy stands well beside sound that begins ``lead`` seconds before it and ends ``tail`` after it."""
    return lead <= _MOST_HELD and tail <= _MOST_TAIL


def of_rung(
    copyable: Copyable, rung: VideoRung, *, rate: Fraction, lead: int, segment_seconds: int
) -> tuple[int, ...] | None:
    """The boundary list of a ladder whose top rung is the copy, in frames; None where it cannot be.

    It cannot where key frames are more than 6 s apart, or where the rate is above the rung's: on average above its
    cap, or in any segment above what its buffer lets pass in that time, as for an encoded rung.
    """
    if not copyable.key_frames:
        return None
    keys = (0, *(lead + frame for frame in copyable.key_frames[1:]), lead + copyable.frames)
    if any(end - start > _MOST_SECONDS * rate for start, end in pairwise(keys)):
        return None
    chosen = _spaced(keys, round(segment_seconds * rate), int(_MOST_SECONDS * rate))
    sizes = _sizes(keys, copyable.key_bytes, chosen)
    if 8 * sum(sizes) > rung.maxrate * keys[-1] / rate:
        return None
    for size, (start, end) in zip(sizes, pairwise(chosen), strict=True):
        if 8 * size > rung.maxrate * (end - start) / rate + rung.bufsize:
            return None
    return chosen


def of_original(
    copyable: Copyable, *, name: str, source_offset: Fraction, segment_seconds: int
) -> OriginalRendition:
    """The source's own picture with a boundary list of its own, from ``source_offset`` seconds on."""
    ticks = 1 / copyable.time_base
    keys = (round(source_offset * ticks), *copyable.key_times[1:], copyable.end_time)
    chosen = _spaced(keys, round(segment_seconds * ticks), round(_MOST_SECONDS * ticks))
    sizes = _sizes(keys, copyable.key_bytes, chosen)
    peak = max(
        8 * size / ((end - start) * copyable.time_base)
        for size, (start, end) in zip(sizes, pairwise(chosen), strict=True)
    )
    return OriginalRendition(
        name=name,
        width=copyable.width,
        height=copyable.height,
        bitrate=int(peak),
        time_base=copyable.time_base,
        boundaries=chosen,
    )


def _spaced(keys: Sequence[int], target: int, most: int) -> tuple[int, ...]:
    """Of all keys those that are nearest to ``target`` apart and, where that is possible, at most ``most``."""
    chosen = [keys[0]]
    number = 0
    while number < len(keys) - 1:
        start = keys[number]
        best = number + 1
        for candidate in range(number + 2, len(keys)):
            if keys[candidate] - start > most or abs(keys[candidate] - start - target) > abs(
                keys[best] - start - target
            ):
                break
            best = candidate
        number = best
        chosen.append(keys[number])
    return tuple(chosen)


def _sizes(keys: Sequence[int], key_bytes: Sequence[int], chosen: Sequence[int]) -> list[int]:
    """Bytes between each two of the chosen keys."""
    before = dict(zip(keys, (0, *accumulate(key_bytes)), strict=True))
    return [before[end] - before[start] for start, end in pairwise(chosen)]
