"""Levelling, and what the meters in a graph say."""

from fractions import Fraction

import pytest

from transcoding.engine.ffmpeg import Progress
from transcoding.engine.loudness import MeterReader, gain_db
from transcoding.engine.outputs import Loudness


@pytest.mark.parametrize(
    ("loudness", "true_peak", "gain"),
    [
        (-23.0, -10.0, 5.0),
        (-23.0, -3.0, 2.0),
        (-14.0, -0.5, -4.0),
        (-14.0, 3.5, -4.5),
        (-60.0, -50.0, 12.0),
        (-23.0, None, 5.0),
        (None, None, 0.0),
    ],
    ids=["raised", "raised to the peak", "lowered", "peak lower still", "whispers", "no peak", "silence"],
)
def test_a_track_is_brought_to_the_target_and_never_clips(
    loudness: float | None, true_peak: float | None, gain: float
) -> None:
    assert gain_db(loudness, true_peak) == gain


def read(*lines: str) -> MeterReader:
    reader = MeterReader(Fraction(10), None)
    for line in lines:
        reader(line)
    return reader


def test_the_last_whole_block_of_each_meter_counts() -> None:
    reader = read(
        *("lavfi.r128.I=-30.000", "lavfi.r128.true_peaks_ch0=0.100", "meter=1"),
        *("lavfi.r128.I=-23.041", "lavfi.r128.true_peaks_ch0=0.500", "lavfi.r128.true_peaks_ch1=0.251"),
        *("meter=1", "frame:3    pts:1440000 pts_time:30", "meter=1"),
        *("lavfi.r128.I=-18.000", "lavfi.r128.true_peaks_ch0=1.000", "meter=0"),
    )

    assert reader.of(1) == Loudness(-23.04, -6.02)
    assert reader.of(0) == Loudness(-18.0, 0.0)
    assert reader.of(2) == Loudness()


@pytest.mark.parametrize("said", ["-70.000", "-inf", "nan", "?"])
def test_silence_has_no_loudness(said: str) -> None:
    reader = read(f"lavfi.r128.I={said}", "lavfi.r128.true_peaks_ch0=0.000", "meter=0")

    assert reader.of(0) == Loudness()


def test_progress_passes_between_the_meters() -> None:
    seen: list[Progress] = []
    reader = MeterReader(Fraction(10), seen.append)

    for line in ("out_time_us=5000000", "lavfi.r128.I=-20.000", "meter=0", "progress=continue"):
        reader(line)

    assert [progress.fraction for progress in seen] == [0.5]
