"""Which packets of a source can stand on the plan's grid, and where."""

from fractions import Fraction

import pytest

from transcoding.engine.sound_copy import PacketTimes, first_place, is_plain_stereo, read_packet_times

IN_SAMPLES, IN_MILLISECONDS = Fraction(1), Fraction(48)


def steady(start: int, count: int = 500, *, size: int = 300) -> PacketTimes:
    return PacketTimes(IN_SAMPLES, tuple(start + 1024 * n for n in range(count)), (size,) * count)


@pytest.mark.parametrize(
    ("start", "offset", "place"),
    [(0, 0, 0), (-1024, 0, -1), (-2112, 0, -2), (400, 0, 0), (600, 0, 1), (96_000, 2, 0), (61_376, 0, 60)],
)
def test_a_track_stands_at_the_nearest_place(start: int, offset: int, place: int) -> None:
    assert first_place(steady(start), Fraction(offset)) == place


def test_time_stamps_in_milliseconds_are_good_enough() -> None:
    times = tuple(round(1024 * n / 48) for n in range(20_000))

    assert first_place(PacketTimes(IN_MILLISECONDS, times, (300,) * 20_000), Fraction(0)) == 0


@pytest.mark.parametrize("late", [200, -200, 1024], ids=["a hole", "an overlap", "a lost packet"])
def test_a_step_that_is_no_packet_is_not_copied(late: int) -> None:
    times = tuple(1024 * n + (late if n > 250 else 0) for n in range(500))

    assert first_place(PacketTimes(IN_SAMPLES, times, (300,) * 500), Fraction(0)) is None


def test_a_clock_that_runs_away_is_not_copied() -> None:
    times = tuple(1026 * n for n in range(500))

    assert first_place(PacketTimes(IN_SAMPLES, times, (300,) * 500), Fraction(0)) is None


def test_a_rate_above_the_cap_is_not_copied() -> None:
    at_the_cap = 320_000 // 8 * 1024 // 48_000

    assert first_place(steady(0, size=at_the_cap), Fraction(0)) == 0
    assert first_place(steady(0, size=at_the_cap + 1), Fraction(0)) is None


def test_no_packets_are_not_copied() -> None:
    assert first_place(steady(0, 0), Fraction(0)) is None


def test_packet_times_are_read_from_ffmpegs_lines() -> None:
    lines = ["#tb 0: 1/1000", "#codec_id 0: aac", "0, -21, -21, 21, 300, 0x0, F=0x5", "0, 0, 1, 21, 6, 0x1"]

    assert read_packet_times(lines) == PacketTimes(IN_MILLISECONDS, (-21, 1), (300, 6))


@pytest.mark.parametrize("lines", [[], ["0, 0, 0, 1024, 6, 0x1"], ["#tb 0: 1/48000", "0, 0"]])
def test_lines_that_say_nothing_of_time_are_refused(lines: list[str]) -> None:
    with pytest.raises(ValueError, match=r"there is no time base|cut off"):
        read_packet_times(lines)


@pytest.mark.parametrize(
    ("config", "plain"),
    [
        ("1190", True),
        ("119056e500", True),
        ("119056e580", False),
        ("1210", False),
        ("1188", False),
        ("1180", False),
        ("1194", False),
        ("2b11880000", False),
        ("", False),
    ],
    ids=["plain", "no SBR", "SBR", "44.1 kHz", "mono", "by element", "960 samples", "HE-AAC", "empty"],
)
def test_plain_stereo_is_told_from_its_look_alikes(config: str, plain: bool) -> None:
    assert is_plain_stereo(bytes.fromhex(config)) is plain
