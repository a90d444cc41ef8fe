"""The film that benchmarks run on."""

from __future__ import annotations

import subprocess
from pathlib import Path

from transcoding.engine.tools import Tools

ROOT = Path(__file__).resolve().parents[2]
_SHARED = ROOT.parent / "shared" / "media" / "good" / "bbb_1080p24_30s_51.mp4"


def film_1080p(folder: Path, tools: Tools) -> tuple[Path, str]:
    """Thirty seconds of 1080p24 with sound, and its name for a report.

    Big Buck Bunny where the shared media are; otherwise a film made on the spot, which encodes faster.
    """
    if _SHARED.exists():
        return _SHARED, "Big Buck Bunny, 30 s, 1080p24, 5.1"
    target = folder / "made.mp4"
    subprocess.run(
        [
            *(str(tools.ffmpeg), "-nostdin", "-v", "error", "-y"),
            *("-f", "lavfi", "-i", "mandelbrot=size=1920x1080:rate=24,noise=alls=6:allf=t"),
            *("-f", "lavfi", "-i", "sine=frequency=220:sample_rate=48000"),
            *("-t", "30", "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "veryfast", "-crf", "18"),
            *("-c:a", "aac", "-ac", "2", str(target)),
        ],
        check=True,
    )
    return target, "a generated film, 30 s, 1080p24, stereo"


def repeated(source: Path, target: Path, tools: Tools, *, times: int) -> Path:
    """A film several times over, without encoding it anew."""
    subprocess.run(
        [
            *(str(tools.ffmpeg), "-nostdin", "-v", "error", "-y"),
            *("-stream_loop", str(times - 1), "-i", str(source), "-map", "0", "-c", "copy", str(target)),
        ],
        check=True,
    )
    return target
