"""What a plan says of each thing to make: records, stored inside the plan's JSON."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from transcoding.engine.records import Record

ORIGINAL_NAME = "original"


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
    primaries: str = ""
    peak_nits: int = 1000


# Sound of the source's own is taken over up to this many bits a second, or it would crowd out the lowest rungs.
COPIED_SOUND_BITRATE = 320_000


@dataclass(frozen=True, slots=True)
class AudioRendition(Record):
    """One AAC rendition of the track at ``source_index``; bits a second.

    ``group`` is "stereo" or "surround": every track is in the first, and in the second beside it where it has
    more than two channels. ``copied`` asks for the source's own packets, if they turn out to stand on the plan's
    grid; ``bitrate`` is what it is encoded with otherwise.
    """

    name: str
    source_index: int
    source_channels: int
    language: str
    label: str
    channels: int
    bitrate: int
    default: bool
    group: str = "stereo"
    copied: bool = False


@dataclass(frozen=True, slots=True)
class SubtitleRendition(Record):
    """One WebVTT rendition of the text track at ``source_index`` of the source."""

    name: str
    source_index: int
    codec: str
    language: str
    label: str
    default: bool
    forced: bool
    hearing_impaired: bool


@dataclass(frozen=True, slots=True)
class OriginalRendition(Record):
    """The source's own picture with boundaries of its own, for those who ask for it by hand.

    ``boundaries`` are the segments' starts in ticks of ``time_base`` on the source's clock, the last entry the end.
    """

    name: str
    width: int
    height: int
    bitrate: int
    time_base: Fraction
    boundaries: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StoryboardSpec(Record):
    """Sheets of thumbnails: one every ``interval`` seconds, ``columns`` times ``rows`` on a sheet."""

    name: str
    interval: int
    tile_width: int
    tile_height: int
    columns: int
    rows: int
