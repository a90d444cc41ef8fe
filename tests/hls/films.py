"""Small films made by ffmpeg's generators at test time, each with something that goes wrong easily."""

from __future__ import annotations

import subprocess
from pathlib import Path

from transcoding.engine.tools import Tools

_PICTURE = "testsrc2=size={size}:rate={rate}:duration={seconds}"
# A sweep: its correlation with itself has one peak.
_SOUND = "aevalsrc=0.4*sin(2*PI*(100+40*t)*t):s=48000:d={seconds}"
# In the colours of film stock, which are never copied: what is tested with these is how films are encoded.
_H264 = (
    "-c:v",
    "libx264",
    "-preset",
    "ultrafast",
    "-crf",
    "12",
    "-pix_fmt",
    "yuv420p",
    "-g",
    "50",
    "-bf",
    "2",
    "-x264-params",
    "colorprim=film",
)
_AAC = ("-c:a", "aac", "-ac", "2", "-b:a", "128k")


def make(tools: Tools, target: Path, *options: str) -> Path:
    """Run ffmpeg with these options into ``target``."""
    subprocess.run([str(tools.ffmpeg), "-nostdin", "-v", "error", "-y", *options, str(target)], check=True)
    return target


def film(
    tools: Tools,
    target: Path,
    *options: str,
    size: str = "640x360",
    rate: str = "24",
    seconds: float = 10,
    sound_seconds: float | None = None,
) -> Path:
    """A moving test chart with a sweep for sound; ``sound_seconds`` of 0 is none."""
    length = seconds if sound_seconds is None else sound_seconds
    picture = _PICTURE.format(size=size, rate=rate, seconds=seconds)
    inputs = ["-f", "lavfi", "-i", picture]
    if length:
        inputs += ["-f", "lavfi", "-i", _SOUND.format(seconds=length)]
    return make(tools, target, *inputs, *_H264, *(_AAC if length else ()), *options)


def late_transport_stream(tools: Tools, target: Path) -> Path:
    """MPEG-TS whose clock starts at 100 s, with key frames 2 s apart and no index."""
    return film(
        tools,
        target,
        "-muxdelay",
        "0",
        "-output_ts_offset",
        "100",
        "-f",
        "mpegts",
        rate="25",
        size="320x180",
        seconds=21,
    )


def variable_rate(tools: Tools, target: Path, *options: str) -> Path:
    """Thirty frames a second of which every seventh and eleventh is missing, and whole seconds stand still."""
    kept = "select='mod(n,7)*mod(n,11)*not(between(n,100,160))',setpts=PTS+mod(N*7919\\,5)*0.001/TB"
    return film(
        tools,
        target,
        "-vf",
        kept,
        "-fps_mode",
        "vfr",
        "-video_track_timescale",
        "90000",
        *options,
        "-f",
        "mp4",
        rate="30",
    )


def rotated(tools: Tools, folder: Path) -> Path:
    """A film lying on its side, with the note that it is to be turned."""
    flat = film(tools, folder / "flat.mp4", seconds=3)
    return make(tools, folder / "rotated.mp4", "-display_rotation:v:0", "90", "-i", str(flat), "-c", "copy")


def in_container(tools: Tools, target: Path, *options: str) -> Path:
    """A small silent film in another container and codec, long enough to be sought in."""
    chart = _PICTURE.format(size="160x90", rate="25", seconds=21)
    return make(tools, target, "-f", "lavfi", "-i", chart, *options)


def audio_video_interleave(tools: Tools, target: Path) -> Path:
    """AVI with MPEG-4 and far key frames."""
    return in_container(tools, target, "-c:v", "mpeg4", "-bf", "2", "-g", "100", "-q:v", "2", "-f", "avi")


def program_stream(tools: Tools, target: Path) -> Path:
    """MPEG-PS, which has no index."""
    return in_container(
        tools, target, "-c:v", "mpeg2video", "-bf", "2", "-g", "60", "-q:v", "2", "-f", "mpeg"
    )


def flash(tools: Tools, target: Path) -> Path:
    """FLV with Sorenson's H.263."""
    return in_container(tools, target, "-c:v", "flv1", "-g", "60", "-q:v", "2", "-f", "flv")
