"""Where a preview is taken from, and what is no preview."""

import subprocess
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.engine.films import film
from transcoding.engine.plan import Plan, make_plan
from transcoding.engine.preview import best_of, merit, shown_rung, stretches, verify_clip
from transcoding.engine.tools import find_tools
from transcoding.errors import FailureCode, MediaError

WIDE, TALL = 96, 54


def plan_of(seconds: int, *, rate: int = 24, **video: Any) -> Plan:
    length = Fraction(seconds)
    return make_plan(
        film(sounds=(), frames=seconds * rate, rate=Fraction(rate), duration=length, **video),
        build="test",
        segment_seconds=4,
    )


@pytest.mark.parametrize("seconds", [15, 16, 20, 59, 600, 7_200])
def test_stretches_lie_between_a_tenth_and_six_tenths(seconds: int) -> None:
    plan = plan_of(seconds)

    found = stretches(plan)

    assert 1 <= len(found) <= 8
    for stretch in found:
        start = plan.boundaries[stretch.first_segment] + stretch.skip
        assert 0.09 * seconds <= start / 24 <= 0.61 * seconds
        assert 6 * 24 <= stretch.frames <= 8 * 24
        # All of it lies in the segments that are named, and each of those has some of it.
        assert (
            stretch.skip < plan.boundaries[stretch.first_segment + 1] - plan.boundaries[stretch.first_segment]
        )
        assert (
            plan.boundaries[stretch.end_segment - 1]
            < start + stretch.frames
            <= plan.boundaries[stretch.end_segment]
        )
    assert stretches(plan) == found


@pytest.mark.parametrize("seconds", [1, 8, 14])
def test_a_film_of_a_few_seconds_is_its_own_preview(seconds: int) -> None:
    assert stretches(plan_of(seconds)) == ()


def test_it_is_made_of_the_best_rung_that_fits_a_card() -> None:
    assert (
        shown_rung(plan_of(60)).height,
        shown_rung(plan_of(60, display_width=1080, display_height=1920)).width,
    ) == (
        432,
        432,
    )


def picture(shades: bytes) -> bytes:
    return shades + bytes([128, 120]) * (WIDE * TALL)


def pattern(shift: int) -> bytes:
    return picture(bytes(16 + (x * 7 + y * 3 + shift * 5) % 220 for y in range(TALL) for x in range(WIDE)))


def test_moving_pictures_are_worth_more_than_a_still_and_black_is_worth_nothing() -> None:
    moving = merit([pattern(shift) for shift in range(8)], WIDE, TALL)
    still = merit([pattern(0)] * 8, WIDE, TALL)
    black = merit([picture(bytes([16]) * (WIDE * TALL))] * 8, WIDE, TALL)
    with_black = merit(
        [pattern(shift) for shift in range(7)] + [picture(bytes([16]) * (WIDE * TALL))] * 3, WIDE, TALL
    )

    assert moving > still > black
    assert moving > with_black
    assert black < 0.01


def test_the_best_is_taken_the_earlier_of_equals_and_none_of_nothing() -> None:
    assert best_of([0.1, 0.5, 0.5, 0.2]) == 1
    assert best_of([0.0, 0.001]) is None
    assert best_of([]) is None


@pytest.mark.parametrize(
    ("what", "options"),
    [
        ("sound", ["-c:a", "aac", "-t", "7"]),
        ("short", ["-t", "5"]),
        ("long", ["-t", "11"]),
        ("another codec", ["-t", "7", "-c:v", "mpeg4"]),
        ("fewer pictures", ["-t", "7", "-r", "5"]),
    ],
)
def test_what_is_no_clip_is_refused(what: str, options: list[str], tmp_path: Path) -> None:
    path, tools = tmp_path / "preview.mp4", find_tools()
    subprocess.run(
        [
            *(str(tools.ffmpeg), "-loglevel", "error", "-f", "lavfi", "-i", "testsrc=s=64x36:r=10:d=12"),
            *("-f", "lavfi", "-i", "sine=d=12", *([] if what == "sound" else ["-an"])),
            *("-c:v", "libx264", "-preset", "ultrafast", *options, str(path)),
        ],
        check=True,
    )

    with pytest.raises(MediaError) as caught:
        verify_clip(path, tools=tools, frames=70)

    assert caught.value.code is FailureCode.VERIFY_FAILED, what


@pytest.mark.parametrize("content", [b"", b"nothing of the kind", b"\0" * 2_000_000])
def test_what_is_no_film_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "preview.mp4"
    path.write_bytes(content)
    with pytest.raises(MediaError):
        verify_clip(path, tools=find_tools())
