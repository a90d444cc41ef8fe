"""Films of a white frame and a beep at the same moment, again and again, and how far apart the two are afterwards."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from tests.hls.films import make
from tests.hls.judge import joined, samples
from transcoding.engine.tools import Tools

# Frames between two flashes; the first comes half as long after the beginning.
_EVERY = {Fraction(24000, 1001): 24, Fraction(25): 25, Fraction(30000, 1001): 30, Fraction(50): 50}


@dataclass(frozen=True, slots=True)
class Flashes:
    """``rate`` in frames a second; ``stretch`` is by how much the time stamps of the sound run slow."""

    rate: Fraction = Fraction(25)
    seconds: int = 20
    sample_rate: int = 48_000
    channels: int = 2
    stretch: float = 1.0

    @property
    def period(self) -> Fraction:
        return _EVERY[self.rate] / self.rate

    def make(
        self,
        tools: Tools,
        target: Path,
        *options: str,
        picture: str = "null",
        sound: str = "anull",
    ) -> Path:
        """The film, with more filters for ``picture`` and ``sound``, and options of the encoders and the muxer."""
        every, first = _EVERY[self.rate], _EVERY[self.rate] // 2
        base = f"color=black:s=160x90:r={self.rate}:d={self.seconds}"
        flash = f"drawbox=color=white:t=fill:enable='eq(mod(n,{every}),{first})'"
        beginning = float(first / self.rate) / self.stretch
        period = float(self.period) / self.stretch
        since = f"mod(t-{beginning:.9f}+{period:.9f},{period:.9f})"
        tone = f"0.5*sin(2*PI*1000*{since})*lt({since},0.05)*gte(t,{beginning - 0.001:.9f})"
        layout = {1: "mono", 2: "stereo", 6: "5.1"}[self.channels]
        beeps = "|".join([tone] * self.channels).replace(",", "\\,")
        source = f"aevalsrc={beeps}:s={self.sample_rate}:c={layout}:d={self.seconds}"
        return make(
            tools,
            target,
            *("-f", "lavfi", "-i", base, "-f", "lavfi", "-i", source),
            *("-filter_complex", f"[0:v]{flash},{picture}[v];[1:a]asetpts=PTS*{self.stretch},{sound}[a]"),
            *("-map", "[v]", "-map", "[a]", "-c:v", "libx264", "-preset", "ultrafast", "-g", "50"),
            *("-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "128k", *options),
        )


def offsets(tools: Tools, folder: Path, picture: str, sound: str) -> list[float]:
    """By how many seconds each beep comes later than its flash in a finished folder; flashes without one are left out."""
    shown = _flashes(tools, joined(folder / picture, folder / "picture.mp4"))
    heard = _beeps(samples(tools, joined(folder / sound, folder / "sound.mp4")))
    found = []
    for flash in shown:
        nearest = min(heard, key=lambda beep: abs(beep - flash))
        if abs(nearest - flash) < 0.2:
            found.append(nearest - flash)
    return found


def _flashes(tools: Tools, path: Path) -> list[float]:
    told = "scale=8:8,signalstats,metadata=print:key=lavfi.signalstats.YAVG:file=-"
    completed = subprocess.run(
        [
            *(str(tools.ffmpeg), "-nostdin", "-v", "error", "-i", str(path), "-vf", told),
            *("-fps_mode", "passthrough", "-f", "null", "-"),
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    # By its time stamp, not its number: a copied picture may hold its first frame.
    frames = re.findall(r"pts_time:(\S+)\s+lavfi.signalstats.YAVG=(\S+)", completed.stdout)
    return [float(time) for time, light in frames if float(light) > 128]


def _beeps(sound: np.ndarray[tuple[int], np.dtype[np.float32]]) -> list[float]:
    """When each beep begins; a lossy coder may be heard a little before it."""
    loud = np.flatnonzero(np.abs(sound) > 0.1)
    return [float(at) / 48_000 for at in loud[np.flatnonzero(np.diff(loud, prepend=-48_000) > 9_600)]]
