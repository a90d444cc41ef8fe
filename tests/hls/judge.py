"""Reads finished streams back with other eyes than those that made them: ffmpeg's decoder and numpy."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
import numpy.typing as npt

from transcoding.engine import boxes
from transcoding.engine.tools import Tools

Samples = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment by its playlist and its boxes; times in seconds."""

    start: Fraction
    duration: Fraction
    listed: float
    samples: int
    starts_with_sync: bool


def read_rendition(folder: Path) -> list[Segment]:
    """Every segment of a rendition, in the playlist's order."""
    playlist = (folder / "index.m3u8").read_text()
    init = (folder / "init.mp4").read_bytes()
    timescale = boxes.track_head(init).timescale
    segments = []
    for length, name in re.findall(r"#EXTINF:([\d.]+),\n(\S+)", playlist):
        found = list(boxes.fragments(init + (folder / name).read_bytes()))
        segments.append(
            Segment(
                Fraction(found[0].decode_time, timescale),
                Fraction(sum(fragment.duration for fragment in found), timescale),
                float(length),
                sum(len(fragment.sizes) for fragment in found),
                found[0].starts_with_sync,
            )
        )
    return segments


def joined(folder: Path, target: Path) -> Path:
    """A rendition as one file: init and segments in the playlist's order."""
    names = re.findall(r"^\d+\.m4s$", (folder / "index.m3u8").read_text(), re.MULTILINE)
    target.write_bytes(b"".join((folder / name).read_bytes() for name in ["init.mp4", *names]))
    return target


def likeness(tools: Tools, source: Path, stream: Path, *, prepare: str, skip: int = 0) -> list[float]:
    """Peak signal-to-noise ratio of the luma of each frame, in dB, against the source prepared by a filter.

    ``skip`` frames of the stream come before the source's first.
    """
    graph = (
        f"[0:v:0]{prepare},format=yuv420p,settb=1/1000,setpts=N[a];"
        f"[1:v:0]trim=start_frame={skip},settb=1/1000,setpts=N[b];"
        "[b][a]psnr=shortest=1:stats_file=-"
    )
    completed = subprocess.run(
        [
            *(str(tools.ffmpeg), "-nostdin", "-v", "error", "-i", str(source), "-i", str(stream)),
            *("-filter_complex", graph, "-f", "null", "-"),
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    return [float(value) for value in re.findall(r"psnr_y:(\S+)", completed.stdout)]


def samples(tools: Tools, path: Path) -> Samples:
    """The first channel of a file's sound at 48 kHz."""
    completed = subprocess.run(
        [
            *(str(tools.ffmpeg), "-nostdin", "-v", "error", "-i", str(path), "-map", "0:a:0"),
            *("-af", "pan=mono|c0=c0", "-ar", "48000", "-f", "f32le", "-"),
        ],
        check=True,
        capture_output=True,
    )
    return np.frombuffer(completed.stdout, dtype="<f4")


def lag(ours: Samples, theirs: Samples, *, within: int = 4800) -> int:
    """By how many samples ``ours`` comes later, from the peak of their correlation."""
    size = min(len(ours), len(theirs))
    spectrum = np.fft.rfft(ours[:size], 2 * size) * np.conj(np.fft.rfft(theirs[:size], 2 * size))
    correlation = np.fft.irfft(spectrum)
    around = np.concatenate((correlation[-within:], correlation[:within]))
    return int(np.argmax(around)) - within


def channels(tools: Tools, path: Path, count: int) -> Samples:
    """A file's sound at 48 kHz, one row a channel."""
    completed = subprocess.run(
        [
            *(str(tools.ffmpeg), "-nostdin", "-v", "error", "-i", str(path), "-map", "0:a:0"),
            *("-ar", "48000", "-f", "f32le", "-"),
        ],
        check=True,
        capture_output=True,
    )
    return np.frombuffer(completed.stdout, dtype="<f4").reshape(-1, count).T
