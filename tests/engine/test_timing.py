"""Rates and lengths from time stamps."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from tests.engine.films import SOUND, film
from transcoding.engine.stamps import key_frames, read_stamps
from transcoding.engine.timing import (
    believe_packets,
    claims_of_sound_hold,
    steady_rate,
    tame,
    usual_rate,
)
from transcoding.errors import FailureCode, MediaError

NTSC = Fraction(30000, 1001)


def stamps(rate: Fraction, time_base: Fraction, count: int, start: int = 0) -> list[int]:
    return [start + round(number / rate / time_base) for number in range(count)]


def lines(times: list[int], *, index: int = 0, duration: int = 0, flags: str = "K__") -> list[str]:
    return [f"{index}|{time}|{time}|{duration or 'N/A'}|{flags}" for time in times]


def claimed(**picture: Any) -> dict[str, Any]:
    video = {
        "index": 0,
        "time_base": "1/1000",
        "avg_frame_rate": "24/1",
        "r_frame_rate": "24/1",
        **picture,
    }
    return {"streams": [video, {"index": 1, "time_base": "1/1000"}], "format": {}}


@pytest.mark.parametrize("rate", [Fraction(24), Fraction(25), Fraction(24000, 1001), NTSC, Fraction(179, 6)])
@pytest.mark.parametrize("time_base", [Fraction(1, 1000), Fraction(1, 90_000), Fraction(1, 12_800)])
def test_a_constant_rate_is_found_through_the_rounding_of_time_stamps(
    rate: Fraction, time_base: Fraction
) -> None:
    assert steady_rate(stamps(rate, time_base, 900, start=137), time_base, [rate]) == (rate, 900)


def test_a_neighbouring_rate_is_not_taken_for_it() -> None:
    times = stamps(NTSC, Fraction(1, 90_000), 900)

    assert steady_rate(times, Fraction(1, 90_000), [Fraction(30), NTSC]) == (NTSC, 900)


def test_a_grid_with_a_few_dropped_frames_is_still_constant() -> None:
    times = stamps(Fraction(24), Fraction(1, 90_000), 100)
    del times[50:53]

    assert steady_rate(times, Fraction(1, 90_000), [Fraction(24)]) == (Fraction(24), 100)


def test_a_grid_that_is_mostly_empty_is_not_the_rate() -> None:
    assert steady_rate([0, 2400, 4800, 9600], Fraction(1, 57_600), [Fraction(240)]) is None


def test_a_variable_rate_goes_to_the_usual_rate_of_its_commonest_spacing() -> None:
    assert usual_rate([0, 33, 67, 100, 900, 933, 966, 2000, 2033], Fraction(1, 1000)) == 30


def test_a_rate_faster_than_any_is_sixty() -> None:
    assert usual_rate([0, 1, 2, 3], Fraction(1, 57_600)) == 60


@pytest.mark.parametrize(
    ("rate", "made"), [(120, 60), (100, 50), (240, 60), (60, 60), (24, 24), (1, 5), (Fraction(1, 512), 5)]
)
def test_constant_rates_are_made_between_five_and_sixty(rate: Fraction, made: int) -> None:
    assert float(tame(Fraction(rate))) == pytest.approx(made, rel=0.01)


def test_packets_that_an_edit_list_discards_count_but_have_no_time() -> None:
    found = read_stamps([*lines([0], flags="KD_"), *lines([40, 80], duration=40), "junk", "7|1|1|1|K"], {0})

    assert found[0].times == [40, 80]
    assert found[0].count == 3
    assert found[0].last_end == 120


def test_a_packet_without_a_presentation_time_is_placed_by_its_decode_time() -> None:
    assert read_stamps(["0|N/A|5|1|K__"], {0})[0].times == [5]


def test_length_and_start_come_from_packets_not_claims() -> None:
    packets = lines(stamps(Fraction(24), Fraction(1, 1000), 48, start=10_000), duration=41)
    packets += lines(list(range(10_000, 12_990, 10)), index=1, duration=10)

    info = believe_packets(film(duration=Fraction(10**9)), "\n".join(packets).encode(), claimed=claimed())

    assert info.video.frames == 48
    assert info.video.duration == 2
    assert info.start == 10
    assert info.audio[0].duration == Fraction(299, 100)
    assert info.duration == Fraction(299, 100)


def test_a_claim_of_a_hundred_thousand_frames_a_second_is_not_believed() -> None:
    packets = "\n".join(lines(list(range(24)), duration=1)).encode()

    info = believe_packets(
        film(),
        packets,
        claimed=claimed(time_base="1/100000", avg_frame_rate="100000/1", r_frame_rate="100000/1"),
    )

    assert info.video.rate == 60
    assert info.video.variable_rate
    assert info.video.frames == 1


def test_one_frame_lasts_as_long_as_its_claimed_rate() -> None:
    info = believe_packets(film(), b"0|0|0|N/A|K__", claimed=claimed(avg_frame_rate="25/1"))

    assert info.video.frames == 1
    assert info.video.rate == 25


def test_a_track_without_packets_is_left_out() -> None:
    packets = "\n".join(lines(stamps(Fraction(24), Fraction(1, 1000), 48))).encode()

    assert believe_packets(film(), packets, claimed=claimed()).audio == ()


@pytest.mark.parametrize(
    ("picture", "tail"),
    [({"nb_frames": "100"}, ""), ({}, "stream 1, offset 0x12842: partial file")],
)
def test_a_file_that_lacks_its_end_is_refused(picture: dict[str, Any], tail: str) -> None:
    packets = "\n".join(lines(stamps(Fraction(24), Fraction(1, 1000), 48))).encode()

    with pytest.raises(MediaError) as caught:
        believe_packets(film(), packets, claimed=claimed(**picture), tail=tail)

    assert caught.value.code is FailureCode.TRUNCATED


def test_a_recording_that_was_never_closed_is_taken_as_it_is() -> None:
    packets = "\n".join(lines(stamps(Fraction(24), Fraction(1, 1000), 48))).encode()

    info = believe_packets(film(), packets, claimed=claimed(), tail="File ended prematurely at pos. 7")

    assert info.video.frames == 48


@pytest.mark.parametrize(
    "times",
    [[0, 36_000_000], [*range(0, 13 * 3_600_000, 1_000)]],
    ids=["two frames ten hours apart", "13 hours"],
)
def test_lengths_beyond_reason_are_refused(times: list[int]) -> None:
    with pytest.raises(MediaError) as caught:
        believe_packets(film(), "\n".join(lines(times)).encode(), claimed=claimed())

    assert caught.value.code is FailureCode.DURATION_LIMIT


def test_a_file_without_any_picture_packet_is_incomplete() -> None:
    with pytest.raises(MediaError) as caught:
        believe_packets(film(), b"", claimed=claimed())

    assert caught.value.code is FailureCode.TRUNCATED


@pytest.mark.parametrize(
    ("seconds", "container", "held"),
    [
        (30, "mov,mp4,m4a,3gp,3g2,mj2", True),
        (60, "mov,mp4,m4a,3gp,3g2,mj2", True),
        (10**9, "mov,mp4,m4a,3gp,3g2,mj2", False),
        (0, "mov,mp4,m4a,3gp,3g2,mj2", False),
        (30, "matroska,webm", False),
    ],
)
def test_claims_of_sound_are_held_for_true_only_near_the_picture(
    seconds: int, container: str, held: bool
) -> None:
    info = replace(film(sounds=(replace(SOUND, duration=Fraction(seconds)),)), container=container)

    assert claims_of_sound_hold(info) is held


def test_sound_whose_packets_were_not_read_keeps_its_claims() -> None:
    packets = "\n".join(lines(stamps(Fraction(24), Fraction(1, 1000), 48))).encode()

    info = believe_packets(film(), packets, claimed=claimed(), read={0})

    assert info.audio[0].duration == 30


def test_frames_without_a_presentation_time_are_shown_when_the_next_of_them_is_decoded() -> None:
    # As in program streams: only pictures that none refers to say when they are shown.
    packets = [
        "0|40|0|40|K_",
        "0|N/A|40|40|_",
        "0|80|80|40|_",
        "0|120|120|40|_",
        "0|N/A|160|40|K_",
        "0|200|200|40|_",
    ]

    found = read_stamps(packets, {0})[0]

    assert sorted(found.times) == [40, 80, 120, 160, 200, 240]
    assert sorted(found.keys) == [(40, 0), (240, 160)]


def test_without_any_presentation_time_frames_are_shown_as_they_are_decoded() -> None:
    assert read_stamps(["0|N/A|0|40|K_", "0|N/A|40|40|_"], {0})[0].times == [0, 40]


def test_a_clock_that_falls_back_is_refused() -> None:
    packets = [*lines(list(range(0, 4000, 40))), *lines(list(range(0, 4000, 40)))]

    with pytest.raises(MediaError) as caught:
        believe_packets(film(sounds=()), "\n".join(packets).encode(), claimed=claimed())

    assert caught.value.code is FailureCode.CORRUPT
    assert "jumps back 4 seconds after its beginning" in caught.value.sentence


def test_a_clock_that_stumbles_is_not() -> None:
    packets = [*lines(list(range(0, 4000, 40))), *lines(list(range(3960, 6000, 40)))]

    assert (
        believe_packets(film(sounds=()), "\n".join(packets).encode(), claimed=claimed()).video.duration == 6
    )


def test_a_counted_rate_is_taken_for_the_usual_one_beside_it() -> None:
    times = stamps(Fraction(60000, 1001), Fraction(1, 1000), 120)
    facts = claimed(avg_frame_rate="29011/484", r_frame_rate="29011/484")

    info = believe_packets(film(sounds=()), "\n".join(lines(times)).encode(), claimed=facts)

    assert info.video.rate == Fraction(60000, 1001)


def test_one_picture_is_one_frame_whatever_it_claims() -> None:
    facts = claimed(avg_frame_rate="1/1", r_frame_rate="1/1")

    assert believe_packets(film(sounds=()), b"0|0|0|1000|K__", claimed=facts).video.frames == 1


def test_key_frames_are_kept_half_a_second_apart_with_where_each_container_finds_them() -> None:
    packets = [f"0|{shown}|{shown - 80}|40|K__" for shown in (80, 480, 600, 1200, 2000, 2040)]
    found = read_stamps(packets, {0})[0]

    by_index = key_frames(found, Fraction(1, 1000), "mov,mp4")
    by_clock = key_frames(found, Fraction(1, 1000), "mpegts")

    assert by_index.shown == by_clock.shown == (80, 600, 1200, 2000)
    # Not so late that the index would lead to the key frame after it, at 2,040.
    assert by_index.sought == (80, 600, 1200, 1959)
    assert by_clock.sought == (0, 520, 1120, 1920)
    assert key_frames(found, Fraction(1, 1000), "avi").shown == ()


def test_a_film_that_is_shorter_than_it_claims_says_so() -> None:
    packets = "\n".join(lines(list(range(0, 4000, 40)), duration=40)).encode()
    facts = {**claimed(), "format": {"duration": "60.0"}}

    notes = believe_packets(film(sounds=()), packets, claimed=facts).notes

    assert notes == (
        "This file says that it lasts 60 s, but its pictures and sound end after 4 s. It may be incomplete.",
    )
