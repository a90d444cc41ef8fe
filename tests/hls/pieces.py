"""Streams made segment by segment, each alone, and read back as pictures."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.hls.numbered import Pixels, pictures
from transcoding.engine.encode import encode_video_chunk
from transcoding.engine.plan import ChunkSpec, Plan, make_plan
from transcoding.engine.probe import probe
from transcoding.engine.tools import Tools


@dataclass(frozen=True)
class Piece:
    """A segment's pictures in RGB; its file lies at ``<folder>/<number>.mp4``."""

    plan: Plan
    pixels: Pixels


def pieces(tools: Tools, source: Path, folder: Path, *, rung: int = 0) -> list[Piece]:
    """Every segment of a rung (0 is the highest) made alone, the last first, in order of time."""
    plan = make_plan(probe(source, tools=tools), build=tools.build)
    chosen = plan.video[rung]
    made: list[Piece] = []
    for number in reversed(range(plan.segment_count)):
        chunk = ChunkSpec(number, number, number + 1)
        encode_video_chunk(source, plan, chunk, folder, tools=tools, rungs=[chosen])
        piece = folder / f"{number}.mp4"
        parts = [folder / chosen.name / "init.mp4", folder / chosen.name / f"{number:05d}.m4s"]
        piece.write_bytes(b"".join(path.read_bytes() for path in parts))
        made.insert(0, Piece(plan, pictures(tools, piece, chosen.width, chosen.height)))
    return made


def coded_as(tools: Tools, stream: Path) -> dict[str, str]:
    """What a stream's picture says of its own pixels."""
    said = "pix_fmt,color_range,color_space,color_transfer,color_primaries,sample_aspect_ratio"
    completed = subprocess.run(
        [
            *(str(tools.ffprobe), "-v", "error", "-select_streams", "v:0"),
            *("-show_entries", f"stream={said}", "-of", "json", str(stream)),
        ],
        check=True,
        capture_output=True,
    )
    stated: dict[str, str] = json.loads(completed.stdout)["streams"][0]
    return stated
