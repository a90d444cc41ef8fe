"""Whether browsers can play a source's own picture as it is, proved by reading all of it.

What a container says of its key frames is not believed: a boundary is where an IDR picture stands, before which all
shown pictures come first and to nothing before which any later one refers. In doubt the answer is no: encoding always
works.
"""

from __future__ import annotations

import logging
from bisect import bisect_right
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from transcoding.engine import nal
from transcoding.engine.borders import Copyable
from transcoding.engine.ffmpeg import Limits, ShouldStop
from transcoding.engine.media import MediaInfo
from transcoding.engine.samples import Head, Sample, read_samples
from transcoding.engine.sources import Source
from transcoding.engine.timing import MAX_RATE
from transcoding.engine.tools import Tools
from transcoding.errors import MediaError

__all__ = ["Copyable", "find_copy", "might_copy"]

logger = logging.getLogger(__name__)

# Containers whose time stamps of pictures can be relied on, and which can be sought in.
_CONTAINERS = frozenset({"mov", "matroska", "mpegts"})
# Baseline, Main, High (H.264 Annex A); of Baseline only what is Main as well, which constraint_set1_flag says.
_BASELINE = 66
_PROFILES = frozenset({_BASELINE, 77, 100})
_SET1 = 0x40
_MOST_LEVEL = 52
# Code points (H.264 tables E-3 to E-5) that are SDR in every browser; 2 is unspecified.
_PRIMARIES = frozenset({1, 2, 5, 6})
_TRANSFERS = frozenset({1, 2, 4, 5, 6, 14})
_MATRICES = frozenset({1, 2, 5, 6})
# A longer way between key frames makes segments that no player likes to wait for.
_MOST_SECONDS = 30
_FRAMES_A_READ = 4_000_000
_GIB = 1024**3


def find_copy(
    source: Source, info: MediaInfo, *, tools: Tools, should_stop: ShouldStop = None
) -> Copyable | None:
    """Read the picture's track and say whether it can be shown as it is; None if it must be encoded.

    A reading that fails on the file or takes too long is an answer; MediaError is raised for what says nothing of the
    file: CANCELLED, SANDBOX_UNAVAILABLE, KilledFromOutside.
    """
    if not might_copy(info):
        return None
    proof = _Proof(info)
    try:
        read_samples(
            source,
            info.video.index,
            proof.take,
            tools=tools,
            # About a second of computing and of waiting a gigabyte, on a machine that is not busy.
            limits=Limits(
                wall_seconds=120 + 30 * info.size_bytes / _GIB,
                cpu_seconds=60 + 10 * info.size_bytes // _GIB,
                memory_bytes=4 * _GIB,
            ),
            inline_sets=True,
            should_stop=should_stop,
        )
        return proof.result()
    except ValueError as error:
        logger.info("the picture is not copied: %s", error)
    except MediaError as error:
        if not error.is_of_the_film:
            raise
        logger.info("the picture is not copied: %s", error.tail or error)
    return None


def might_copy(info: MediaInfo) -> bool:
    """Whether what is known of a file without reading it speaks against showing its picture as it is."""
    video = info.video
    return (
        video.codec == "h264"
        and bool(set(info.container.split(",")) & _CONTAINERS)
        and video.pixel_format == "yuv420p"
        and not video.interlaced
        and not video.hdr
        and not video.full_range
        and video.sample_aspect == 1
        and video.rotation == 0
        and video.width % 2 == video.height % 2 == 0
    )


@dataclass(slots=True)
class _Group:
    """A group of pictures that begins with an IDR picture."""

    first: int
    times: list[int] = field(default_factory=list)
    bytes: int = 0


class _Proof:
    """Reads samples one by one; raises ValueError with the reason at the first that speaks against a copy."""

    def __init__(self, info: MediaInfo) -> None:
        self._video = info.video
        self._container = info.container
        self._sets: frozenset[bytes] | None = None
        self._head: Head | None = None
        self._groups: list[tuple[int, int]] = []
        self._group: _Group | None = None
        self._times: list[int] = []

    def take(self, head: Head, sample: Sample) -> None:
        if self._head is None:
            self._begin(head, sample)
        if self._find_idr(sample):
            self._close_group()
            self._group = _Group(sample.time)
        group = self._group
        if group is None:
            raise ValueError("the first picture is not an IDR picture")
        if sample.time - group.first > _MOST_SECONDS * head.timescale:
            raise ValueError("key frames are too far apart")
        group.times.append(sample.time)
        group.bytes += len(sample.data)
        if len(self._times) > _FRAMES_A_READ:
            raise ValueError("there are too many pictures")

    def _begin(self, head: Head, sample: Sample) -> None:
        self._head = head
        sequences, pictures = nal.parameter_sets(head.record)
        if len(sequences) != 1 or not pictures:
            raise ValueError("there is not exactly one sequence parameter set")
        _check_sequence(nal.read_sequence(sequences[0]), (self._video.width, self._video.height))
        if any(nal.has_slice_groups(picture) for picture in pictures):
            raise ValueError("slices are in groups")
        self._sets = frozenset((*sequences, *pictures))
        if abs(Fraction(sample.time, head.timescale) - self._video.start) > 1 / (2 * self._video.rate):
            raise ValueError("what is shown first is not what comes first")

    def _find_idr(self, sample: Sample) -> bool:
        """Whether a sample is an IDR picture. Everything in it must be what a browser's decoder expects."""
        assert self._sets is not None
        kinds = set()
        for kind, start, end in nal.units(sample.data):
            if kind in (nal.SEQUENCE, nal.PICTURE):
                # Repeating them is harmless; changing them would make an init segment a lie.
                if bytes(sample.data[start:end]) not in self._sets:
                    raise ValueError("parameter sets change in mid-stream")
            elif kind in (nal.SLICE, nal.IDR_SLICE):
                kinds.add(kind)
            elif kind not in (nal.MESSAGES, nal.DELIMITER, nal.FILLER, 10, 11):
                raise ValueError(f"there are units of type {kind}")
        if len(kinds) != 1:
            raise ValueError("a sample is not one picture")
        return nal.IDR_SLICE in kinds

    def _close_group(self) -> None:
        group = self._group
        if group is None:
            return
        group.times.sort()
        if group.times[0] != group.first:
            raise ValueError("a picture comes after a key frame and is shown before it")
        if self._times and group.first <= self._times[-1]:
            raise ValueError("a picture comes before a key frame and is shown after it")
        if any(later == earlier for earlier, later in pairwise(group.times)):
            raise ValueError("two pictures are shown at once")
        self._times += group.times
        self._groups.append((group.first, group.bytes))

    def result(self) -> Copyable:
        self._close_group()
        if self._head is None or not self._times:
            raise ValueError("there is no picture")
        time_base = Fraction(1, self._head.timescale)
        places = self._places(time_base)
        last = self._times[-1] - self._times[-2] if len(self._times) > 1 else round(self._head.timescale / 25)
        starts = [first for first, _ in self._groups]
        keys: tuple[int, ...] = ()
        if places is not None:
            keys = tuple(bisect_right(self._times, start) - 1 for start in starts)
            last = round(1 / self._video.rate / time_base)
        longest = max(later - earlier for earlier, later in pairwise([*starts, self._times[-1] + last]))
        if longest * time_base > _MOST_SECONDS:
            raise ValueError("key frames are too far apart")
        if places is None and ("mpegts" in self._container or not self._video.variable_rate):
            # Clocks of transport streams jump where recordings are joined, and sound jumps with them.
            raise ValueError("the pictures are not those of the rate")
        shown = self._video.start + self._video.duration
        if abs((self._times[-1] + last) * time_base - shown) > 2 / self._video.rate:
            # An edit list ends the film before its last picture.
            raise ValueError("what is shown last is not what comes last")
        return Copyable(
            width=self._video.width,
            height=self._video.height,
            frames=len(self._times),
            time_base=time_base,
            key_times=tuple(starts),
            end_time=self._times[-1] + last,
            key_bytes=tuple(size for _, size in self._groups),
            key_frames=keys,
        )

    def _places(self, time_base: Fraction) -> int | None:
        """How many places of the constant rate's grid there are, if each holds exactly one picture."""
        video = self._video
        if video.variable_rate or video.rate > MAX_RATE or video.frames != len(self._times):
            return None
        frame = 1 / (video.rate * time_base)
        # In whole numbers, since a long film has a million pictures.
        ticks, parts = frame.numerator, frame.denominator
        first = self._times[0]
        slack = max(parts, ticks // 8)
        for place, time in enumerate(self._times):
            if abs((time - first) * parts - place * ticks) > slack:
                return None
        return len(self._times)


def _check_sequence(sequence: nal.Sequence264, size: tuple[int, int]) -> None:
    """Raise ValueError unless every browser's decoder takes pictures of this kind."""
    reasons = {
        "profile": sequence.profile in _PROFILES
        and (sequence.profile != _BASELINE or bool(sequence.constraints & _SET1)),
        "level": sequence.level <= _MOST_LEVEL,
        "chroma": sequence.chroma == 1,
        "depth": sequence.depth == 8,
        "interlace": sequence.progressive,
        "gaps in the count of frames": not sequence.has_gaps,
        "size": (sequence.width, sequence.height) == size,
        "shape of pixels": sequence.aspect[0] == sequence.aspect[1],
        "full range": not sequence.full_range,
        "colour": sequence.primaries in _PRIMARIES
        and sequence.transfer in _TRANSFERS
        and sequence.matrix in _MATRICES,
    }
    for reason, holds in reasons.items():
        if not holds:
            raise ValueError(f"the picture's {reason} is not one that all browsers play")
