"""Segments are read back: what is off by anything is refused."""

from fractions import Fraction
from pathlib import Path

import pytest

from tests.engine.bytes_of import init_of_picture, init_of_sound
from tests.engine.films import film
from transcoding.engine.boxes import packet_fragment
from transcoding.engine.outputs import RenditionOutput, SegmentFile
from transcoding.engine.plan import Plan, make_plan
from transcoding.engine.verify import verify_chunk
from transcoding.errors import FailureCode, MediaError


@pytest.fixture
def plan() -> Plan:
    return make_plan(film(frames=192, duration=Fraction(8)), build="x")


def output(folder: Path, name: str, init: bytes, segments: dict[int, bytes]) -> RenditionOutput:
    (folder / "init.mp4").write_bytes(init)
    files = []
    for number, content in segments.items():
        path = folder / f"{number:05d}.m4s"
        path.write_bytes(content)
        files.append(SegmentFile(number, path, len(content), Fraction(4)))
    return RenditionOutput(name, folder / "init.mp4", tuple(files))


def sound(first: int, count: int, samples: int = 1024) -> bytes:
    return packet_fragment(1, first * 1024, samples, [b"x"] * count)


def test_sound_that_is_as_planned_passes(plan: Plan, tmp_path: Path) -> None:
    init = init_of_sound(48_000)

    verify_chunk(
        plan, output(tmp_path, "audio-0", init, {0: sound(0, 188), 1: sound(188, 187)}), expected_init=init
    )


def test_a_picture_that_is_as_planned_passes(plan: Plan, tmp_path: Path) -> None:
    segment = packet_fragment(1, 96 * 512, 512, [b"x"] * 96)

    verify_chunk(plan, output(tmp_path, "video-720", init_of_picture(12_288, 1280, 720), {1: segment}))


@pytest.mark.parametrize(
    ("segment", "reason"),
    [
        (b"", "no fragment"),
        (sound(1, 188), "starts at"),
        (sound(0, 187), "187 samples"),
        (sound(0, 188, samples=960), "lasts"),
        (sound(0, 188).replace(b"\x02\x00\x00\x00", b"\x01\x01\x00\x00", 1), "sync sample"),
        (sound(0, 188)[:-5], "does not fit"),
    ],
)
def test_a_segment_that_is_off_is_refused(plan: Plan, tmp_path: Path, segment: bytes, reason: str) -> None:
    with pytest.raises(MediaError) as caught:
        verify_chunk(plan, output(tmp_path, "audio-0", init_of_sound(48_000), {0: segment}))

    assert caught.value.code is FailureCode.VERIFY_FAILED
    assert not caught.value.permanent
    assert reason in caught.value.tail


@pytest.mark.parametrize(
    ("name", "init", "reason"),
    [
        ("audio-0", init_of_sound(48_000, edit_list=True), "edit list"),
        ("video-720", init_of_picture(12_288, 1278, 720), "size is 1278x720"),
        ("audio-0", b"", "no trak box"),
    ],
)
def test_an_init_segment_that_is_off_is_refused(
    plan: Plan, tmp_path: Path, name: str, init: bytes, reason: str
) -> None:
    with pytest.raises(MediaError) as caught:
        verify_chunk(plan, output(tmp_path, name, init, {}))

    assert reason in caught.value.tail


def test_an_init_segment_that_differs_from_the_first_is_refused(plan: Plan, tmp_path: Path) -> None:
    with pytest.raises(MediaError) as caught:
        verify_chunk(
            plan, output(tmp_path, "audio-0", init_of_sound(48_000), {}), expected_init=init_of_sound(44_100)
        )

    assert "differs" in caught.value.tail


def test_a_file_that_is_gone_is_a_fault_of_the_moment(plan: Plan, tmp_path: Path) -> None:
    gone = RenditionOutput("audio-0", tmp_path / "init.mp4", ())

    with pytest.raises(MediaError) as caught:
        verify_chunk(plan, gone)

    assert caught.value.code is FailureCode.VERIFY_FAILED
