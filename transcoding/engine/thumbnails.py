"""Stills of a film: storyboard sheets with their WebVTT, posters, single frames."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from transcoding.engine.encode import can_tonemap
from transcoding.engine.ffmpeg import (
    Limits,
    OnProgress,
    ProgressReader,
    ShouldStop,
    Usage,
    check,
    quiet_options,
    run,
)
from transcoding.engine.filters import text, to_sdr
from transcoding.engine.plan import Plan
from transcoding.engine.renditions import StoryboardSpec
from transcoding.engine.sources import Source, input_guard, input_of
from transcoding.engine.tools import Tools
from transcoding.errors import FailureCode, MediaError

_FAILED = "No picture could be taken from this film. Try again; if it happens again, export the file anew."
# Below this more than key frames are decoded for the storyboard: they can be farther apart than thumbnails.
_SHORT_SECONDS = 120
# Key frames farther apart than this many thumbnails show each of them several times.
_MOST_INTERVALS = 2


@dataclass(frozen=True, slots=True)
class StoryboardOutput:
    """Sheets in order, and the WebVTT that says which part of which sheet belongs to which time."""

    files: tuple[Path, ...]
    vtt: Path
    usage: Usage


def make_storyboard(
    source: Source,
    plan: Plan,
    workdir: Path,
    *,
    tools: Tools,
    on_progress: OnProgress = None,
    should_stop: ShouldStop = None,
) -> StoryboardOutput:
    """Write ``workdir/storyboard/{00000.jpg, …, index.vtt}``. Raises MediaError as the encoder does."""
    folder = workdir / plan.storyboard.name
    folder.mkdir(parents=True, exist_ok=True)
    completed = run(
        [str(tools.ffmpeg), *storyboard_arguments(source, plan, folder, tonemap=can_tonemap(tools))],
        limits=Limits(
            wall_seconds=300 + 2 * float(plan.duration), cpu_seconds=int(300 + 4 * float(plan.duration))
        ),
        sandbox=tools.sandbox,
        reads=[source],
        writes=[folder],
        on_line=ProgressReader(float(plan.duration), on_progress) if on_progress else None,
        should_stop=should_stop,
    )
    check(completed, _FAILED)
    files = tuple(sorted(folder.glob("*.jpg")))
    if not files:
        raise MediaError(FailureCode.ENCODER_FAILED, _FAILED, tail="no sheets")
    vtt = folder / "index.vtt"
    vtt.write_text(storyboard_vtt(plan.storyboard, plan.duration, len(files)), encoding="utf-8")
    return StoryboardOutput(files, vtt, completed.usage)


def storyboard_arguments(source: Source, plan: Plan, folder: Path, *, tonemap: bool) -> list[str]:
    """Arguments of ffmpeg for all sheets."""
    board = plan.storyboard
    offset = f"({plan.source_offset.numerator}/{plan.source_offset.denominator})"
    count = thumbnail_count(board, plan.duration)
    graph = ",".join(
        (
            f"setpts=PTS-{offset}/TB",
            # One picture an interval, the nearest before its middle; the end holds the last.
            f"fps=fps=1/{board.interval}:start_time=0:round=up",
            "tpad=stop=-1:stop_mode=clone",
            f"trim=end_frame={count}",
            text(to_sdr(plan.picture, board.tile_width, board.tile_height, can_tonemap=tonemap)),
            f"tile={board.columns}x{board.rows}",
            # JPEG is full range and BT.601, whatever it is made of (JFIF 1.02).
            "scale=out_range=pc:out_color_matrix=bt601,format=yuvj420p",
        )
    )
    return [
        *quiet_options(),
        "-copyts",
        *input_guard(source),
        *("-reinit_filter", "0"),
        *("-skip_frame", _skipped(plan)),
        # What cannot be decoded is filled with what was before it.
        *("-max_error_rate", "1"),
        *input_of(source),
        *("-filter_complex", f"[0:{plan.picture.index}]{graph}[t]", "-map", "[t]"),
        *("-frames:v", str(sheet_count(board, plan.duration)), "-fps_mode", "passthrough"),
        *("-c:v", "mjpeg", "-q:v", "5", "-threads", "1"),
        *("-map_metadata", "-1", "-f", "image2", "-start_number", "0", f"{folder}/%05d.jpg"),
    ]


def _skipped(plan: Plan) -> str:
    """Key frames alone cost a thirtieth of a full decode; without the frames that none refers to, half."""
    if plan.duration <= _SHORT_SECONDS:
        return "noref"
    apart = plan.duration / len(set(plan.reads)) if plan.reads else Fraction(0)
    return "noref" if apart > _MOST_INTERVALS * plan.storyboard.interval else "nokey"


def thumbnail_count(board: StoryboardSpec, duration: Fraction) -> int:
    """Thumbnails of a film of this many seconds."""
    return max(1, math.ceil(duration / board.interval))


def sheet_count(board: StoryboardSpec, duration: Fraction) -> int:
    """Sheets that hold them."""
    return math.ceil(thumbnail_count(board, duration) / (board.columns * board.rows))


def storyboard_vtt(board: StoryboardSpec, duration: Fraction, sheets: int) -> str:
    """The WebVTT of a storyboard: sheets by relative name, with the part in pixels (Media Fragments, 4.2.2)."""
    per_sheet = board.columns * board.rows
    lines = ["WEBVTT", ""]
    for number in range(min(thumbnail_count(board, duration), sheets * per_sheet)):
        start = Fraction(number * board.interval)
        end = min(start + board.interval, duration)
        row, column = divmod(number % per_sheet, board.columns)
        area = f"{column * board.tile_width},{row * board.tile_height},{board.tile_width},{board.tile_height}"
        lines += [
            f"{clock(start)} --> {clock(end)}",
            f"{number // per_sheet:05d}.jpg#xywh={area}",
            "",
        ]
    return "\n".join(lines)


def clock(moment: Fraction) -> str:
    """A time of WebVTT: hours, minutes, seconds and thousandths."""
    thousandths = round(moment * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"
