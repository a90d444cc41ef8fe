"""A silent clip of a film: where it is taken from, and how it is made of the ladder's own segments.

Nothing of the source is opened. A stretch is judged by small pictures of the lowest rung, and the best one is made from
a rung of about its size; both are H.264 of our own, so that a preview costs a second or two of computing.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from transcoding.engine.ffmpeg import Limits, ShouldStop, Usage, check, quiet_options, run
from transcoding.engine.ladder import VideoRung, even
from transcoding.engine.plan import Plan
from transcoding.engine.sources import input_guard, input_of
from transcoding.engine.stills import look
from transcoding.engine.tools import Tools
from transcoding.errors import FailureCode, MediaError

NAME = "preview.mp4"
#: Seconds of a clip: as long as it should be, and what nobody may be shown less or more of.
SECONDS, LEAST, MOST = 8, 6, 10
#: Bytes; a clip of this rate has at most about two thirds of a megabyte.
MOST_BYTES = 1_500_000
# A shorter film is its own preview.
_SHORTEST_FILM = 15
# Behind the opening, and before anything that one would not want to know.
_FROM, _TO = Fraction(10, 100), Fraction(60, 100)
_CANDIDATES = 8
# The box that a clip fits into, either way up.
_LONG, _SHORT = 854, 480
_FASTEST = 31
# Pictures that are judged: their longer side, how many a second, and of how many one is looked at closely.
_JUDGED, _PER_SECOND, _CLOSELY = 96, 2, 2
# Mean difference of brightness (0 to 255) between pictures half a second apart: still below, restless above.
_MOVING, _RESTLESS = 5.0, 28.0
# A film of black, or of one shade, has nothing to show.
_WORTH_SHOWING = 0.01
_LIMITS = Limits(wall_seconds=180, cpu_seconds=120, memory_bytes=2 * 1024**3, file_bytes=64 * 1024**2)
_FAILED = "No preview could be made of this film. It is tried again by itself."


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of frames: ``frames`` of them, ``skip`` frames behind the start of segment ``first_segment``.

    They end within the segment before ``end_segment``.
    """

    first_segment: int
    end_segment: int
    skip: int
    frames: int


def stretches(plan: Plan) -> tuple[Stretch, ...]:
    """Where a clip may be taken from, in the film's order; nothing for a film that is too short.

    Spread over the part from a tenth to six tenths of it, each at the start of a segment where there is one.
    """
    seconds = plan.frames / plan.rate
    if seconds < _SHORTEST_FILM:
        return ()
    opening = math.ceil(seconds * _FROM * plan.rate)
    found: dict[int, Stretch] = {}
    for number in range(_CANDIDATES):
        share = _FROM + (_TO - _FROM) * Fraction(2 * number + 1, 2 * _CANDIDATES)
        wanted = min(int(seconds * share * plan.rate), plan.frames - math.ceil(LEAST * plan.rate))
        segment = bisect_right(plan.boundaries, wanted) - 1
        start = plan.boundaries[segment] if plan.boundaries[segment] >= opening else wanted
        end = min(start + round(SECONDS * plan.rate), plan.frames)
        found[start] = Stretch(
            segment, bisect_left(plan.boundaries, end), start - plan.boundaries[segment], end - start
        )
    return tuple(found[start] for start in sorted(found))


def judged_rung(plan: Plan) -> VideoRung:
    """The rung whose pictures say which stretch is good: the lowest."""
    return min(plan.encoded, key=lambda rung: rung.width * rung.height)


def shown_rung(plan: Plan) -> VideoRung:
    """The rung that a clip is made from: the best one that fits its box, else the lowest."""
    fitting = [
        rung
        for rung in plan.encoded
        if max(rung.width, rung.height) <= _LONG and min(rung.width, rung.height) <= _SHORT
    ]
    return max(fitting, key=lambda rung: rung.width * rung.height) if fitting else judged_rung(plan)


def merit_of_stretch(
    piece: Path, stretch: Stretch, plan: Plan, *, tools: Tools, should_stop: ShouldStop = None
) -> tuple[float, Usage]:
    """How good a clip the stretch would be, from 0 on. ``piece`` holds its segments of ``judged_rung``, with their init.

    Raises MediaError.
    """
    rung = judged_rung(plan)
    scale = Fraction(_JUDGED, max(rung.width, rung.height))
    width, height = (even(max(16, round(side * scale))) for side in (rung.width, rung.height))
    completed = run(
        [
            *(str(tools.ffmpeg), "-nostdin", "-hide_banner", "-loglevel", "error", *input_guard(piece)),
            *(*input_of(piece), "-map", "0:v:0"),
            *("-vf", f"{_cut(stretch)},fps={_PER_SECOND},scale={width}:{height},format=yuv444p"),
            *("-threads", "1", "-f", "rawvideo", "pipe:1"),
        ],
        limits=_LIMITS,
        sandbox=tools.sandbox,
        reads=[piece],
        should_stop=should_stop,
    )
    check(completed, _FAILED)
    size = width * height * 3
    count = len(completed.stdout) // size
    return merit([completed.stdout[size * one : size * (one + 1)] for one in range(count)], width, height), (
        completed.usage
    )


def merit(pictures: Sequence[bytes], width: int, height: int) -> float:
    """How good pictures half a second apart (planar 4:4:4, limited range) are together: bright, rich, and moving.

    The worst of them counts as much as all, so that no black picture and no card of titles is among the best.
    """
    if len(pictures) < 2:
        return 0.0
    seen = [look(picture, width, height).merit for picture in pictures[::_CLOSELY]]
    area = width * height
    changes = [_difference(one[:area], other[:area]) for one, other in pairwise(pictures)]
    change = sum(changes) / len(changes)
    liveliness = min(1.0, change / _MOVING) * min(1.0, _RESTLESS / max(change, 1.0))
    return (sum(seen) / len(seen) + min(seen)) / 2 * (0.2 + 0.8 * liveliness)


def best_of(merits: Sequence[float]) -> int | None:
    """Which stretch to take, the earlier of equals; None where none is worth showing."""
    best = max(range(len(merits)), key=lambda one: (merits[one], -one), default=None)
    return None if best is None or merits[best] < _WORTH_SHOWING else best


def make_clip(
    piece: Path, stretch: Stretch, target: Path, *, plan: Plan, tools: Tools, should_stop: ShouldStop = None
) -> Usage:
    """Writes the clip. ``piece`` holds the stretch's segments of ``shown_rung``, with their init.

    Raises MediaError ENCODER_FAILED, or VERIFY_FAILED for what did not read back as a clip of this stretch.
    """
    completed = run(
        [str(tools.ffmpeg), *clip_arguments(piece, stretch, target, plan=plan)],
        limits=_LIMITS,
        sandbox=tools.sandbox,
        reads=[piece],
        writes=[target.parent],
        should_stop=should_stop,
    )
    check(completed, _FAILED)
    return completed.usage.plus(verify_clip(target, tools=tools, frames=_frames(stretch, plan)))


def clip_arguments(piece: Path, stretch: Stretch, target: Path, *, plan: Plan) -> list[str]:
    """Arguments of ffmpeg for a clip."""
    rung = shown_rung(plan)
    width, height = _size(rung)
    # Every second picture of 50 or 60 is enough for a card.
    slower = ",framestep=2" if plan.rate > _FASTEST else ""
    rate = plan.rate / 2 if slower else plan.rate
    return [
        *quiet_options(),
        *input_guard(piece),
        *input_of(piece),
        # The picture and nothing else: no sound, no titles, no data.
        *("-map", "0:v:0", "-an", "-sn", "-dn"),
        *("-vf", f"{_cut(stretch)}{slower},scale={width}:{height},setsar=1,format=yuv420p"),
        *("-r", str(rate)),
        *("-c:v", "libx264", "-preset", "faster", "-profile:v", "high"),
        # Small whatever it shows; most stretches stay below the cap.
        *("-crf", "26", "-maxrate", "600k", "-bufsize", "600k"),
        # Closed groups, so that it begins again without a flaw, and can be sought in.
        *("-g", str(max(1, round(2 * rate))), "-flags:v", "+bitexact+cgop"),
        # The same bytes of the same build, whoever makes it.
        *("-threads", "1", "-fflags", "+bitexact"),
        *("-map_metadata", "-1", "-map_chapters", "-1"),
        # Shown from its first bytes on.
        *("-movflags", "+faststart", "-f", "mp4", str(target)),
    ]


def verify_clip(path: Path, *, tools: Tools, frames: int | None = None) -> Usage:
    """Reads a clip back: one H.264 stream and no sound, of 6 to 10 s, that decodes whole and is not too large.

    ``frames`` is how many pictures it must have, where that is known. Raises MediaError VERIFY_FAILED.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise _wrong(str(error)) from error
    if not 0 < size <= MOST_BYTES:
        raise _wrong(f"{size} bytes")
    completed = run(
        [
            *(str(tools.ffprobe), "-hide_banner", "-loglevel", "error", *input_guard(path), "-count_frames"),
            *("-show_entries", "stream=codec_type,codec_name,nb_read_frames:format=duration"),
            *("-of", "json", *input_of(path)),
        ],
        limits=_LIMITS,
        sandbox=tools.sandbox,
        reads=[path],
        may_fail=True,
    )
    if completed.returncode or completed.tail:
        raise _wrong(completed.tail or f"exit {completed.returncode}")
    try:
        said = json.loads(completed.stdout)
        (stream,) = said["streams"]
        kind, seconds = (stream["codec_type"], stream["codec_name"]), float(said["format"]["duration"])
        count = int(stream["nb_read_frames"])
    except (ValueError, KeyError, TypeError) as error:
        raise _wrong(f"described as {completed.stdout[:500]!r}") from error
    # A frame at the end lasts as long as the others, give or take the time scale's tick.
    if kind != ("video", "h264") or not LEAST - 0.05 <= seconds <= MOST + 0.05:
        raise _wrong(f"{kind} of {seconds} s")
    if not count or (frames is not None and count != frames):
        raise _wrong(f"{count} frames, not {frames}")
    return completed.usage


def _cut(stretch: Stretch) -> str:
    # Pieces begin at their own time in the film; a clip begins at 0.
    return f"trim=start_frame={stretch.skip}:end_frame={stretch.skip + stretch.frames},setpts=PTS-STARTPTS"


def _frames(stretch: Stretch, plan: Plan) -> int:
    return math.ceil(stretch.frames / 2) if plan.rate > _FASTEST else stretch.frames


def _size(rung: VideoRung) -> tuple[int, int]:
    scale = min(
        Fraction(1),
        Fraction(_LONG, max(rung.width, rung.height)),
        Fraction(_SHORT, min(rung.width, rung.height)),
    )
    return even(round(rung.width * scale)), even(round(rung.height * scale))


def _difference(one: bytes, other: bytes) -> float:
    return sum(abs(here - there) for here, there in zip(one, other, strict=True)) / len(one)


def _wrong(what: str) -> MediaError:
    return MediaError(FailureCode.VERIFY_FAILED, _FAILED, tail=what)
