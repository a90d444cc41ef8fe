"""What to make of a probed file: pure data, the same for the same facts, stored as versioned JSON.

Everything after the plan is a function of source and plan, so any piece can be made at any time and again.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from transcoding.engine import borders
from transcoding.engine.av1 import av1_rungs
from transcoding.engine.borders import Copyable
from transcoding.engine.ladder import VideoRung, choose_rungs, even
from transcoding.engine.languages import label_of
from transcoding.engine.media import AudioTrack, MediaInfo
from transcoding.engine.reading import read_points
from transcoding.engine.records import Record
from transcoding.engine.renditions import (
    COPIED_SOUND_BITRATE,
    ORIGINAL_NAME,
    AudioRendition,
    OriginalRendition,
    SourcePicture,
    StoryboardSpec,
    SubtitleRendition,
)
from transcoding.engine.subtitles.tracks import subtitle_renditions

PLAN_VERSION = 2
SAMPLE_RATE = 48_000
# An AAC-LC packet holds this many samples (ISO/IEC 14496-3).
PACKET = 1024
_AUDIO_BITRATE = 160_000
_SURROUND_BITRATE = 384_000
# Fewer than five channels, and yet some of them behind the listener.
_SMALL_SURROUND = frozenset({"quad", "quad(side)", "4.0", "4.1", "3.0(back)"})
_CHUNK_SECONDS = 24
_FIRST_CHUNK_SECONDS = 4
_TAIL_SECONDS = 8


@dataclass(frozen=True, slots=True)
class Plan(Record):
    """``boundaries`` are the start frames of the segments at ``rate``; the last entry is the end.

    ``source_offset`` is the source's time, in seconds on its own clock, that becomes 0 of the output.
    ``duration`` is in seconds. ``video`` is the H.264 ladder, the highest first, whose first rung may be a copy of the
    source's own picture; ``av1`` are the rungs that may be made later, with the same boundaries. ``reads`` says for
    each segment where reading begins; see ``reading.read_points``.
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
    subtitles: tuple[SubtitleRendition, ...] = ()
    av1: tuple[VideoRung, ...] = ()
    original: OriginalRendition | None = None
    reads: tuple[int | None, ...] = ()

    @property
    def encoded(self) -> tuple[VideoRung, ...]:
        """The H.264 rungs that are made from one decode."""
        return tuple(rung for rung in self.video if not rung.copied)

    @property
    def copied(self) -> VideoRung | None:
        """The rung whose samples are the source's own, if there is one."""
        return next((rung for rung in self.video if rung.copied), None)

    @property
    def copies(self) -> tuple[str, ...]:
        """Names of the renditions whose samples are the source's own: the copied rung or the original."""
        return tuple(one.name for one in (self.copied, self.original) if one is not None)

    @property
    def frames(self) -> int:
        return self.boundaries[-1]

    @property
    def lead_frames(self) -> int:
        """For how many frames the first picture is held, for sound that begins before it."""
        return round((self.picture.start - self.source_offset) * self.rate)

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
        if any(rung.name == rendition for rung in (*self.video, *self.av1)):
            return tuple((end - start) / self.rate for start, end in pairwise(self.boundaries))
        if self.original is not None and self.original.name == rendition:
            ticks = self.original.boundaries
            return tuple((end - start) * self.original.time_base for start, end in pairwise(ticks))
        raise KeyError(rendition)


@dataclass(frozen=True, slots=True)
class ChunkSpec(Record):
    """Segments ``first_segment`` to ``end_segment`` (exclusive), made at one go."""

    number: int
    first_segment: int
    end_segment: int


def make_plan(
    info: MediaInfo,
    *,
    build: str,
    segment_seconds: int = 4,
    encoding: str = "speed",
    copyable: Copyable | None = None,
) -> Plan:
    """The plan for a file, with segments of about ``segment_seconds``, for one build of ffmpeg.

    ``encoding`` is a key of the ladder's PRESETS. A ``copyable`` picture is the top rung, and all rungs are cut where
    it can be; or else it is the original, beside a ladder that is encoded as ever.
    """
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
    boundaries = (*range(0, frames, per_segment), frames)
    ladder = choose_rungs(video.display_width, video.display_height, video.rate, encoding=encoding)
    av1 = av1_rungs(ladder)
    original = None
    if copyable is not None and borders.fits(lead_frames / video.rate, beyond / video.rate):
        copied = (
            borders.of_rung(
                copyable, ladder[0], rate=video.rate, lead=lead_frames, segment_seconds=segment_seconds
            )
            # A ladder of one rung stays one that is sure to play.
            if len(ladder) > 1
            else None
        )
        if copied is None:
            original = borders.of_original(
                copyable, name=ORIGINAL_NAME, source_offset=offset, segment_seconds=segment_seconds
            )
        else:
            # A picture that is not made anew cannot be held at its end.
            boundaries, duration = copied, max(picture_frames / video.rate, sound)
            top = replace(ladder[0], copied=True, width=copyable.width, height=copyable.height)
            ladder = (top, *ladder[1:])
    return Plan(
        version=PLAN_VERSION,
        build=build,
        rate=video.rate,
        boundaries=boundaries,
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
            primaries=video.primaries,
            peak_nits=video.peak_nits,
        ),
        video=ladder,
        av1=av1,
        original=original,
        audio=_audio(info.audio),
        storyboard=_storyboard(video.display_width, video.display_height, duration),
        subtitles=subtitle_renditions(info.subtitles),
        reads=read_points(info, boundaries, offset),
    )


def chunks(
    plan: Plan, *, first_seconds: int = _FIRST_CHUNK_SECONDS, seconds: int = _CHUNK_SECONDS
) -> tuple[ChunkSpec, ...]:
    """The plan's segments in runs: a short one first, so that a film starts soon, then about 24 s each."""
    specs: list[ChunkSpec] = []
    start = 0
    while start < plan.segment_count:
        target = plan.boundaries[start] + (seconds if specs else first_seconds) * plan.rate
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
    renditions = []
    for number, track in enumerate(tracks):
        stereo = AudioRendition(
            name=f"audio-{number}",
            source_index=track.index,
            source_channels=track.channels,
            language=track.language,
            label=labels[number],
            channels=2,
            bitrate=_AUDIO_BITRATE,
            default=number == default,
            group="stereo",
            copied=_may_copy(track),
        )
        renditions.append(stereo)
        if _is_surround(track):
            # The same label: members of two groups that belong together have the same NAME (RFC 8216, 4.3.4.2.1).
            renditions.append(
                replace(
                    stereo,
                    name=f"audio-{number}-surround",
                    channels=6,
                    bitrate=_SURROUND_BITRATE,
                    group="surround",
                )
            )
    return tuple(renditions)


def _may_copy(track: AudioTrack) -> bool:
    """Whether the track is what browsers play as it is; its packets have yet to show that they fit."""
    is_aac = (track.codec, track.profile) == ("aac", "LC")
    return (
        is_aac
        and (track.channels, track.sample_rate) == (2, SAMPLE_RATE)
        and track.bit_rate <= COPIED_SOUND_BITRATE
    )


def _is_surround(track: AudioTrack) -> bool:
    # More than eight are no layout but a pile of channels, as in raw recordings.
    return 5 <= track.channels <= 8 or track.layout in _SMALL_SURROUND


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
