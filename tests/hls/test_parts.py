"""The lowest rungs made alone are those of the whole ladder, byte for byte."""

import hashlib
from pathlib import Path

from tests.hls import films
from transcoding.engine.encode import encode_video_chunk
from transcoding.engine.ladder import VideoRung
from transcoding.engine.plan import ChunkSpec, Plan, make_plan
from transcoding.engine.probe import probe
from transcoding.engine.tools import Tools
from transcoding.models import ChunkPart
from transcoding.services.promising import rungs_of


def hashes(
    source: Path, plan: Plan, folder: Path, rungs: tuple[VideoRung, ...], tools: Tools
) -> dict[str, str]:
    """Every file that a call made of the second chunk, by its name."""
    result = encode_video_chunk(source, plan, ChunkSpec(1, 1, 3), folder, tools=tools, rungs=rungs)
    files = [
        file for output in result.renditions for file in (output.init, *(one.path for one in output.segments))
    ]
    return {str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def test_the_lowest_rungs_and_the_rest_are_the_ladder_made_at_once(tools: Tools, tmp_path: Path) -> None:
    source = films.film(tools, tmp_path / "film.mkv", size="854x480", rate="25", seconds=12, sound_seconds=0)
    plan = make_plan(probe(source, tools=tools), build=tools.build)
    low, rest = rungs_of(plan, ChunkPart.LOW), rungs_of(plan, ChunkPart.REST)
    assert [rung.name for rung in (*rest, *low)] == [rung.name for rung in plan.encoded]
    assert len(low) >= 1 and len(rest) >= 2

    whole = hashes(source, plan, tmp_path / "whole", plan.encoded, tools)
    lowest = hashes(source, plan, tmp_path / "low", low, tools)
    others = hashes(source, plan, tmp_path / "rest", rest, tools)

    assert not set(lowest) & set(others)
    assert {**lowest, **others} == whole
