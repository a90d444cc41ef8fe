"""Filter graphs: a source's picture onto the plan's frame grid, upright, in square pixels and SDR.

No string of a file or a person is ever part of a graph: only numbers, and names from the tables here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import ffmpeg

from transcoding.engine.ladder import VideoRung
from transcoding.engine.plan import Plan
from transcoding.engine.renditions import SourcePicture

# Names of ffprobe for matrices to those of the scale filter.
_MATRICES = {
    "bt470bg": "bt601",
    "smpte170m": "bt601",
    "bt2020nc": "bt2020",
    "smpte240m": "smpte240m",
    "fcc": "fcc",
}
# Transfers that need tone mapping, in zscale's names.
HDR_TRANSFERS = {"smpte2084": "smpte2084", "arib-std-b67": "arib-std-b67"}
_BROADCAST = frozenset({"mpegts", "mpeg"})
_HDR_MATRICES = {"gbr": "gbr", "bt709": "bt709"}
# Colours that BT.709 does not have; shown as if they were BT.709 they would look pale.
_WIDE_PRIMARIES = {"bt2020": "bt2020", "smpte432": "smpte432"}
# Filters without which HDR keeps its colours and looks grey.
TONEMAPPERS = frozenset({"zscale", "tonemap"})
# What a white page has in HDR (ITU-R BT.2408).
WHITE_NITS = 203


@dataclass(frozen=True, slots=True)
class Step:
    """One filter: its name, what it takes by place, and what it takes by name."""

    name: str
    values: tuple[str, ...]
    options: Mapping[str, str | int]


def step(name: str, *values: str, **options: str | int) -> Step:
    return Step(name, values, options)


_TAGS = step("setparams", range="tv", color_primaries="bt709", color_trc="bt709", colorspace="bt709")


def text(steps: Sequence[Step]) -> str:
    """A chain of filters as ffmpeg reads it."""
    written = []
    for one in steps:
        options = [*one.values, *(f"{key}={value}" for key, value in one.options.items())]
        written.append(one.name + ("=" + ":".join(options) if options else ""))
    return ",".join(written)


def _through(stream: Any, steps: Sequence[Step]) -> Any:
    for one in steps:
        stream = stream.filter(one.name, *one.values, **one.options)
    return stream


def seconds(value: Fraction) -> str:
    """A number of seconds as ffmpeg reads it, exact to a nanosecond."""
    return f"{float(value):.9f}"


def on_grid(plan: Plan, first: int, end: int, *, from_start: bool) -> tuple[Step, ...]:
    """Exactly the frames ``first`` to ``end`` of the plan's grid, with their numbers as time stamps.

    ``from_start`` says that reading began at the source's beginning, so that a late picture is held back to 0.
    """
    rate = f"{plan.rate.numerator}/{plan.rate.denominator}"
    # An eighth of a frame late: every second one of 120 frames a second would stand between two places, and
    # rounding would choose now this and now that.
    zero = plan.source_offset - Fraction(1, 8) / plan.rate
    return (
        # The plan's zero; the expression is the same in every chunk, so it rounds the same way.
        step("setpts", f"PTS-({zero.numerator}/{zero.denominator})/TB"),
        *unwoven(plan.picture),
        # The exact constant rate; the number of a frame is its time stamp from here on.
        step("fps", fps=rate, round="near", **({"start_time": 0} if from_start else {})),
        # A picture that ends before its sound holds its last frame.
        step("tpad", stop=-1, stop_mode="clone"),
        step("trim", start_pts=first, end_pts=end),
    )


def unwoven(picture: SourcePicture) -> tuple[Step, ...]:
    """One frame out for each in, without the combs of interlaced pictures."""
    container = set(picture.container.split(","))
    # Broadcasts change between the two: where they begin whole, only frames that say that they are interlaced are
    # touched, and the others pass as they are.
    which = "all" if picture.interlaced else "interlaced" if container & _BROADCAST else None
    if which:
        return (
            # All of one size, that of the first: it may change in mid-stream.
            step("scale", eval="init", interl=-1),
            step("bwdif", mode="send_frame", parity="auto", deint=which),
        )
    return ()


def to_sdr(picture: SourcePicture, width: int, height: int, *, can_tonemap: bool) -> tuple[Step, ...]:
    """Scale to a size in square pixels and bring to 8-bit BT.709."""
    end = (step("format", "yuv420p"), step("setsar", "1"), _TAGS)
    if picture.hdr and can_tonemap:
        return (
            # Smaller first: tone mapping in floating point is the dearest step.
            step("scale", str(width), str(height), flags="bicubic"),
            step(
                "zscale",
                tin=HDR_TRANSFERS[picture.transfer],
                pin=_WIDE_PRIMARIES.get(picture.primaries, "bt2020"),
                min=_HDR_MATRICES.get(picture.matrix, "bt2020nc"),
                t="linear",
                npl=WHITE_NITS,
                # The quick way bends each channel of HLG by itself, and colours come out too strong.
                agamma=int(picture.transfer != "arib-std-b67"),
            ),
            step("format", "gbrpf32le"),
            step("zscale", p="bt709"),
            # Leaves shadows and faces as they are graded and bends only what is brighter; all channels by the same
            # factor, so that hues stay.
            step(
                "tonemap",
                tonemap="mobius",
                param="0.3",
                desat=0,
                peak=f"{max(picture.peak_nits, 2 * WHITE_NITS) / WHITE_NITS:.3f}",
            ),
            step("zscale", t="bt709", m="bt709", r="tv"),
            *end,
        )
    matrix = _MATRICES.get(picture.matrix, untagged_matrix(picture))
    colours = {"in_color_matrix": matrix, "out_color_matrix": "bt709", "out_range": "tv"}
    scaled = step("scale", str(width), str(height), flags="bicubic", **colours)
    wide = _WIDE_PRIMARIES.get(picture.primaries)
    if wide and can_tonemap:
        return (
            scaled,
            step(
                "zscale",
                pin=wide,
                tin="bt709",
                min="bt709",
                rin="tv",
                p="bt709",
                t="bt709",
                m="bt709",
                r="tv",
            ),
            *end,
        )
    return (scaled, *end)


def untagged_matrix(picture: SourcePicture) -> str:
    """What a picture that names no matrix is taken for, as players do: BT.601 below 720 lines, else BT.709."""
    if picture.matrix == "bt709":
        return "bt709"
    return "bt601" if min(picture.display_width, picture.display_height) < 720 else "bt709"


def ladder_graph(
    plan: Plan,
    rungs: Sequence[VideoRung],
    first: int,
    end: int,
    *,
    from_start: bool,
    can_tonemap: bool,
) -> tuple[str, tuple[str, ...]]:
    """One decode for all ``rungs``, each scaled from the one above: the graph, and its outputs, in their order.

    The lowest rungs alone are scaled through the sizes above them too, so that their pixels are those of the whole
    ladder's. ffmpeg-python draws the tree and names its edges; it never runs anything.
    """
    chain = _chain(plan, rungs)
    stream = _through(
        ffmpeg.input("source")[str(plan.picture.index)],
        (
            *on_grid(plan, first, end, from_start=from_start),
            *to_sdr(plan.picture, chain[0].width, chain[0].height, can_tonemap=can_tonemap),
        ),
    )
    outputs: list[Any] = []
    for rung, following in pairwise(chain):
        if rung in rungs:
            parts = stream.filter_multi_output("split", 2)
            outputs.append(ffmpeg.output(parts[0], str(len(outputs))))
            stream = parts[1]
        stream = _through(stream, _smaller(following))
    outputs.append(ffmpeg.output(stream, str(len(outputs))))
    arguments = ffmpeg.get_args(ffmpeg.merge_outputs(*outputs) if len(outputs) > 1 else outputs[0])
    labels = [after for word, after in pairwise(arguments) if word == "-map"]
    return arguments[arguments.index("-filter_complex") + 1], tuple(labels)


def _chain(plan: Plan, rungs: Sequence[VideoRung]) -> Sequence[VideoRung]:
    """Every size that the picture goes through on its way to the lowest of ``rungs``."""
    if not set(rungs) <= set(plan.encoded):
        return rungs
    return plan.encoded[: plan.encoded.index(rungs[-1]) + 1]


def _smaller(rung: VideoRung) -> tuple[Step, ...]:
    return (step("scale", str(rung.width), str(rung.height), flags="bicubic"), step("setsar", "1"))
