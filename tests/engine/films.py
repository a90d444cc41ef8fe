"""Facts of films that never were, for tests that run nothing."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

from transcoding.engine.media import AudioTrack, MediaInfo, VideoTrack

VIDEO = VideoTrack(
    index=0,
    codec="h264",
    profile="High",
    pixel_format="yuv420p",
    width=1920,
    height=1080,
    display_width=1920,
    display_height=1080,
    sample_aspect=Fraction(1),
    rotation=0,
    rate=Fraction(24),
    variable_rate=False,
    frames=720,
    interlaced=False,
    transfer="bt709",
    primaries="bt709",
    matrix="bt709",
    full_range=False,
    hdr=False,
    start=Fraction(0),
    duration=Fraction(30),
)
SOUND = AudioTrack(
    index=1,
    codec="aac",
    language="en",
    title="",
    channels=2,
    layout="stereo",
    sample_rate=48_000,
    default=True,
    start=Fraction(0),
    duration=Fraction(30),
)


def film(*, sounds: tuple[AudioTrack, ...] = (SOUND,), **video: Any) -> MediaInfo:
    """A film of 30 s at 24 frames a second in 1080p with English sound, but for what is said."""
    picture = replace(VIDEO, **video)
    return MediaInfo(
        container="mov,mp4,m4a,3gp,3g2,mj2",
        size_bytes=1_000_000,
        start=picture.start,
        duration=picture.duration,
        video=picture,
        audio=sounds,
        subtitles=(),
        chapters=(),
        notes=(),
    )
