"""Single pictures of a film: the one at a moment, and the moments that make good posters and backdrops."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from transcoding.engine.encode import can_tonemap
from transcoding.engine.ffmpeg import Completed, Limits, ShouldStop, check, run
from transcoding.engine.filters import Step, seconds, step, text, to_sdr, unwoven
from transcoding.engine.ladder import even
from transcoding.engine.plan import Plan
from transcoding.engine.reading import seeks
from transcoding.engine.sources import Source, input_guard, input_of
from transcoding.engine.tools import Tools
from transcoding.errors import FailureCode, MediaError

_FAILED = "No picture could be taken from this film. Try again; if it happens again, export the file anew."
_LIMITS = Limits(wall_seconds=120, cpu_seconds=240)
# Pictures that are looked at, in the part of the film between its opening and its credits.
_SAMPLES = 24
_OPENING, _CREDITS = Fraction(4, 100), Fraction(90, 100)
# Size at which pictures are judged: a soft one is told from a sharp one, and pure Python is quick enough.
_JUDGED = 160
_GRID = 8


@dataclass(frozen=True, slots=True)
class Look:
    """What a small picture looks like; each of 0 to 1 but ``cells``, the brightness of its parts (0 to 255)."""

    exposure: float
    contrast: float
    detail: float
    sharpness: float
    colour: float
    plainness: float
    cells: tuple[float, ...]

    @property
    def merit(self) -> float:
        """How good a still this is. Black, white, flat and title-like pictures come near 0."""
        liked = 0.4 * self.contrast + 0.4 * self.detail + 0.2 * self.colour
        return self.exposure * (1 - self.plainness) * (0.35 + 0.65 * self.sharpness) * liked


def grab_frame(
    source: Source, moment: float, target: Path, *, plan: Plan, tools: Tools, height: int | None = None
) -> Path:
    """Write the picture at ``moment`` seconds of the film as a JPEG: upright, square pixels, SDR, not woven.

    ``height`` is at most the film's own; None is that. Raises MediaError.
    """
    full = plan.picture.display_height
    tall = even(min(height or full, full))
    wide = even(round(plan.picture.display_width * tall / full))
    # JPEG is full range and BT.601, whatever it is made of (JFIF 1.02).
    jpeg = (step("scale", out_range="pc", out_color_matrix="bt601"), step("format", "yuvj420p"))
    output = [
        "-c:v",
        "mjpeg",
        "-q:v",
        "3",
        "-map_metadata",
        "-1",
        "-f",
        "image2",
        "-update",
        "1",
        str(target),
    ]
    for _ in _attempts(source, moment, plan, (wide, tall), jpeg, output, tools, writes=[target.parent]):
        if target.is_file() and target.stat().st_size:
            return target
    raise MediaError(FailureCode.ENCODER_FAILED, _FAILED, tail=f"no frame at {moment} s")


def best_moments(
    source: Source,
    plan: Plan,
    *,
    tools: Tools,
    count: int,
    samples: int = _SAMPLES,
    should_stop: ShouldStop = None,
) -> tuple[float, ...]:
    """The moments of at most ``count`` stills that differ from each other, in seconds of the film, the best first.

    Pictures are looked at where key frames stand, which costs one decoded frame each. Raises MediaError for
    what is no fault of the film; a picture that cannot be read is passed over.
    """
    scale = Fraction(_JUDGED, max(plan.picture.display_width, plan.picture.display_height))
    size = (
        even(max(16, round(plan.picture.display_width * scale))),
        even(max(16, round(plan.picture.display_height * scale))),
    )
    seen: list[tuple[float, Look]] = []
    for moment in _sampled(plan, samples):
        if should_stop is not None and should_stop():
            raise MediaError(FailureCode.CANCELLED, "This was cancelled.")
        try:
            planes = _small(source, moment, plan, size, tools)
        except MediaError as error:
            if not error.is_of_the_film:
                raise
            continue
        if planes:
            seen.append((moment, look(planes, *size)))
    return choose(seen, count)


def poster_candidates(
    source: Source, plan: Plan, workdir: Path, *, tools: Tools, count: int = 4
) -> tuple[Path, ...]:
    """The ``count`` best stills, as ``poster-N.jpg`` in order of merit; fewer where a film has no more to show."""
    workdir.mkdir(parents=True, exist_ok=True)
    moments = best_moments(source, plan, tools=tools, count=count)
    return tuple(
        grab_frame(source, moment, workdir / f"poster-{number}.jpg", plan=plan, tools=tools)
        for number, moment in enumerate(moments)
    )


def look(planes: bytes, width: int, height: int) -> Look:
    """Judge a picture of planar 4:4:4 in limited range, 8 bits."""
    area = width * height
    luma, blue, red = (planes[area * plane : area * (plane + 1)] for plane in range(3))
    mean = sum(luma) / area
    histogram = [0] * 32
    for value in luma:
        histogram[value >> 3] += 1
    spread = math.sqrt(sum(value * value for value in luma) / area - mean * mean)
    shares = [amount / area for amount in histogram if amount]
    entropy = -sum(share * math.log2(share) for share in shares)
    rows = [luma[start : start + width] for start in range(0, area, width)]
    slopes = bends = 0
    for row in rows:
        for one, two, three in zip(row, row[1:], row[2:], strict=False):
            slopes += abs(three - one)
            bends += abs(one - 2 * two + three)
    chroma = sum(abs(value - 128) for value in blue) + sum(abs(value - 128) for value in red)
    return Look(
        exposure=max(0.0, 1 - abs(mean - 115) / 100),
        contrast=min(1.0, spread / 60),
        detail=min(1.0, entropy / 4.5),
        # Where a picture is soft, brightness changes slowly: slopes without bends.
        sharpness=min(1.0, bends / max(slopes, area / 4) / 0.8),
        colour=min(1.0, chroma / area / 40),
        # One shade over most of the picture, and words on it at most.
        plainness=min(1.0, max(0.0, max(shares) - 0.35) / 0.35),
        cells=_cells(rows, width, height),
    )


def choose(seen: Iterable[tuple[float, Look]], count: int) -> tuple[float, ...]:
    """Of pictures at moments the best ones that are unlike each other, the best first."""
    chosen: list[tuple[float, Look]] = []
    for moment, seen_there in sorted(seen, key=lambda pair: -pair[1].merit):
        if len(chosen) == count:
            break
        if all(_unlike(seen_there.cells, other.cells) for _, other in chosen):
            chosen.append((moment, seen_there))
    return tuple(moment for moment, _ in chosen)


def _cells(rows: Sequence[bytes], width: int, height: int) -> tuple[float, ...]:
    across = [width * place // _GRID for place in range(_GRID + 1)]
    down = [height * place // _GRID for place in range(_GRID + 1)]
    cells = []
    for top, bottom in pairwise(down):
        for left, right in pairwise(across):
            total = sum(sum(row[left:right]) for row in rows[top:bottom])
            cells.append(total / ((right - left) * (bottom - top)))
    return tuple(cells)


def _unlike(one: Sequence[float], other: Sequence[float]) -> bool:
    return sum(abs(here - there) for here, there in zip(one, other, strict=True)) / len(one) > 10


def _sampled(plan: Plan, samples: int) -> list[float]:
    """Moments spread over the film, each moved to the key frame where its segment is read from."""
    wanted = [
        plan.duration * (_OPENING + (_CREDITS - _OPENING) * Fraction(2 * number + 1, 2 * samples))
        for number in range(samples)
    ]
    found: dict[float, None] = {}
    for moment in wanted:
        point = next(seeks(plan, int(moment * plan.rate))) if plan.reads else None
        at = moment if point is None else max(Fraction(0), point - plan.source_offset)
        found[float(at)] = None
    # Where key frames are far apart, several moments fall on one.
    return list(found) if len(found) * 2 > samples else [float(moment) for moment in wanted]


def _small(source: Source, moment: float, plan: Plan, size: tuple[int, int], tools: Tools) -> bytes:
    output = ["-c:v", "rawvideo", "-pix_fmt", "yuv444p", "-f", "rawvideo", "pipe:1"]
    for completed in _attempts(source, moment, plan, size, (step("format", "yuv444p"),), output, tools):
        if len(completed.stdout) == size[0] * size[1] * 3:
            return completed.stdout
    return b""


def _attempts(
    source: Source,
    moment: float,
    plan: Plan,
    size: tuple[int, int],
    last: Sequence[Step],
    output: list[str],
    tools: Tools,
    *,
    writes: Sequence[Path] = (),
) -> Iterable[Completed]:
    """Calls that take the picture at ``moment``, each reading from farther back than the one before."""
    frame = min(max(round(Fraction(moment).limit_denominator(1000) * plan.rate), 0), plan.frames - 1)
    picture = plan.picture
    ended = picture.start + (picture.frames - 1) / plan.rate
    at = min(plan.source_offset + frame / plan.rate, ended) - Fraction(1, 2) / plan.rate
    chain = (
        *unwoven(picture),
        step("select", f"gte(t\\,{seconds(at)})"),
        *to_sdr(picture, *size, can_tonemap=can_tonemap(tools)),
        *last,
    )
    for seek in seeks(plan, frame):
        sought = [] if seek is None else ["-seek_timestamp", "1", "-noaccurate_seek", "-ss", seconds(seek)]
        completed = run(
            [
                *(str(tools.ffmpeg), "-nostdin", "-hide_banner", "-loglevel", "error", "-y", "-copyts"),
                *input_guard(source),
                *("-reinit_filter", "0", "-max_error_rate", "1"),
                *sought,
                *input_of(source),
                *("-filter_complex", f"[0:{picture.index}]{text(chain)}[t]", "-map", "[t]"),
                *("-frames:v", "1", "-threads", "1", *output),
            ],
            limits=_LIMITS,
            sandbox=tools.sandbox,
            reads=[source],
            writes=writes,
        )
        yield check(completed, _FAILED)
