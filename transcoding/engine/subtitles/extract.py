"""Text tracks out of a film's file, as WebVTT on the plan's clock."""

from __future__ import annotations

import math
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

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
from transcoding.engine.plan import Plan
from transcoding.engine.renditions import SubtitleRendition
from transcoding.engine.sources import Source, input_guard, input_of
from transcoding.engine.subtitles.faults import UnusableSubtitles
from transcoding.engine.subtitles.reading import MAX_BYTES, read_subtitles
from transcoding.engine.subtitles.webvtt import write_webvtt
from transcoding.engine.tools import Tools
from transcoding.errors import FailureCode, MediaError

FILE = "00000.vtt"
_FAILED = "The subtitles of this file could not be read."
# Codec to (what ffmpeg makes of it, how it writes that): the track's own text wherever it can be had, since
# ffmpeg's conversions lose positions and line breaks.
_WAYS: dict[str, tuple[str, str]] = {
    "subrip": ("copy", "srt"),
    "srt": ("copy", "srt"),
    "text": ("copy", "srt"),
    "webvtt": ("copy", "webvtt"),
    "ass": ("copy", "ass"),
    "ssa": ("copy", "ass"),
    # Its samples are whole documents with times of their own.
    "ttml": ("copy", "data"),
}
_OTHERWISE = ("subrip", "srt")


@dataclass(frozen=True, slots=True)
class SubtitleOutput:
    """One rendition's only segment, a WebVTT file of the whole film; ``bytes`` is its size."""

    name: str
    path: Path
    bytes: int


@dataclass(frozen=True, slots=True)
class SubtitlesResult:
    """What was made, a sentence for each track that was left out (by its rendition), and the cost."""

    outputs: tuple[SubtitleOutput, ...]
    left_out: dict[str, str]
    usage: Usage


def extract_subtitles(
    source: Source,
    plan: Plan,
    workdir: Path,
    *,
    tools: Tools,
    on_progress: OnProgress = None,
    should_stop: ShouldStop = None,
) -> SubtitlesResult:
    """Make every rendition of ``plan.subtitles`` as ``workdir/<rendition>/00000.vtt``, in one pass over the file.

    A track that cannot be read is left out with a sentence and fails nothing. Raises MediaError for what is
    no fault of a track: CANCELLED, SANDBOX_UNAVAILABLE and the like, KilledFromOutside.
    """
    if not plan.subtitles:
        return SubtitlesResult((), {}, Usage())
    raw = workdir / "subtitles-raw"
    raw.mkdir(parents=True, exist_ok=True)
    usage = Usage()
    groups: list[Sequence[SubtitleRendition]] = [plan.subtitles]
    while groups:
        group = groups.pop(0)
        try:
            completed = run(
                [str(tools.ffmpeg), *subtitle_arguments(source, plan, group, raw)],
                limits=Limits(
                    wall_seconds=120 + float(plan.duration),
                    cpu_seconds=int(120 + float(plan.duration) / 4),
                    file_bytes=4 * MAX_BYTES,
                ),
                sandbox=tools.sandbox,
                reads=[source],
                writes=[raw],
                on_line=ProgressReader(float(plan.duration), on_progress) if on_progress else None,
                should_stop=should_stop,
            )
            usage = usage.plus(completed.usage)
            check(completed, _FAILED)
        except MediaError as error:
            if not error.is_of_the_film:
                raise
            # One bad track must not take the others with it; what it left half written is no use.
            for subtitle in group:
                (raw / subtitle.name).unlink(missing_ok=True)
            if len(group) > 1 and error.code is not FailureCode.TIMEOUT:
                groups += [[subtitle] for subtitle in group]
    outputs: list[SubtitleOutput] = []
    left_out: dict[str, str] = {}
    for subtitle in plan.subtitles:
        try:
            outputs.append(_write(raw / subtitle.name, subtitle, plan, workdir))
        except (FileNotFoundError, UnusableSubtitles):
            left_out[subtitle.name] = f"The subtitle track {subtitle.label} cannot be read and is left out."
    shutil.rmtree(raw)
    return SubtitlesResult(tuple(outputs), left_out, usage)


def subtitle_arguments(
    source: Source, plan: Plan, subtitles: Sequence[SubtitleRendition], folder: Path
) -> list[str]:
    """Arguments of ffmpeg that write each track into a file of its own, on the source's clock plus a lead."""
    arguments = [
        *quiet_options(),
        # What can be read of a damaged track is kept: without this, many faults end the call.
        *("-y", "-max_error_rate", "1"),
        *("-copyts", *input_guard(source), *input_of(source)),
    ]
    for subtitle in subtitles:
        codec, container = _WAYS.get(subtitle.codec, _OTHERWISE)
        arguments += [
            *("-map", f"0:{subtitle.source_index}", "-c", codec),
            *("-map_metadata", "-1", "-map_chapters", "-1"),
            # No format of text can say a time before zero, and a cue may begin there.
            *("-avoid_negative_ts", "disabled", "-output_ts_offset", str(_lead(plan))),
            *("-f", container, f"file:{folder / subtitle.name}"),
        ]
    return arguments


def _lead(plan: Plan) -> int:
    """Whole seconds that bring everything a film can show behind zero."""
    return 60 + max(0, math.ceil(-plan.source_offset))


def _write(raw: Path, subtitle: SubtitleRendition, plan: Plan, workdir: Path) -> SubtitleOutput:
    own_times = _WAYS.get(subtitle.codec, _OTHERWISE)[1] == "data"
    late = plan.source_offset + (0 if own_times else _lead(plan))
    with raw.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    cues = read_subtitles(data, shift=-round(late * 1000), duration=math.ceil(plan.duration * 1000))
    folder = workdir / subtitle.name
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE
    path.write_text(write_webvtt(cues), encoding="utf-8", newline="\n")
    return SubtitleOutput(subtitle.name, path, path.stat().st_size)
