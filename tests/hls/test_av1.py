"""AV1 beside the ladder: the same film, cut in the same places."""

from dataclasses import replace
from pathlib import Path

from tests.hls import films
from tests.hls.judge import joined, likeness, read_rendition
from transcoding.engine.encode import encode_video_chunk
from transcoding.engine.factory import transcode
from transcoding.engine.plan import ChunkSpec, make_plan
from transcoding.engine.probe import probe
from transcoding.engine.tools import Tools
from transcoding.engine.verify import verify_chunk


def test_av1_has_the_same_frames_and_borders_as_h264(tools: Tools, tmp_path: Path) -> None:
    source = films.film(tools, tmp_path / "film.mp4", size="320x180", seconds=9)

    report = transcode(source, tmp_path / "out", tools=tools, av1=True)

    names = [part.name for part in report.renditions if part.codecs.startswith("av01")]
    assert names == ["video-180-av1"]
    ours = read_rendition(tmp_path / "out" / "video-180-av1")
    theirs = read_rendition(tmp_path / "out" / "video-180")
    assert [(one.start, one.samples) for one in ours] == [(one.start, one.samples) for one in theirs]
    assert all(segment.starts_with_sync for segment in ours)
    stream = joined(tmp_path / "out" / "video-180-av1", tmp_path / "av1.mp4")
    values = likeness(tools, source, stream, prepare="scale=320:180")
    assert len(values) == 216
    assert min(values) > 26


def test_av1_chunks_share_one_init_segment_at_uneven_borders(tools: Tools, tmp_path: Path) -> None:
    source = films.film(tools, tmp_path / "film.mp4", size="320x180", seconds=6, sound_seconds=0)
    plan = make_plan(probe(source, tools=tools), build=tools.build)
    plan = replace(plan, boundaries=(0, 50, 71, 120, 144))

    first, second = (
        encode_video_chunk(source, plan, chunk, tmp_path / str(chunk.number), tools=tools, rungs=plan.av1)
        for chunk in (ChunkSpec(0, 0, 2), ChunkSpec(1, 2, 4))
    )

    verify_chunk(plan, first.renditions[0])
    verify_chunk(plan, second.renditions[0], expected_init=first.renditions[0].init.read_bytes())
