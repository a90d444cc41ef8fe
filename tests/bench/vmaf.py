"""How good a stream looks: VMAF against its source, by libvmaf inside ffmpeg."""

from __future__ import annotations

import json
import math
import re
import subprocess
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from transcoding.engine.tools import Tools

# Every so many frames are scored: a mean over thirty seconds does not change by it.
_EVERY = 3


def score(source: Path, stream: Path, tools: Tools, *, rate: Fraction, seconds: float = 0) -> float:
    """Mean VMAF of ``stream`` shown at 1920x1080, against the source of that size; of its first ``seconds`` if given."""
    cut = ["-t", str(seconds)] if seconds else []
    # Told to be the same colours: a source that names none would be converted on its way to the scorer.
    same = "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709"
    fit = f"{same},fps={rate},scale=1920:1080:flags=bicubic,format=yuv420p,settb=1/90000,setpts=N"
    log = stream.with_suffix(".vmaf.json")
    graph = (
        f"[0:v:0]{fit}[made];[1:v:0]{fit}[source];"
        f"[made][source]libvmaf=n_threads=2:n_subsample={_EVERY}:log_fmt=json:log_path={log}"
    )
    command = [str(tools.ffmpeg), "-nostdin", "-v", "error", *cut, "-i", str(stream), *cut, "-i", str(source)]
    subprocess.run([*command, "-lavfi", graph, "-f", "null", "-"], check=True)
    found = float(json.loads(log.read_text())["pooled_metrics"]["vmaf"]["mean"])
    log.unlink()
    return found


def joined(folder: Path, name: str) -> Path:
    """A rendition's segments as one file."""
    target = folder / f"{name}.whole.mp4"
    parts = sorted((folder / name).glob("*.m4s"))
    target.write_bytes(b"".join(path.read_bytes() for path in [folder / name / "init.mp4", *parts]))
    return target


def kilobits(folder: Path, name: str, seconds: float) -> float:
    """Average rate of a rendition in kilobits a second."""
    return sum(path.stat().st_size for path in (folder / name).glob("*.m4s")) * 8 / 1000 / seconds


def rate_at(points: Sequence[tuple[float, float]], wanted: float) -> float:
    """Kilobits a second that a way needs for a score, between its measured (rate, score) points.

    Linear in the logarithm of the rate, as in Bjontegaard's comparison (VCEG-M33); beyond the points, the nearest two
    are drawn on.
    """
    ordered = sorted(points, key=lambda point: point[1])
    upper = next((number for number, point in enumerate(ordered) if point[1] >= wanted), len(ordered) - 1)
    (rate_a, score_a), (rate_b, score_b) = ordered[max(upper, 1) - 1], ordered[max(upper, 1)]
    share = (wanted - score_a) / (score_b - score_a)
    return math.exp(math.log(rate_a) + share * (math.log(rate_b) - math.log(rate_a)))


def has_vmaf(tools: Tools) -> bool:
    """Whether this build can score."""
    return "libvmaf" in tools.filters


def number_of(name: str) -> int:
    """The height in a rendition's name."""
    found = re.search(r"\d+", name)
    return int(found[0]) if found else 0
