"""Playlists, as text, from the plan and the sizes of segments (RFC 8216 and its second edition)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from transcoding.engine.ladder import VideoRung
from transcoding.engine.plan import Plan
from transcoding.engine.renditions import AudioRendition

# EXT-X-MAP in a playlist that is not I-frames only needs 6; 7 is what fMP4 players expect.
_VERSION = 7


@dataclass(frozen=True, slots=True)
class SegmentFact:
    """Size and length of a segment that exists."""

    bytes: int
    seconds: Fraction


@dataclass(frozen=True, slots=True)
class RenditionFacts:
    """What the master says of a rendition: its codec string and the segments made so far."""

    name: str
    codecs: str
    segments: tuple[SegmentFact, ...]


def media_playlist(plan: Plan, rendition: str, *, segments: int | None = None) -> str:
    """The playlist of one rendition.

    Without ``segments`` the whole film (VOD). With it, the first so many segments as a playlist that grows
    (EVENT), ended only when nothing is missing.
    """
    durations = plan.segment_durations(rendition)
    count = len(durations) if segments is None else min(segments, len(durations))
    # The target bounds every segment's rounded length (4.3.3.1); the same while the playlist grows.
    target = max(1, *(math.floor(seconds + Fraction(1, 2)) for seconds in durations))
    lines = [
        "#EXTM3U",
        f"#EXT-X-VERSION:{_VERSION}",
        f"#EXT-X-TARGETDURATION:{target}",
        "#EXT-X-MEDIA-SEQUENCE:0",
        f"#EXT-X-PLAYLIST-TYPE:{'VOD' if segments is None else 'EVENT'}",
        "#EXT-X-INDEPENDENT-SEGMENTS",
        '#EXT-X-MAP:URI="init.mp4"',
    ]
    for number, seconds in enumerate(durations[:count]):
        lines += [f"#EXTINF:{float(seconds):.6f},", f"{number:05d}.m4s"]
    if count == len(durations):
        lines.append("#EXT-X-ENDLIST")
    return "\n".join(lines) + "\n"


def master_playlist(plan: Plan, facts: Sequence[RenditionFacts], *, max_height: int | None = None) -> str:
    """The master of the renditions in ``facts``.

    ``max_height`` leaves out rungs of a higher class, but never the lowest: who may watch sees something.
    """
    known = {fact.name: fact for fact in facts if fact.segments}
    rungs = [rung for rung in plan.video if rung.name in known]
    if max_height is not None:
        rungs = [rung for rung in rungs if rung.height_class <= max_height] or rungs[-1:]
    sounds = [audio for audio in plan.audio if audio.name in known]
    lines = ["#EXTM3U", f"#EXT-X-VERSION:{_VERSION}", "#EXT-X-INDEPENDENT-SEGMENTS"]
    lines += [_sound_line(audio) for audio in sounds]
    sound_peak = max((peak_bandwidth(known[audio.name].segments) for audio in sounds), default=0)
    sound_average = max((average_bandwidth(known[audio.name].segments) for audio in sounds), default=0)
    sound_codecs = list(dict.fromkeys(known[audio.name].codecs for audio in sounds))
    for rung in rungs:
        fact = known[rung.name]
        attributes = [
            f"BANDWIDTH={peak_bandwidth(fact.segments) + sound_peak}",
            f"AVERAGE-BANDWIDTH={average_bandwidth(fact.segments) + sound_average}",
            f'CODECS="{",".join([fact.codecs, *sound_codecs])}"',
            f"RESOLUTION={rung.width}x{rung.height}",
            f"FRAME-RATE={float(plan.rate):.3f}",
            "VIDEO-RANGE=SDR",
            *(['AUDIO="audio"'] if sounds else []),
            "CLOSED-CAPTIONS=NONE",
        ]
        lines += [f"#EXT-X-STREAM-INF:{','.join(attributes)}", uri_of(rung)]
    return "\n".join(lines) + "\n"


def uri_of(rendition: VideoRung | AudioRendition) -> str:
    """The playlist of a rendition, relative to the master."""
    return f"{rendition.name}/index.m3u8"


def peak_bandwidth(segments: Sequence[SegmentFact]) -> int:
    """Bits a second of the dearest segment; very short ones count as half a second, or the last would lie."""
    return max(math.ceil(fact.bytes * 8 / max(fact.seconds, Fraction(1, 2))) for fact in segments)


def average_bandwidth(segments: Sequence[SegmentFact]) -> int:
    """Bits a second over all segments."""
    length = sum((fact.seconds for fact in segments), Fraction(0))
    return math.ceil(sum(fact.bytes for fact in segments) * 8 / length)


def quoted(text: str) -> str:
    """A quoted string: it cannot hold quotes or line breaks (4.2), which titles of files can."""
    return '"' + "".join("'" if char == '"' else char for char in text if char.isprintable()) + '"'


def _sound_line(audio: AudioRendition) -> str:
    attributes = [
        "TYPE=AUDIO",
        'GROUP-ID="audio"',
        f"NAME={quoted(audio.label)}",
        *([f"LANGUAGE={quoted(audio.language)}"] if audio.language else []),
        f"DEFAULT={'YES' if audio.default else 'NO'}",
        "AUTOSELECT=YES",
        f'CHANNELS="{audio.channels}"',
        f"URI={quoted(uri_of(audio))}",
    ]
    return f"#EXT-X-MEDIA:{','.join(attributes)}"
