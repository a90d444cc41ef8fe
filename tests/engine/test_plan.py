"""The plan: boundaries, chunks, sound, and its life as JSON."""

import json
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest

from tests.engine.films import SOUND, film
from transcoding.engine.plan import Plan, chunks, make_plan

RATES = [
    Fraction(24),
    Fraction(25),
    Fraction(24000, 1001),
    Fraction(30000, 1001),
    Fraction(179, 6),
    Fraction(60),
]


def test_segments_are_four_seconds_and_the_last_takes_the_rest() -> None:
    plan = make_plan(film(), build="x")

    assert plan.boundaries == (0, 96, 192, 288, 384, 480, 576, 672, 720)
    assert plan.segment_count == 8
    assert plan.frames == 720
    assert plan.duration == 30


@pytest.mark.parametrize("rate", RATES)
def test_sound_and_picture_segments_begin_within_half_a_packet_of_each_other(rate: Fraction) -> None:
    frames = round(7200 * rate)
    plan = make_plan(film(rate=rate, frames=frames, duration=frames / rate), build="x")

    for frame, packet in zip(plan.boundaries[:-1], plan.packet_boundaries[:-1], strict=True):
        assert abs(frame / rate - Fraction(packet * 1024, 48_000)) <= Fraction(512, 48_000)


@pytest.mark.parametrize("rate", RATES)
def test_chunks_cover_every_segment_once_and_in_order(rate: Fraction) -> None:
    frames = round(601 * rate)
    plan = make_plan(film(rate=rate, frames=frames, duration=frames / rate), build="x")

    specs = chunks(plan)

    assert specs[0].first_segment == 0
    assert specs[-1].end_segment == plan.segment_count
    assert all(earlier.end_segment == later.first_segment for earlier, later in pairwise(specs))
    assert [spec.number for spec in specs] == list(range(len(specs)))


def test_the_first_chunk_is_one_segment_so_that_a_film_starts_soon() -> None:
    plan = make_plan(film(frames=24 * 600, duration=Fraction(600)), build="x")

    sizes = [spec.end_segment - spec.first_segment for spec in chunks(plan)]

    assert sizes[0] == 1
    assert set(sizes[1:-1]) == {6}


def test_a_short_rest_joins_the_chunk_before_it() -> None:
    plan = make_plan(film(), build="x")

    assert [(spec.first_segment, spec.end_segment) for spec in chunks(plan)] == [(0, 1), (1, 8)]


def test_a_plan_comes_back_from_json_as_it_was() -> None:
    plan = make_plan(film(rate=Fraction(24000, 1001), start=Fraction(1525, 1000)), build="n9.0.2")

    assert Plan.from_json(json.loads(json.dumps(plan.to_json()))) == plan


@pytest.mark.parametrize("broken", [None, [], {}, {"version": 1}])
def test_a_plan_that_is_none_is_refused(broken: object) -> None:
    with pytest.raises(ValueError, match="Plan"):
        Plan.from_json(broken)


def test_a_plan_with_a_field_of_another_type_is_refused() -> None:
    data = make_plan(film(), build="x").to_json()
    data["boundaries"] = ["0"]

    with pytest.raises(ValueError, match=r"Plan\.boundaries has a wrong type"):
        Plan.from_json(data)


def test_a_picture_shorter_than_its_sound_is_held() -> None:
    plan = make_plan(film(frames=194, duration=Fraction(194, 24)), build="x")

    assert plan.frames == 720
    assert plan.picture.frames == 194
    assert plan.duration == 30


def test_less_than_a_frame_more_of_sound_adds_no_frame() -> None:
    plan = make_plan(film(sounds=(replace(SOUND, duration=Fraction(3002, 100)),)), build="x")

    assert plan.frames == 720
    assert plan.duration == Fraction(3002, 100)
    assert plan.packets == 1408


def test_sound_shorter_than_the_picture_is_as_long_as_the_picture() -> None:
    plan = make_plan(film(sounds=(replace(SOUND, duration=Fraction(5)),)), build="x")

    assert plan.packets == -(-30 * 48_000 // 1024)


def test_zero_is_where_the_picture_begins() -> None:
    plan = make_plan(film(start=Fraction(10), sounds=()), build="x")

    assert plan.source_offset == 10
    assert plan.frames == 720


def test_sound_that_leads_is_kept_and_the_first_frame_held_for_whole_frames() -> None:
    plan = make_plan(film(start=Fraction(1), sounds=(SOUND,)), build="x")

    assert plan.source_offset == 0
    assert plan.frames == 744


def test_sound_that_leads_by_less_than_half_a_frame_moves_nothing() -> None:
    plan = make_plan(film(start=Fraction(1, 100)), build="x")

    assert plan.source_offset == Fraction(1, 100)
    assert plan.frames == 720


def test_a_film_of_one_frame_has_one_segment() -> None:
    plan = make_plan(film(frames=1, duration=Fraction(1, 24), sounds=()), build="x")

    assert plan.boundaries == (0, 1)
    assert [spec.end_segment for spec in chunks(plan)] == [1]


def test_labels_come_from_titles_then_languages_and_are_never_the_same() -> None:
    sounds = (
        SOUND,
        replace(SOUND, index=2, default=False),
        replace(SOUND, index=3, language="", default=False),
        replace(SOUND, index=4, title="Commentary", default=False),
    )

    plan = make_plan(film(sounds=sounds), build="x")

    assert [audio.label for audio in plan.audio] == ["English", "English (2)", "Audio 3", "Commentary"]
    assert [audio.name for audio in plan.audio] == ["audio-0", "audio-1", "audio-2", "audio-3"]
    assert [audio.default for audio in plan.audio] == [True, False, False, False]


@pytest.mark.parametrize(("minutes", "interval"), [(0.5, 2), (10, 2), (25, 5), (50, 10), (300, 10)])
def test_thumbnails_are_two_to_ten_seconds_apart_by_length(minutes: float, interval: int) -> None:
    seconds = round(minutes * 60)
    plan = make_plan(film(frames=24 * seconds, duration=Fraction(seconds), sounds=()), build="x")

    assert plan.storyboard.interval == interval


def test_a_rendition_that_is_not_in_the_plan_has_no_durations() -> None:
    with pytest.raises(KeyError):
        make_plan(film(), build="x").segment_durations("video-999")
