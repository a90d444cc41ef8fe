"""Chunks of the ladder from one decode, as CMAF segments on disk; sound is made in ``sound.py``.

The argument lists are pure functions of plan and chunk: the same chunk made twice, anywhere, is the same
stream, and joins its neighbours exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from transcoding.engine import boxes
from transcoding.engine.av1 import av1_options
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
from transcoding.engine.filters import TONEMAPPERS, ladder_graph, seconds
from transcoding.engine.ladder import VideoRung
from transcoding.engine.outputs import ChunkResult, RenditionOutput, SegmentFile
from transcoding.engine.plan import ChunkSpec, Plan
from transcoding.engine.reading import seeks
from transcoding.engine.sound import encode_audio
from transcoding.engine.sources import Source, input_guard, input_of
from transcoding.engine.tools import Tools
from transcoding.errors import FailureCode, MediaError

__all__ = [
    "ChunkResult",
    "RenditionOutput",
    "SegmentFile",
    "can_tonemap",
    "chunk_arguments",
    "encode_audio",
    "encode_video_chunk",
]

_FAILED = (
    "The encoder stopped in the middle of this file. Try again; if it stops again, export the file anew."
)
_ANEW = "Export the file anew and upload that."
# The decoder's words for pictures that it lost; a few are usual where reading begins in mid-stream.
_UNREADABLE = ("Error submitting packet to decoder", "Decoding error", "error while decoding")
_MANY = 3


def encode_video_chunk(
    source: Source,
    plan: Plan,
    chunk: ChunkSpec,
    workdir: Path,
    *,
    tools: Tools,
    rungs: Sequence[VideoRung] | None = None,
    on_progress: OnProgress = None,
    should_stop: ShouldStop = None,
) -> ChunkResult:
    """Make the segments of a chunk for ``rungs`` (every encoded rung of the ladder if None), in ``workdir/<rendition>/``.

    Pictures that cannot be read are filled with those before, and ``notes`` say so. Raises MediaError CORRUPT where
    not one can be read, ENCODER_FAILED, TIMEOUT, CANCELLED or RESOURCE_LIMIT; what is in ``workdir`` then is of no use.
    """
    rungs = plan.encoded if rungs is None else rungs
    for rung in rungs:
        (workdir / rung.name).mkdir(parents=True, exist_ok=True)
    first, end = plan.boundaries[chunk.first_segment], plan.boundaries[chunk.end_segment]
    length = (end - first) / plan.rate
    usage = Usage()
    for seek in seeks(plan, first):
        completed = run(
            [
                str(tools.ffmpeg),
                *chunk_arguments(
                    source, plan, chunk, workdir, rungs=rungs, seek=seek, can_tonemap=can_tonemap(tools)
                ),
            ],
            limits=_limits(length, rungs[0]),
            sandbox=tools.sandbox,
            reads=[source],
            writes=[workdir],
            on_line=ProgressReader(float(length), on_progress) if on_progress else None,
            should_stop=should_stop,
        )
        damage = _damage(completed.tail, first / plan.rate, end / plan.rate)
        if damage and not _made_any(workdir / rungs[0].name, chunk):
            raise MediaError(FailureCode.CORRUPT, f"{damage[0]} {_ANEW}", tail=completed.tail)
        check(completed, _FAILED)
        usage = usage.plus(completed.usage)
        if seek is None or _begins_at(workdir / rungs[0].name, chunk, first / plan.rate):
            break
    durations = [(end - start) / plan.rate for start, end in pairwise(plan.boundaries)]
    outputs = tuple(_collect(workdir / rung.name, rung.name, chunk, durations) for rung in rungs)
    return ChunkResult(outputs, usage, damage)


def chunk_arguments(
    source: Source,
    plan: Plan,
    chunk: ChunkSpec,
    workdir: Path,
    *,
    rungs: Sequence[VideoRung],
    seek: Fraction | None,
    can_tonemap: bool,
) -> list[str]:
    """Arguments of ffmpeg for one chunk of these rungs, read from ``seek`` (see ``reading.seeks``)."""
    first, end = plan.boundaries[chunk.first_segment], plan.boundaries[chunk.end_segment]
    arguments = [*quiet_options(), *_read(source, seek)]
    graph, labels = ladder_graph(plan, rungs, first, end, from_start=seek is None, can_tonemap=can_tonemap)
    arguments += ["-filter_complex", graph]
    for label, rung in zip(labels, rungs, strict=True):
        arguments += [
            *("-map", label),
            *_encoder(rung, plan, chunk),
            *("-frames:v", str(end - first)),
            *_segmenter(plan, chunk, workdir / rung.name),
        ]
    return arguments


def can_tonemap(tools: Tools) -> bool:
    """Whether this build can turn HDR into SDR with right colours."""
    return TONEMAPPERS.issubset(tools.filters)


def _read(source: Source, seek: Fraction | None) -> list[str]:
    arguments = [
        # The source's own time stamps, so that every chunk stands on the same clock.
        "-copyts",
        *input_guard(source),
        # A change of size in mid-stream is scaled; a graph built anew would lose its place.
        *("-reinit_filter", "0"),
        # What cannot be decoded is filled and told of; ffmpeg would give the whole chunk up.
        *("-max_error_rate", "1"),
    ]
    if seek is not None:
        arguments += [
            # An absolute time stamp, whatever the file's start; all frames from the key frame on are
            # decoded and the graph picks, since it needs the frame before the first.
            *("-seek_timestamp", "1", "-noaccurate_seek", "-ss", seconds(seek)),
        ]
    return [*arguments, *input_of(source)]


def _encoder(rung: VideoRung, plan: Plan, chunk: ChunkSpec) -> list[str]:
    if rung.codec == "av1":
        longest = max(end - start for start, end in pairwise(plan.boundaries))
        return [*av1_options(rung, longest), *_forced_key_frames(plan, chunk)]
    return [
        *("-c:v", "libx264", "-preset", rung.preset),
        # Constant quality up to a cap: heavy grain would ask for seventy megabits a second.
        *("-crf", str(rung.crf), "-maxrate", str(rung.maxrate), "-bufsize", str(rung.bufsize)),
        # Everything that enters the parameter sets is fixed, or chunks could not share an init segment.
        *("-profile:v", "high", "-level:v", rung.level, "-pix_fmt", "yuv420p"),
        # Frames are numbered by the graph; nothing may be dropped or doubled behind it.
        *("-fps_mode", "passthrough"),
        # Rungs run side by side: one thread each costs no time and a quarter less memory.
        *("-threads", "1"),
        *_key_frames(plan, chunk),
        # No picture refers to one across a segment's border.
        *("-sc_threshold", "0", "-bf", "3", "-flags", "+cgop"),
        # Nothing that the file says of itself reaches the output.
        *("-map_metadata", "-1", "-map_chapters", "-1"),
    ]


def _key_frames(plan: Plan, chunk: ChunkSpec) -> list[str]:
    # Of the whole plan, not of the chunk: the distance enters the parameter sets.
    lengths = [end - start for start, end in pairwise(plan.boundaries)]
    if all(length == lengths[0] for length in lengths[:-1]) and lengths[-1] <= lengths[0]:
        # Counted in frames: key frames forced by time are not the same in two runs.
        return ["-g", str(lengths[0]), "-keyint_min", str(lengths[0])]
    return ["-g", str(max(lengths) + 1), *_forced_key_frames(plan, chunk)]


def _forced_key_frames(plan: Plan, chunk: ChunkSpec) -> list[str]:
    edges = plan.boundaries[chunk.first_segment + 1 : chunk.end_segment]
    # Half a frame early, so that rounding cannot miss the frame.
    times = ",".join(seconds((edge - Fraction(1, 2)) / plan.rate) for edge in edges)
    return ["-force_key_frames", times] if times else []


def _segmenter(plan: Plan, chunk: ChunkSpec, folder: Path) -> list[str]:
    edges = plan.boundaries[chunk.first_segment : chunk.end_segment + 1]
    shortest = min(end - start for start, end in pairwise(edges)) / plan.rate
    return [
        # Decode times stay where the plan has them, the first included.
        *("-avoid_negative_ts", "disabled"),
        # Decode times from the time stamps, presentation offsets of any sign, no edit list in the init.
        *("-hls_segment_options", "movflags=+frag_discont+negative_cts_offsets:use_editlist=0"),
        *("-f", "hls", "-hls_segment_type", "fmp4", "-hls_playlist_type", "vod"),
        # Less than any segment: each key frame begins one.
        *("-hls_time", seconds(shortest / 2), "-hls_flags", "independent_segments"),
        *("-hls_fmp4_init_filename", "init.mp4", "-start_number", str(chunk.first_segment)),
        *("-hls_segment_filename", f"{folder}/%05d.m4s"),
        # The muxer wants a playlist; ours is written from the plan.
        f"{folder}/encoder.m3u8",
    ]


def _damage(tail: str, start: Fraction, end: Fraction) -> tuple[str, ...]:
    """A sentence where the decoder could not read the picture; frames that are missing were filled with those before."""
    if sum(tail.count(words) for words in _UNREADABLE) < _MANY:
        return ()
    times = " and ".join(f"{int(moment) // 60}:{int(moment) % 60:02d}" for moment in (start, end))
    return (f"Parts of the picture between {times} cannot be read.",)


def _made_any(folder: Path, chunk: ChunkSpec) -> bool:
    """Whether there is a picture in any of the chunk's segments; without one the muxer leaves an empty file."""
    return any(_first_fragment(folder, number) for number in range(chunk.first_segment, chunk.end_segment))


def _begins_at(folder: Path, chunk: ChunkSpec, start: Fraction) -> bool:
    """Whether the first segment begins with the chunk's first frame.

    It does not where the seek landed behind it: no frame before the first one decoded was ever seen.
    """
    found = _first_fragment(folder, chunk.first_segment)
    if found is None:
        return False
    scale = boxes.track_head((folder / "init.mp4").read_bytes()).timescale
    return abs(Fraction(found.decode_time, scale) - start) <= Fraction(1, scale)


def _first_fragment(folder: Path, number: int) -> boxes.Fragment | None:
    try:
        written = (folder / "init.mp4").read_bytes() + (folder / f"{number:05d}.m4s").read_bytes()
        return next(boxes.fragments(written), None)
    except (FileNotFoundError, ValueError):
        return None


def _limits(length: Fraction, top: VideoRung) -> Limits:
    # Sixty times slower than real time at 1080p is beyond any machine that works at all.
    work = float(length) * max(1.0, top.width * top.height / (1920 * 1080))
    return Limits(
        wall_seconds=300 + 60 * work,
        cpu_seconds=int(600 + 120 * work),
        memory_bytes=(8 if top.height * top.width <= 1920 * 1080 else 24) * 1024**3,
        file_bytes=int(64 * 1024**2 + float(length) * top.maxrate),
    )


def _collect(folder: Path, name: str, chunk: ChunkSpec, durations: list[Fraction]) -> RenditionOutput:
    (folder / "encoder.m3u8").unlink(missing_ok=True)
    segments = []
    for number in range(chunk.first_segment, chunk.end_segment):
        path = folder / f"{number:05d}.m4s"
        if not path.is_file():
            raise MediaError(FailureCode.ENCODER_FAILED, _FAILED, tail=f"{name} has no segment {number}")
        segments.append(SegmentFile(number, path, path.stat().st_size, durations[number]))
    return RenditionOutput(name, folder / "init.mp4", tuple(segments))
