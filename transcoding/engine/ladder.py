"""The ladder: a table of rungs, and the pure choice of rungs for a source."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from transcoding.engine.records import Record

CRF = 23
# What is spent on a bit saved: x264's preset by what matters to the installation. The first is the default.
PRESETS = {"speed": "veryfast", "quality": "medium"}


@dataclass(frozen=True, slots=True)
class Rung:
    """A row of the ladder: the height of a 16:9 box, and the cap in bits a second up to 30 frames a second."""

    height: int
    cap: int


LADDER: tuple[Rung, ...] = (
    Rung(2160, 18_000_000),
    Rung(1440, 10_000_000),
    Rung(1080, 6_000_000),
    Rung(720, 3_500_000),
    Rung(540, 2_200_000),
    Rung(432, 1_500_000),
    Rung(360, 1_100_000),
    Rung(240, 550_000),
)
# Above 30 frames a second a picture needs about half as much again, not twice.
_HIGH_RATE = Fraction(3, 2)
# A source this little above a rung (1088 lines for 1080) is that rung's, not one of its own.
_SNAP = Fraction(103, 100)

# H.264 Annex A, table A-1: level, macroblocks a second, macroblocks a frame.
_LEVELS: tuple[tuple[str, int, int], ...] = (
    ("3.0", 40_500, 1_620),
    ("3.1", 108_000, 3_600),
    ("3.2", 216_000, 5_120),
    ("4.0", 245_760, 8_192),
    ("4.2", 522_240, 8_704),
    ("5.0", 589_824, 22_080),
    ("5.1", 983_040, 36_864),
    ("5.2", 2_073_600, 36_864),
    ("6.0", 4_177_920, 139_264),
    ("6.2", 16_711_680, 139_264),
)


@dataclass(frozen=True, slots=True)
class VideoRung(Record):
    """One video rendition: encoded size in square pixels, rates in bits a second.

    ``codec`` is "h264" or "av1". Of a ``copied`` rung the samples are the source's own: ``crf`` and ``preset`` say nothing.
    """

    name: str
    height_class: int
    width: int
    height: int
    crf: int
    preset: str
    maxrate: int
    bufsize: int
    level: str
    codec: str = "h264"
    copied: bool = False


def class_of(width: int, height: int) -> Fraction:
    """A source's class in square pixels: the greater of its short side and 9/16 of its long side."""
    return max(Fraction(min(width, height)), Fraction(max(width, height) * 9, 16))


def choose_rungs(
    width: int, height: int, rate: Fraction, *, encoding: str = "speed"
) -> tuple[VideoRung, ...]:
    """Rungs for a picture of this size, the highest first, never larger than the picture.

    ``encoding`` is a key of PRESETS.
    """
    preset = PRESETS[encoding]
    own = class_of(width, height)
    below = [rung for rung in LADDER if rung.height <= own]
    rungs: list[VideoRung] = []
    if not below or own >= below[0].height * _SNAP:
        above = [rung for rung in LADDER if rung.height > own]
        cap = (above[-1] if above else LADDER[0]).cap
        rungs.append(_rung(int(own), even(width), even(height), cap, rate, preset))
    rungs += [_rung(rung.height, *_fit(width, height, rung.height), rung.cap, rate, preset) for rung in below]
    return tuple(rungs)


def even(size: int) -> int:
    """The nearest even size that is not larger; 4:2:0 has no half samples."""
    return max(2, size - size % 2)


def level_of(width: int, height: int, rate: Fraction) -> str:
    """The lowest H.264 level that allows this size and rate."""
    frame = -(-width // 16) * -(-height // 16)
    for level, per_second, per_frame in _LEVELS:
        if frame <= per_frame and frame * rate <= per_second:
            return level
    return _LEVELS[-1][0]


def _fit(width: int, height: int, rung: int) -> tuple[int, int]:
    long_side, short_side = Fraction(rung * 16, 9), Fraction(rung)
    box = (short_side, long_side) if height > width else (long_side, short_side)
    scale = min(box[0] / width, box[1] / height, Fraction(1))
    return _nearest_even(width * scale, width), _nearest_even(height * scale, height)


def _nearest_even(size: Fraction, most: int) -> int:
    return max(2, min(2 * round(size / 2), even(most)))


def _rung(height_class: int, width: int, height: int, cap: int, rate: Fraction, preset: str) -> VideoRung:
    maxrate = int(cap * _HIGH_RATE) if rate > 31 else cap
    return VideoRung(
        name=f"video-{height_class}",
        height_class=height_class,
        width=width,
        height=height,
        crf=CRF,
        preset=preset,
        maxrate=maxrate,
        bufsize=2 * maxrate,
        level=level_of(width, height, rate),
    )
