"""Media playlists, as text, from the plan and the segments that exist (RFC 8216 and its second edition, "bis").

What a master says of all of them together is in ``master.py``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise

from transcoding.engine.ladder import VideoRung
from transcoding.engine.plan import Plan, chunks

# EXT-X-MAP in a playlist that is not I-frames only needs 6; 7 is what fMP4 players expect.
VERSION = 7
INDEX = "index.m3u8"
IFRAMES = "iframes.m3u8"
MASTER = "master.m3u8"
# Beside the master the original's own, and beside a track's index the one that fits it.
ORIGINAL = "original.m3u8"
# What the container adds to the encoder's bits: a run's entry for each picture, and the boxes around a segment.
_FRAME_OVERHEAD_BYTES = 16
_SEGMENT_OVERHEAD_BYTES = 512


@dataclass(frozen=True, slots=True)
class SegmentFact:
    """Size and length of a segment that exists.

    ``key_frame`` is where its first picture lies: the first byte of the ``moof``, and how many bytes from there to
    the picture's end; None where that is not known, and of sound.
    """

    bytes: int
    seconds: Fraction
    key_frame: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class RenditionFacts:
    """What the master says of a rendition: its codec string and the segments made so far."""

    name: str
    codecs: str
    segments: tuple[SegmentFact, ...]


def durations_of(plan: Plan, rendition: str) -> tuple[Fraction, ...]:
    """Seconds of every segment of a stream of the plan. Raises KeyError for a name that it does not have."""
    original = plan.original
    if original is not None and original.name == rendition:
        return tuple((end - start) * original.time_base for start, end in pairwise(original.boundaries))
    return plan.segment_durations(rendition)


def target_duration(plan: Plan) -> int:
    """EXT-X-TARGETDURATION of every playlist of picture and sound: whole seconds.

    It bounds each segment's rounded length (bis, 4.4.3.1), stays while a playlist grows, and is one for all
    renditions (bis, 6.2.4). The original, whose segments can be long, has one of its own.
    """
    names = [rung.name for rung in plan.video] + [audio.name for audio in plan.audio]
    return _target(length for name in names for length in durations_of(plan, name))


def original_target_duration(plan: Plan) -> int:
    """The same of the original's playlist and of those of the sound that is heard with it."""
    own = [] if plan.original is None else [_target(durations_of(plan, plan.original.name))]
    return max(target_duration(plan), *own)


def media_playlist(
    plan: Plan, rendition: str, *, segments: int | None = None, beside_original: bool = False
) -> str:
    """The playlist of one rendition of picture or sound.

    Without ``segments`` the whole film (VOD). With it, the first so many segments as a playlist that grows
    (EVENT), ended only when nothing is missing. ``beside_original`` is sound's second playlist.
    """
    longest = beside_original or (plan.original is not None and plan.original.name == rendition)
    durations = durations_of(plan, rendition)
    count = len(durations) if segments is None else min(segments, len(durations))
    target = original_target_duration(plan) if longest else target_duration(plan)
    lines = _head(target, "VOD" if segments is None else "EVENT")
    lines += ["#EXT-X-INDEPENDENT-SEGMENTS", '#EXT-X-MAP:URI="init.mp4"']
    for number, length in enumerate(durations[:count]):
        lines += [_length(length), f"{number:05d}.m4s"]
    if count == len(durations):
        lines.append("#EXT-X-ENDLIST")
    return "\n".join(lines) + "\n"


def iframe_playlist(plan: Plan, fact: RenditionFacts) -> str | None:
    """The key frames of a whole rung as byte ranges of its segments (bis, 4.4.3.6); None where one is not known.

    A segment begins with its only key frame that a player is told of, which is shown until the next one's begins.
    """
    frames = key_frames_of(plan, fact)
    if frames is None:
        return None
    lines = [*_head(target_duration(plan), "VOD"), "#EXT-X-I-FRAMES-ONLY", '#EXT-X-MAP:URI="init.mp4"']
    for number, segment in enumerate(fact.segments):
        start, size = segment.key_frame or (0, 0)
        lines += [_length(segment.seconds), f"#EXT-X-BYTERANGE:{size}@{start}", f"{number:05d}.m4s"]
    return "\n".join([*lines, "#EXT-X-ENDLIST"]) + "\n"


def key_frames_of(plan: Plan, fact: RenditionFacts) -> tuple[SegmentFact, ...] | None:
    """A whole rung's key frames, as if they were segments; None while one is missing or not known."""
    known = [segment.key_frame for segment in fact.segments if segment.key_frame is not None]
    if not is_whole(plan, fact) or len(known) != len(fact.segments):
        return None
    return tuple(
        SegmentFact(size, segment.seconds)
        for (_start, size), segment in zip(known, fact.segments, strict=True)
    )


def subtitle_playlist(duration: Fraction) -> str:
    """The playlist of subtitles: one file for the whole film.

    Subtitles may have a target duration of their own where they are VOD (bis, 6.2.4), so those of a film that is
    still being made are too: their text is whole.
    """
    lines = [*_head(_target([duration]), "VOD"), _length(duration), "00000.vtt", "#EXT-X-ENDLIST"]
    return "\n".join(lines) + "\n"


def is_whole(plan: Plan, fact: RenditionFacts) -> bool:
    """Whether no segment of the rendition is missing."""
    return len(fact.segments) == len(durations_of(plan, fact.name))


def peak_bandwidth(segments: Sequence[SegmentFact], target: int | None = None) -> int:
    """Bits a second of the dearest run of segments that lasts half to one and a half target durations (bis, 4.4.6.2).

    A short last segment so never stands alone. ``target`` is the segments' own where it is None.
    """
    lengths = [segment.seconds for segment in segments]
    total = list(accumulate((segment.bytes for segment in segments), initial=0))
    runs = _runs(lengths, target or _target(lengths)) or [(0, len(segments), sum(lengths, Fraction(0)))]
    return max(_rate(total[end] - total[first], length) for first, end, length in runs)


def average_bandwidth(segments: Sequence[SegmentFact]) -> int:
    """Bits a second over all segments."""
    length = sum((fact.seconds for fact in segments), Fraction(0))
    return _rate(sum(fact.bytes for fact in segments), length)


def bandwidth_bound(plan: Plan, rung: VideoRung, segments: Sequence[SegmentFact] = ()) -> int:
    """A peak that no run of segments of a rung that is still being made will exceed; bits a second.

    The encoder's buffer model lets ``maxrate`` flow, and ``bufsize`` at once; each chunk begins with a full buffer.
    Where ``segments`` of a copied rung are dearer than its cap, they are the bound so far.
    """
    target = target_duration(plan)
    made = peak_bandwidth(segments, target) if segments else 0
    if rung.copied:
        return max(rung.maxrate, made)
    lengths = plan.segment_durations(rung.name)
    starts = {chunk.first_segment for chunk in chunks(plan)}
    # The whole film where it is shorter than half a target duration.
    runs = _runs(lengths, target) or [(0, len(lengths), sum(lengths, Fraction(0)))]
    bounds = {made}
    for first, end, length in runs:
        buffers = 1 + sum(1 for number in range(first + 1, end) if number in starts)
        overhead = _FRAME_OVERHEAD_BYTES * length * plan.rate + _SEGMENT_OVERHEAD_BYTES * (end - first)
        bounds.add(math.ceil(rung.maxrate + (rung.bufsize * buffers + 8 * overhead) / length))
    return max(bounds)


def _rate(size: int, length: Fraction) -> int:
    """Bits a second of so many bytes, rounded up; in whole numbers, for films of thousands of segments."""
    return -(-size * 8 * length.denominator // length.numerator)


def _runs(lengths: Sequence[Fraction], target: int) -> list[tuple[int, int, Fraction]]:
    """First segment, end and seconds of all runs of half to one and a half target durations."""
    scale = 2 * math.lcm(*(length.denominator for length in lengths))
    ticks = [length.numerator * (scale // length.denominator) for length in lengths]
    least, most = target * scale // 2, target * 3 * scale // 2
    runs = []
    for first in range(len(ticks)):
        length = 0
        for end in range(first, len(ticks)):
            length += ticks[end]
            if length > most:
                break
            if length >= least:
                runs.append((first, end + 1, Fraction(length, scale)))
    return runs


def _target(lengths: Iterable[Fraction]) -> int:
    return max([1, *(math.floor(length + Fraction(1, 2)) for length in lengths)])


def _head(target: int, kind: str) -> list[str]:
    return [
        "#EXTM3U",
        f"#EXT-X-VERSION:{VERSION}",
        f"#EXT-X-TARGETDURATION:{target}",
        "#EXT-X-MEDIA-SEQUENCE:0",
        f"#EXT-X-PLAYLIST-TYPE:{kind}",
    ]


def _length(length: Fraction) -> str:
    return f"#EXTINF:{float(length):.6f},"
