"""Which rungs are made in AV1, and what is said of them."""

import pytest

from tests.engine.films import film
from transcoding.engine.av1 import av1_rungs, need_av1
from transcoding.engine.boxes import box, codecs_of
from transcoding.engine.plan import make_plan
from transcoding.engine.tools import Tools, find_tools
from transcoding.errors import FailureCode, MediaError


def test_the_upper_rungs_are_made_in_av1_at_the_same_size() -> None:
    plan = make_plan(film(), build="x")

    assert [rung.name for rung in plan.av1] == ["video-1080-av1", "video-720-av1"]
    assert [(rung.width, rung.height) for rung in plan.av1] == [(1920, 1080), (1280, 720)]
    assert all(av1.maxrate < h264.maxrate for av1, h264 in zip(plan.av1, plan.video, strict=False))


def test_a_small_film_has_its_top_rung_in_av1() -> None:
    plan = make_plan(film(width=640, height=360, display_width=640, display_height=360), build="x")

    assert [rung.name for rung in av1_rungs(plan.video)] == ["video-360-av1"]


def test_both_codecs_share_their_boundaries() -> None:
    plan = make_plan(film(), build="x")

    assert plan.segment_durations("video-1080-av1") == plan.segment_durations("video-1080")


def test_a_build_without_the_encoder_says_so() -> None:
    found = find_tools()
    without = Tools(found.ffmpeg, found.ffprobe, found.build, found.filters, found.encoders - {"libsvtav1"})

    with pytest.raises(MediaError, match="cannot make AV1") as caught:
        need_av1(without)

    assert caught.value.code is FailureCode.TOOLS_MISSING


@pytest.mark.parametrize(
    ("record", "codecs"),
    [
        (b"\x81\x08\x0c\x00", "av01.0.08M.08"),
        (b"\x81\x0d\xcc\x00", "av01.0.13H.10"),
        (b"\x81\x50\x6c\x00", "av01.2.16M.12"),
    ],
)
def test_the_codec_string_comes_from_the_configuration_record(record: bytes, codecs: str) -> None:
    entry = box(b"av01", bytes(78), box(b"av1C", record))
    stsd = box(b"stsd", bytes(7) + b"\x01", entry)
    mdhd = box(b"mdhd", bytes(12) + b"\x00\x00\x30\x00" + bytes(8))
    init = box(b"moov", box(b"trak", box(b"mdia", mdhd, box(b"minf", box(b"stbl", stsd)))))

    assert codecs_of(init) == codecs
