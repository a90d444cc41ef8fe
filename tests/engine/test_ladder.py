"""The choice of rungs by a source's true class."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest

from transcoding.engine.ladder import LADDER, choose_rungs, level_of

RATE = Fraction(24)


@pytest.mark.parametrize(
    ("size", "names", "top"),
    [
        ((3840, 2160), [2160, 1440, 1080, 720, 540, 432, 360, 240], (3840, 2160)),
        ((1920, 1080), [1080, 720, 540, 432, 360, 240], (1920, 1080)),
        ((1920, 800), [1080, 720, 540, 432, 360, 240], (1920, 800)),
        ((1920, 1088), [1080, 720, 540, 432, 360, 240], (1906, 1080)),
        ((1080, 1920), [1080, 720, 540, 432, 360, 240], (1080, 1920)),
        ((1440, 1080), [1080, 720, 540, 432, 360, 240], (1440, 1080)),
        ((854, 480), [480, 432, 360, 240], (854, 480)),
        ((853, 481), [481, 432, 360, 240], (852, 480)),
        ((1280, 360), [720, 540, 432, 360, 240], (1280, 360)),
        ((160, 120), [120], (160, 120)),
    ],
)
def test_rungs_follow_the_true_class(size: tuple[int, int], names: list[int], top: tuple[int, int]) -> None:
    rungs = choose_rungs(*size, RATE)

    assert [rung.height_class for rung in rungs] == names
    assert [rung.name for rung in rungs] == [f"video-{name}" for name in names]
    assert (rungs[0].width, rungs[0].height) == top


@pytest.mark.parametrize("size", [(1919, 803), (853, 481), (607, 1079), (3026, 1386), (65, 33), (2, 2)])
def test_rungs_have_even_sizes_and_are_never_larger_than_the_source(size: tuple[int, int]) -> None:
    for rung in choose_rungs(*size, RATE):
        assert rung.width % 2 == 0
        assert rung.height % 2 == 0
        assert rung.width <= size[0]
        assert rung.height <= size[1]


def test_each_rung_fits_into_the_one_above() -> None:
    rungs = choose_rungs(1920, 800, RATE)

    for above, below in pairwise(rungs):
        assert below.width < above.width
        assert below.height < above.height


def test_high_rates_get_a_higher_cap() -> None:
    assert (
        choose_rungs(1280, 720, Fraction(60))[0].maxrate == choose_rungs(1280, 720, RATE)[0].maxrate * 3 // 2
    )


def test_caps_fall_with_the_rungs() -> None:
    assert [rung.cap for rung in LADDER] == sorted((rung.cap for rung in LADDER), reverse=True)


@pytest.mark.parametrize(
    ("size", "rate", "level"),
    [
        ((426, 240), 24, "3.0"),
        ((1280, 720), 30, "3.1"),
        ((1280, 720), 60, "3.2"),
        ((1920, 1080), 30, "4.0"),
        ((1920, 1080), 60, "4.2"),
        ((3840, 2160), 30, "5.1"),
        ((3840, 2160), 60, "5.2"),
    ],
)
def test_levels_are_those_of_the_standard(size: tuple[int, int], rate: int, level: str) -> None:
    assert level_of(*size, Fraction(rate)) == level


def test_more_effort_changes_the_preset_and_nothing_that_can_be_seen_in_a_playlist() -> None:
    quick, careful = (choose_rungs(1920, 1080, Fraction(24), encoding=name) for name in ("speed", "quality"))

    assert {rung.preset for rung in quick} == {"veryfast"}
    assert {rung.preset for rung in careful} == {"medium"}
    assert [replace(rung, preset="") for rung in quick] == [replace(rung, preset="") for rung in careful]
