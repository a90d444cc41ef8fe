"""Copies of a source's own picture, cut into segments at proved key frames: nothing is decoded, nothing is lost.

The time stamps are made anew: in each group of pictures the first decode time is the first time at which one is shown,
and so on, which is how the encoded rungs stand, so that a player changes between them without a seam.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import accumulate, groupby, pairwise
from pathlib import Path

from transcoding.engine import muxing, nal
from transcoding.engine.ffmpeg import Limits, OnProgress, Progress, ShouldStop, Usage
from transcoding.engine.outputs import ChunkResult, RenditionOutput, SegmentFile
from transcoding.engine.plan import ChunkSpec, Plan
from transcoding.engine.samples import Head, Sample, read_samples
from transcoding.engine.sources import Source, size_of
from transcoding.engine.tools import Tools
from transcoding.errors import FailureCode, MediaError

_FIRST_SECONDS = 4
_SECONDS = 120
# Reading begins this long before what is wanted; where there is no index a seek may land behind a key frame.
_LEAD_SECONDS = 1
_UNINDEXED_LEAD_SECONDS = 12
_GIB = 1024**3
_FAILED = "The picture of this file could not be copied. Try again; if it stops again, export the file anew."


@dataclass(frozen=True, slots=True)
class Copy:
    """How one rendition is cut.

    ``borders`` are the segments' starts in ticks of the output, the last entry the end. A time of the source becomes
    a whole number of ``step`` ticks.
    """

    name: str
    width: int
    height: int
    timescale: int
    step: int
    borders: tuple[int, ...]


def all_copies(plan: Plan) -> tuple[Copy, ...]:
    """What is to be copied for a plan: its top rung, or its original, or nothing."""
    return (
        *((copy_of_rung(plan),) if plan.copied else ()),
        *((copy_of_original(plan),) if plan.original else ()),
    )


def copy_of_rung(plan: Plan) -> Copy:
    """How the ladder's copied rung is cut: on the grid of the constant rate. Raises LookupError where there is none."""
    rung = plan.copied
    if rung is None:
        raise LookupError("no rung is copied")
    fine = muxing.fine_ticks(plan.rate.numerator)
    frame = plan.rate.denominator * fine
    return Copy(
        rung.name,
        rung.width,
        rung.height,
        plan.rate.numerator * fine,
        frame,
        tuple(boundary * frame for boundary in plan.boundaries),
    )


def copy_of_original(plan: Plan) -> Copy:
    """How the original is cut: in the source's own ticks. Raises LookupError where there is none."""
    original = plan.original
    if original is None:
        raise LookupError("there is no original")
    start = original.boundaries[0]
    return Copy(
        original.name,
        original.width,
        original.height,
        original.time_base.denominator,
        1,
        tuple(boundary - start for boundary in original.boundaries),
    )


def copy_chunks(copy: Copy) -> tuple[ChunkSpec, ...]:
    """The segments of a copy in runs: a short one first, so that a film starts at once, then two minutes each, which is what lies on a worker's disk at once."""
    specs: list[ChunkSpec] = []
    count, start = len(copy.borders) - 1, 0
    while start < count:
        target = copy.borders[start] + (_SECONDS if specs else _FIRST_SECONDS) * copy.timescale
        end = start + 1
        while end < count and copy.borders[end + 1] <= target:
            end += 1
        specs.append(ChunkSpec(len(specs), start, end))
        start = end
    return tuple(specs)


def copy_chunk(
    source: Source,
    plan: Plan,
    copy: Copy,
    chunk: ChunkSpec,
    workdir: Path,
    *,
    tools: Tools,
    on_progress: OnProgress = None,
    should_stop: ShouldStop = None,
) -> ChunkResult:
    """Make the segments of a chunk of a copy, into ``workdir/<rendition>/``.

    Raises MediaError ENCODER_FAILED where the source is not what was proved, CORRUPT, TIMEOUT, CANCELLED.
    """
    folder = workdir / copy.name
    folder.mkdir(parents=True, exist_ok=True)
    first, end = copy.borders[chunk.first_segment], copy.borders[chunk.end_segment]
    lead = _LEAD_SECONDS if "mpegts" not in plan.picture.container else _UNINDEXED_LEAD_SECONDS
    start = plan.source_offset + Fraction(first, copy.timescale) - lead
    ends = end < copy.borders[-1]
    usage = Usage()
    # A seek that lands too late costs a second reading, from the beginning.
    for begin in (start, None) if first else (None,):
        cutter = _Cutter(plan.source_offset, copy, chunk, folder, on_progress)
        try:
            usage = usage.plus(
                read_samples(
                    source,
                    plan.picture.index,
                    cutter.take,
                    tools=tools,
                    limits=_limits(source),
                    start=begin,
                    end=plan.source_offset + Fraction(end, copy.timescale) + _LEAD_SECONDS if ends else None,
                    should_stop=should_stop,
                )
            )
            segments = cutter.result()
        except _Late:
            continue
        except ValueError as error:
            raise MediaError(FailureCode.ENCODER_FAILED, _FAILED, tail=str(error)) from error
        return ChunkResult((RenditionOutput(copy.name, folder / "init.mp4", segments, copied=True),), usage)
    raise MediaError(FailureCode.ENCODER_FAILED, _FAILED, tail=f"segment {chunk.first_segment} was not found")


def _limits(source: Source) -> Limits:
    size = size_of(source)
    return Limits(
        wall_seconds=120 + 60 * size / _GIB,
        cpu_seconds=60 + 10 * size // _GIB,
        memory_bytes=4 * _GIB,
    )


class _Late(Exception):
    """Reading began behind what was wanted."""


@dataclass(slots=True)
class _Open:
    """The segment that is being gathered: times in ticks of the output, in decode order."""

    number: int
    times: list[int] = field(default_factory=list)
    syncs: list[bool] = field(default_factory=list)
    data: list[bytes] = field(default_factory=list)


class _Cutter:
    """Takes samples in decode order and writes a segment as soon as the next one begins."""

    def __init__(
        self, offset: Fraction, copy: Copy, chunk: ChunkSpec, folder: Path, on_progress: OnProgress
    ) -> None:
        self._offset = offset
        self._copy = copy
        self._chunk = chunk
        self._folder = folder
        self._on_progress = on_progress
        self._numbers = {border: number for number, border in enumerate(copy.borders[:-1])}
        self._head: Head | None = None
        self._open: _Open | None = None
        self._is_over = False
        self._segments: list[SegmentFile] = []

    def take(self, head: Head, sample: Sample) -> None:
        if self._is_over:
            return
        time = self._time(head, sample.time)
        is_idr = any(kind == nal.IDR_SLICE for kind, _, _ in nal.units(sample.data))
        if is_idr:
            self._begin(head, time)
        if self._open is None or self._is_over:
            return
        if not self._open.times:
            # The first picture of all is held from the beginning on.
            time = self._copy.borders[self._open.number]
        self._open.times.append(time)
        self._open.syncs.append(is_idr)
        self._open.data.append(nal.stripped(sample.data))

    def _time(self, head: Head, ticks: int) -> int:
        steps = (Fraction(ticks, head.timescale) - self._offset) * self._copy.timescale / self._copy.step
        return round(steps) * self._copy.step

    def _begin(self, head: Head, time: int) -> None:
        if self._head is None:
            self._head = head
            self._write_init(head)
        is_first = self._open is None and self._chunk.first_segment == 0
        number = 0 if is_first else self._numbers.get(time)
        if self._open is None:
            if number is None or number < self._chunk.first_segment:
                if time > self._copy.borders[self._chunk.first_segment]:
                    raise _Late
                return
            if number > self._chunk.first_segment:
                raise _Late
        elif number is None:
            return
        self._close()
        if number is None or number >= self._chunk.end_segment:
            self._is_over = True
        else:
            self._open = _Open(number)

    def _write_init(self, head: Head) -> None:
        sequences, pictures = nal.parameter_sets(head.record)
        record = nal.configuration_record(sequences[0], pictures)
        copy = self._copy
        (self._folder / "init.mp4").write_bytes(
            muxing.init_of_picture(record, copy.width, copy.height, copy.timescale)
        )

    def _close(self) -> None:
        found = self._open
        if found is None:
            return
        start, end = self._copy.borders[found.number : found.number + 2]
        shown = sorted(found.times)
        if shown[0] != start or shown[-1] >= end:
            raise ValueError(f"segment {found.number} has pictures that are not its own")
        lengths = [later - earlier for earlier, later in pairwise([*shown, end])]
        if min(lengths) <= 0:
            raise ValueError(f"segment {found.number} shows two pictures at once")
        decoded = shown
        if max(lengths) > 2 * min(lengths):
            # Behind a long still the offsets would be as long, and some players shift all by the longest.
            decoded = _before_shown(found.times)
            lengths = [later - earlier for earlier, later in pairwise([*decoded, end])]
        samples = [
            muxing.PictureSample(length, time - at, sync, data)
            for length, time, at, sync, data in zip(
                lengths, found.times, decoded, found.syncs, found.data, strict=True
            )
        ]
        path = self._folder / f"{found.number:05d}.m4s"
        content = muxing.picture_fragment(found.number + 1, start, samples)
        path.write_bytes(content)
        seconds = Fraction(end - start, self._copy.timescale)
        self._segments.append(SegmentFile(found.number, path, len(content), seconds))
        self._report(end)

    def _report(self, end: int) -> None:
        if self._on_progress is None:
            return
        first, last = (
            self._copy.borders[number] for number in (self._chunk.first_segment, self._chunk.end_segment)
        )
        done = Fraction(end - first, last - first)
        self._on_progress(
            Progress(float(done), float(Fraction(end - first, self._copy.timescale)), None, None)
        )

    def result(self) -> tuple[SegmentFile, ...]:
        """The segments, all of them. Raises ValueError where some are missing."""
        if self._open is None:
            raise _Late
        if not self._is_over:
            self._close()
        wanted = range(self._chunk.first_segment, self._chunk.end_segment)
        if [segment.number for segment in self._segments] != list(wanted):
            raise ValueError(f"{len(self._segments)} segments of {len(wanted)}")
        return tuple(self._segments)


def _before_shown(times: Sequence[int]) -> list[int]:
    """Decode times for samples that are shown at ``times``: none after its own or a later sample's.

    Samples that wait for the same next picture share the time until it.
    """
    latest = list(accumulate(reversed(times), min))[::-1]
    decoded: list[int] = []
    for moment, run in groupby(latest):
        count = len(list(run))
        before = decoded[-1] if decoded else moment
        decoded += [before + (moment - before) * number // count for number in range(1, count + 1)]
    return decoded
