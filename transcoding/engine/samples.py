"""A source's own coded pictures, read through the sandbox as a stream: nothing is decoded, little is held at once."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from transcoding.engine import boxes
from transcoding.engine.ffmpeg import Limits, ShouldStop, Usage, check, run
from transcoding.engine.filters import seconds
from transcoding.engine.sources import Source, input_guard, input_of
from transcoding.engine.tools import Tools
from transcoding.errors import FailureCode

# Time stamps before 0 do not fit into a fragment; whole seconds are whole ticks of every clock.
_SHIFT = 100
_MOST_FRAGMENT = 32 * 1024**2
_MOST_BOX = 256 * 1024**2
_FAILED = "The picture of this file could not be read to its end. Export it again and upload that."


@dataclass(frozen=True, slots=True)
class Head:
    """What the stream begins with: ticks a second, and the configuration record of its pictures."""

    timescale: int
    record: bytes


@dataclass(frozen=True, slots=True)
class Sample:
    """One coded picture: when it is shown, in ticks on the source's clock, and its bytes."""

    time: int
    data: memoryview


OnSample = Callable[[Head, Sample], None]


def read_samples(
    source: Source,
    index: int,
    on_sample: OnSample,
    *,
    tools: Tools,
    limits: Limits,
    start: Fraction | None = None,
    end: Fraction | None = None,
    inline_sets: bool = False,
    should_stop: ShouldStop = None,
) -> Usage:
    """Hand over the H.264 samples of a track in decode order, with lengths of four bytes.

    ``start`` and ``end`` are seconds on the source's clock; reading begins at a key frame before the one and ends
    soon after the other. ``inline_sets`` repeats parameter sets before each IDR picture as the container has them there:
    MP4 can change them without a word in the samples. What ``on_sample`` raises ends the reading. Raises ValueError on a stream that does not add up,
    MediaError CORRUPT on one that ffmpeg does not take, and as ``run``.
    """
    stream = _Fragments(on_sample)
    completed = run(
        [str(tools.ffmpeg), *read_arguments(source, index, start=start, end=end, inline_sets=inline_sets)],
        limits=limits,
        sandbox=tools.sandbox,
        reads=[source],
        on_data=stream.feed,
        should_stop=should_stop,
    )
    check(completed, _FAILED, code=FailureCode.CORRUPT)
    return completed.usage


def read_arguments(
    source: Source, index: int, *, start: Fraction | None, end: Fraction | None, inline_sets: bool
) -> list[str]:
    """Arguments of ffmpeg that bring one track, as it is, in fragments to standard output."""
    seek = (
        ["-seek_timestamp", "1", "-noaccurate_seek", "-ss", seconds(start)]
        if start is not None and start > 0
        else []
    )
    return [
        *("-nostdin", "-hide_banner", "-loglevel", "error", "-nostats"),
        # Damaged samples would be left out without a word.
        "-xerror",
        # The source's own time stamps, so that every chunk stands on the same clock.
        "-copyts",
        *input_guard(source),
        *seek,
        *input_of(source),
        *("-map", f"0:{index}", "-c:v", "copy", "-copypriorss", "1"),
        *(["-bsf:v", "h264_mp4toannexb"] if inline_sets else []),
        *(["-to", seconds(end)] if end is not None else []),
        *("-map_metadata", "-1", "-map_chapters", "-1"),
        *("-avoid_negative_ts", "disabled", "-output_ts_offset", str(_SHIFT)),
        *("-f", "mp4", "-movflags", "+empty_moov+default_base_moof+frag_discont+negative_cts_offsets"),
        # Fragments of a second at most: what is held at once is small, however rare the key frames.
        *("-use_editlist", "0", "-frag_duration", "1000000", "-frag_size", str(_MOST_FRAGMENT)),
        "pipe:1",
    ]


class _Fragments:
    """Takes a fragmented MP4 as it comes, in pieces of any size, and hands on its samples."""

    def __init__(self, on_sample: OnSample) -> None:
        self._on_sample = on_sample
        self._buffer = bytearray()
        self._moov = b""
        self._moof = b""
        self._head: Head | None = None

    def feed(self, data: bytes) -> None:
        self._buffer += data
        while len(self._buffer) >= 16:
            size, kind = struct.unpack_from(">I4s", self._buffer)
            if size == 1:
                size = struct.unpack_from(">Q", self._buffer, 8)[0]
            if not 8 <= size <= _MOST_BOX:
                raise ValueError("a box has no sensible size")
            if len(self._buffer) < size:
                return
            content = bytes(memoryview(self._buffer)[:size])
            del self._buffer[:size]
            self._take(kind, content)

    def _take(self, kind: bytes, content: bytes) -> None:
        if kind == b"moov":
            self._moov = content
            self._head = _head(content)
        elif kind == b"moof":
            self._moof = content
        elif kind == b"mdat" and self._head is not None:
            whole = b"".join((self._moov, self._moof, content))
            for fragment in boxes.fragments(whole):
                self._hand_on(fragment, memoryview(whole))

    def _hand_on(self, fragment: boxes.Fragment, whole: memoryview) -> None:
        assert self._head is not None
        position = fragment.data_start
        time = fragment.decode_time - _SHIFT * self._head.timescale
        for size, duration, offset in zip(fragment.sizes, fragment.durations, fragment.offsets, strict=True):
            self._on_sample(self._head, Sample(time + offset, whole[position : position + size]))
            position += size
            time += duration


def _head(moov: bytes) -> Head:
    timescale = boxes.track_head(moov).timescale
    entry = boxes.find(moov, b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd")
    if entry is None:
        raise ValueError("there is no sample entry")
    found = [(kind, content, end) for kind, content, end in boxes.boxes(moov, entry[0] + 8, entry[1])]
    if len(found) != 1 or found[0][0] != b"avc1":
        raise ValueError("the pictures are not of one kind")
    record = boxes.find(moov, b"avcC", start=found[0][1] + 78, end=found[0][2])
    if record is None:
        raise ValueError("there is no configuration record")
    return Head(timescale, moov[record[0] : record[1]])
