"""What to make of a probed file: pure data, the same for the same facts, stored as versioned JSON.

Everything after the plan is a function of source and plan, so any piece can be made at any time and again.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from transcoding.engine.ladder import VideoRung, choose_rungs, even
from transcoding.engine.languages import label_of
from transcoding.engine.media import AudioTrack, MediaInfo
from transcoding.engine.records import Record

PLAN_VERSION = 1
SAMPLE_RATE = 48_000
# An AAC-LC packet holds this many samples (ISO/IEC 14496-3).
PACKET = 1024
_AUDIO_BITRATE = 160_000
_CHUNK_SECONDS = 24
_FIRST_CHUNK_SECONDS = 4
_TAIL_SECONDS = 8


@dataclass(frozen=True, slots=True)
class SourcePicture(Record):
    """What the encoder must know of the picture's track to read it; see VideoTrack."""

    index: int
    container: str
    start: Fraction
    frames: int
    interlaced: bool
    transfer: str
    matrix: str
    hdr: bool
    display_width: int
    display_height: int


@dataclass(frozen=True, slots=True)
class AudioRendition(Record):
    """One AAC rendition made from the track at ``source_index``; bits a second."""

    name: str
    source_index: int
    source_channels: int
    language: str
    label: str
    channels: int
    bitrate: int
    default: bool


@dataclass(frozen=True, slots=True)
class StoryboardSpec(Record):
    """Sheets of thumbnails: one every ``interval`` seconds, ``columns`` times ``rows`` on a sheet."""

    name: str
    interval: int
    tile_width: int
    tile_height: int
    columns: int
    rows: int


@dataclass(frozen=True, slots=True)
class Plan(Record):
    """``boundaries`` are the start frames of the segments at ``rate``; the last entry is the end.

    ``source_offset`` is the source's time, in seconds on its own clock, that becomes 0 of the output.
    ``duration`` is in seconds.
    """

    version: int
    build: str
    rate: Fraction
    boundaries: tuple[int, ...]
    source_offset: Fraction
    duration: Fraction
    picture: SourcePicture
    video: tuple[VideoRung, ...]
    audio: tuple[AudioRendition, ...]
    storyboard: StoryboardSpec

    @property
    def frames(self) -> int:
        return self.boundaries[-1]

    @property
    def segment_count(self) -> int:
        return len(self.boundaries) - 1

    @property
    def packets(self) -> int:
        """AAC packets of every audio rendition."""
        return math.ceil(self.duration * SAMPLE_RATE / PACKET)

    @property
    def packet_boundaries(self) -> tuple[int, ...]:
        """First packet of each audio segment, nearest to the picture's boundary; the last entry is the end."""
        inner = (round(frame / self.rate * SAMPLE_RATE / PACKET) for frame in self.boundaries[:-1])
        last = max(self.packets, 1)
        return (*(min(start, last - 1) for start in inner), last)

    def segment_durations(self, rendition: str) -> tuple[Fraction, ...]:
        """Seconds of every segment of a video or audio rendition."""
        if any(audio.name == rendition for audio in self.audio):
            return tuple(
                Fraction((end - start) * PACKET, SAMPLE_RATE)
                for start, end in pairwise(self.packet_boundaries)
            )
        if any(rung.name == rendition for rung in self.video):
            return tuple((end - start) / self.rate for start, end in pairwise(self.boundaries))
        raise KeyError(rendition)


@dataclass(frozen=True, slots=True)
class ChunkSpec(Record):
    """Segments ``first_segment`` to ``end_segment`` (exclusive), made at one go."""

    number: int
    first_segment: int
    end_segment: int


def make_plan(info: MediaInfo, *, build: str, segment_seconds: int = 4) -> Plan:
    """The plan for a file, with segments of about ``segment_seconds``, for one build of ffmpeg."""
    video = info.video
    offset = _offset(info)
    lead_frames = round((video.start - offset) * video.rate)
    picture_frames = lead_frames + video.frames
    sound = max((track.start + track.duration - offset for track in info.audio), default=Fraction(0))
    beyond = sound * video.rate - picture_frames
    # Less than a frame more of sound is no reason to hold a picture.
    frames = picture_frames + math.ceil(beyond) if beyond >= 1 else picture_frames
    per_segment = max(1, round(segment_seconds * video.rate))
    duration = max(frames / video.rate, sound)
    return Plan(
        version=PLAN_VERSION,
        build=build,
        rate=video.rate,
        boundaries=(*range(0, frames, per_segment), frames),
        source_offset=offset,
        duration=duration,
        picture=SourcePicture(
            index=video.index,
            container=info.container,
            start=video.start,
            frames=video.frames,
            interlaced=video.interlaced,
            transfer=video.transfer,
            matrix=video.matrix,
            hdr=video.hdr,
            display_width=video.display_width,
            display_height=video.display_height,
        ),
        video=choose_rungs(video.display_width, video.display_height, video.rate),
        audio=_audio(info.audio),
        storyboard=_storyboard(video.display_width, video.display_height, duration),
    )


def chunks(plan: Plan) -> tuple[ChunkSpec, ...]:
    """The plan's segments in runs: a short one first, so that a film starts soon, then about 24 s each."""
    specs: list[ChunkSpec] = []
    start = 0
    while start < plan.segment_count:
        seconds = _CHUNK_SECONDS if specs else _FIRST_CHUNK_SECONDS
        target = plan.boundaries[start] + seconds * plan.rate
        end = start + 1
        while end < plan.segment_count and plan.boundaries[end + 1] <= target:
            end += 1
        if specs and plan.frames - plan.boundaries[end] <= _TAIL_SECONDS * plan.rate:
            # What is left is not worth a decoder's start.
            end = plan.segment_count
        specs.append(ChunkSpec(len(specs), start, end))
        start = end
    return tuple(specs)


def _offset(info: MediaInfo) -> Fraction:
    """Where output 0 lies on the source's clock: on the picture's own frame grid, so that no frame is torn.

    Where sound leads the picture, the first frame is held for it.
    """
    video = info.video
    first_sound = min((track.start for track in info.audio), default=video.start)
    lead = max(video.start - first_sound, Fraction(0))
    return video.start - round(lead * video.rate) / video.rate


def _audio(tracks: tuple[AudioTrack, ...]) -> tuple[AudioRendition, ...]:
    labels: list[str] = []
    for number, track in enumerate(tracks, 1):
        label = track.title or label_of(track.language) or f"Audio {number}"
        # NAME is unique within a group (RFC 8216, 4.3.4.1.1).
        labels.append(label if label not in labels else f"{label} ({number})")
    default = next((number for number, track in enumerate(tracks) if track.default), 0)
    return tuple(
        AudioRendition(
            name=f"audio-{number}",
            source_index=track.index,
            source_channels=track.channels,
            language=track.language,
            label=labels[number],
            channels=2,
            bitrate=_AUDIO_BITRATE,
            default=number == default,
        )
        for number, track in enumerate(tracks)
    )


def _storyboard(width: int, height: int, duration: Fraction) -> StoryboardSpec:
    scale = Fraction(256, max(width, height))
    return StoryboardSpec(
        name="storyboard",
        # 2 s for a clip, 10 s for a feature: about 300 thumbnails in between.
        interval=min(10, max(2, round(duration / 300))),
        tile_width=even(max(16, round(width * scale))),
        tile_height=even(max(16, round(height * scale))),
        columns=5,
        rows=5,
    )
