"""What a probed file is: frozen facts, plain JSON in and out."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from transcoding.engine.records import Record


@dataclass(frozen=True, slots=True)
class VideoTrack(Record):
    """The picture. Sizes in pixels, times in seconds on the file's own clock.

    ``width`` and ``height`` are as coded; ``display_*`` are upright and in square pixels. ``rate`` is the
    exact constant rate to make, in frames a second, and ``frames`` how many of them the picture fills. ``peak_nits``
    is how bright HDR was mastered to be.
    """

    index: int
    codec: str
    profile: str
    pixel_format: str
    width: int
    height: int
    display_width: int
    display_height: int
    sample_aspect: Fraction
    rotation: int
    rate: Fraction
    variable_rate: bool
    frames: int
    interlaced: bool
    transfer: str
    primaries: str
    matrix: str
    full_range: bool
    hdr: bool
    start: Fraction
    duration: Fraction
    peak_nits: int = 1000


@dataclass(frozen=True, slots=True)
class KeyFrames(Record):
    """Where decoding of the picture can begin, in ticks of ``time_base``, in order.

    ``shown`` is when the frame is shown, ``sought`` the time stamp at which this container's demuxer finds it, neither
    the key frame after it nor anything behind its beginning. At least half a second apart, so that a film of nothing
    but key frames has a short list.
    """

    time_base: Fraction = Fraction(1, 1000)
    shown: tuple[int, ...] = ()
    sought: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AudioTrack(Record):
    """One sound track. ``language`` is a BCP 47 tag or empty; times in seconds on the file's own clock.

    ``bit_rate`` is as claimed, in bits a second, 0 where nothing is.
    """

    index: int
    codec: str
    language: str
    title: str
    channels: int
    layout: str
    sample_rate: int
    default: bool
    start: Fraction
    duration: Fraction
    profile: str = ""
    bit_rate: int = 0


@dataclass(frozen=True, slots=True)
class SubtitleTrack(Record):
    """One subtitle track; ``text`` is false for bitmaps, which cannot become WebVTT."""

    index: int
    codec: str
    language: str
    title: str
    text: bool
    default: bool
    forced: bool
    hearing_impaired: bool


@dataclass(frozen=True, slots=True)
class Chapter(Record):
    """A named stretch, in seconds from the file's own zero."""

    start: Fraction
    end: Fraction
    title: str


@dataclass(frozen=True, slots=True)
class MediaInfo(Record):
    """A file that can be made into a stream.

    ``duration`` is the longer of picture and sound in seconds, ``start`` the earliest of them on the
    file's clock. ``notes`` are sentences about what is left out or looks wrong. ``keys`` serve the plan and are
    not worth keeping after it.
    """

    container: str
    size_bytes: int
    start: Fraction
    duration: Fraction
    video: VideoTrack
    audio: tuple[AudioTrack, ...]
    subtitles: tuple[SubtitleTrack, ...]
    chapters: tuple[Chapter, ...]
    notes: tuple[str, ...]
    keys: KeyFrames = KeyFrames()
