"""What a file is, and whether it can be made into a stream at all.

Three looks: what the container says (``facts.py`` judges it), what the packets say (``timing.py``), and
whether the first frames decode. Only what all three agree on is believed.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from transcoding.engine import facts, refusals, sniff, timing
from transcoding.engine.ffmpeg import Completed, Limits, check, run
from transcoding.engine.filters import TONEMAPPERS
from transcoding.engine.first_frames import first_frames
from transcoding.engine.listening import listen
from transcoding.engine.media import AudioTrack, Chapter, MediaInfo, SubtitleTrack, VideoTrack
from transcoding.engine.sources import Remote, Source, input_guard, input_of, open_source, size_of
from transcoding.engine.tools import Tools
from transcoding.errors import FailureCode, MediaError

__all__ = ["AudioTrack", "Chapter", "MediaInfo", "SubtitleTrack", "VideoTrack", "probe"]

_GIB = 1024**3
_HEADER = Limits(wall_seconds=20, cpu_seconds=15, memory_bytes=2 * _GIB, output_bytes=8 * 1024**2)
_PACKETS = Limits(wall_seconds=300, cpu_seconds=120, memory_bytes=2 * _GIB, output_bytes=256 * 1024**2)
_FRAMES = Limits(wall_seconds=25, cpu_seconds=40, memory_bytes=6 * _GIB, output_bytes=8 * 1024**2)
_TEST_FRAMES = 12


def probe(source: Source, *, tools: Tools) -> MediaInfo:
    """Look at a file. Raises MediaError with the code and sentence of what is wrong with it; OSError of a store."""
    try:
        size = size_of(source)
        with open_source(source) as file:
            head = file.read(4096)
    except OSError as error:
        if isinstance(source, Remote):
            raise
        raise MediaError(
            FailureCode.SOURCE_MISSING, "The file could not be read. Check that it is there.", tail=str(error)
        ) from error
    sniff.refuse_what_is_no_video(head)
    described = _describe(source, tools)
    info = facts.parse(described, size_bytes=size)
    if {"mp4", "asf"} & set(info.container.split(",")) and sniff.is_protected(source):
        raise refusals.protected()
    frames = _decode_some(source, info.video.index, tools)
    info = replace(info, video=facts.believe_frames(info.video, frames))
    if info.video.hdr and not TONEMAPPERS.issubset(tools.filters):
        raise refusals.no_tonemapping()
    info = listen(source, info, tools=tools)
    shown = facts.first_shown(frames)
    if timing.claims_of_sound_hold(info):
        # Half of a film's packets are sound's, and reading them takes seconds.
        index = info.video.index
        packets = _packets(source, tools, ["-select_streams", str(index)])
        found = timing.believe_packets(
            info, packets.stdout, claimed=described, tail=packets.tail, first_frame=shown, read={index}
        )
        if timing.claims_of_sound_hold(found):
            return refusals.unless_a_picture(found)
    packets = _packets(source, tools, [])
    found = timing.believe_packets(
        info, packets.stdout, claimed=described, tail=packets.tail, first_frame=shown
    )
    return refusals.unless_a_picture(found)


def _describe(source: Source, tools: Tools) -> dict[str, Any]:
    completed = _ffprobe(source, tools, _HEADER, ["-show_format", "-show_streams", "-show_chapters"])
    if completed.returncode:
        raise (
            refusals.truncated(completed.tail)
            if sniff.is_cut_off(source)
            else refusals.refusal(completed.tail)
        )
    data = json.loads(completed.stdout)
    return data if isinstance(data, dict) else {}


def _decode_some(source: Source, index: int, tools: Tools) -> list[dict[str, Any]]:
    """The first frames of the picture as the decoder gives them; a file without any is refused."""
    completed = _ffprobe(
        source,
        tools,
        _FRAMES,
        ["-select_streams", str(index), "-read_intervals", f"%+#{_TEST_FRAMES}", "-show_frames"],
    )
    data = json.loads(completed.stdout) if completed.stdout else {}
    frames = [frame for frame in data.get("frames", []) if frame.get("width") and frame.get("height")]
    if not frames:
        frames, tail = first_frames(source, index, tools)
        if not frames:
            raise refusals.undecodable(f"{completed.tail}\n{tail}")
    return frames


def _packets(source: Source, tools: Tools, which: list[str]) -> Completed:
    completed = _ffprobe(
        source,
        tools,
        _PACKETS,
        [*which, "-show_entries", "packet=stream_index,pts,dts,duration,flags"],
        output="compact=p=0:nk=1",
    )
    return check(completed, "The file could not be read to its end.", code=FailureCode.CORRUPT)


def _ffprobe(
    source: Source, tools: Tools, limits: Limits, what: list[str], *, output: str = "json"
) -> Completed:
    return run(
        [
            str(tools.ffprobe),
            "-hide_banner",
            "-loglevel",
            "error",
            *input_guard(source),
            *what,
            "-of",
            output,
            *input_of(source),
        ],
        limits=limits,
        sandbox=tools.sandbox,
        reads=[source],
    )
