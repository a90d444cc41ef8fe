"""What a growing master says of a rung is true of the dearest picture there is."""

from pathlib import Path

from tests.hls import films
from transcoding.engine.encode import encode_video_chunk
from transcoding.engine.package import SegmentFact, bandwidth_bound, peak_bandwidth, target_duration
from transcoding.engine.plan import ChunkSpec, make_plan
from transcoding.engine.probe import probe
from transcoding.engine.tools import Tools


def test_noise_stays_below_the_bound_that_was_told(tools: Tools, tmp_path: Path) -> None:
    """A grey second, so that the encoder's buffer is full, and then nothing that could be foreseen."""
    noise = "color=gray:size=640x360:rate=25:duration=9.5,noise=alls=100:allf=t+u:enable='gt(t,1)'"
    source = films.make(
        tools, tmp_path / "noise.mkv", "-f", "lavfi", "-i", noise, "-c:v", "mpeg4", "-q:v", "2"
    )  # fmt: skip
    plan = make_plan(probe(source, tools=tools), build=tools.build)

    result = encode_video_chunk(source, plan, ChunkSpec(0, 0, plan.segment_count), tmp_path, tools=tools)

    for output, rung in zip(result.renditions, plan.encoded, strict=True):
        facts = [SegmentFact(segment.bytes, segment.seconds) for segment in output.segments]
        peak = peak_bandwidth(facts, target_duration(plan))
        assert rung.maxrate < peak <= bandwidth_bound(plan, rung), rung.name
