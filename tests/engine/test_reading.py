"""Where reading begins for a segment."""

from dataclasses import replace
from fractions import Fraction

from tests.engine.films import film
from transcoding.engine.media import KeyFrames
from transcoding.engine.plan import Plan, make_plan
from transcoding.engine.reading import read_points, seeks

TICKS = Fraction(1, 1000)


def keyed(*shown: int, **facts: object) -> tuple[int | None, ...]:
    """Read points of a film of 30 s at 24 frames with key frames at these thousandths, sought as they are shown."""
    info = replace(film(sounds=(), **facts), keys=KeyFrames(TICKS, shown, shown))
    return read_points(info, (0, 96, 192, 288), Fraction(0))


def test_reading_begins_at_the_last_key_frame_before_a_segment() -> None:
    assert keyed(0, 2500, 3900, 5000, 7999, 8100) == (None, 3_900_000, 7_999_000)


def test_a_segment_that_begins_with_a_key_frame_is_read_from_it_though_its_time_is_rounded() -> None:
    assert keyed(0, 4001, 8000, 8042) == (None, 4_001_000, 8_000_000)


def test_what_comes_before_the_second_key_frame_is_read_from_the_beginning() -> None:
    assert keyed(0, 5000) == (None, None, 5_000_000)


def test_the_deinterlacer_gets_the_fields_before() -> None:
    # 4.000 and 8.000 s less three frames of 24: 3.875 and 7.875.
    assert keyed(0, 2000, 3900, 7800, 7990, interlaced=True) == (None, 2_000_000, 7_800_000)


def test_a_film_whose_key_frames_are_unknown_has_no_read_points() -> None:
    assert keyed() == ()


def plan_of(container: str = "mov,mp4", **facts: object) -> Plan:
    return make_plan(replace(film(sounds=(), **facts), container=container), build="x")


def test_a_frame_is_sought_at_its_segments_read_point_then_from_farther_back() -> None:
    plan = replace(
        plan_of(), reads=(None, None, 7_000_000, 9_500_000, 15_000_000, 19_000_000, 23_000_000, None)
    )

    assert list(seeks(plan, 6 * 96)) == [23, 7, None]
    assert list(seeks(plan, 5 * 96 + 7)) == [19, None]
    assert list(seeks(plan, 0)) == [None]


def test_without_read_points_reading_begins_a_second_before_on_the_files_own_clock() -> None:
    assert list(seeks(plan_of(start=Fraction(10)), 96)) == [10 + 4 - 1, None]


def test_without_read_points_a_container_without_an_index_is_read_from_farther_back() -> None:
    assert list(seeks(plan_of("mpegts"), 480)) == [20 - 12, None]


def test_without_read_points_a_picture_that_has_ended_is_read_for_its_last_frame() -> None:
    plan = make_plan(film(frames=192, duration=Fraction(8)), build="x")

    assert list(seeks(plan, 480)) == [8 - 1, None]
