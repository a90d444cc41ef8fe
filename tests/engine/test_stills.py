"""Which still is a good one."""

import random

import pytest

from transcoding.engine.stills import Look, choose, look

WIDE, HIGH = 32, 16
AREA = WIDE * HIGH


def planes(luma: list[int], chroma: int = 128) -> bytes:
    return bytes(luma) + bytes([chroma]) * AREA + bytes([255 - chroma]) * AREA


def noise(middle: int, spread: int, seed: int = 1) -> list[int]:
    draw = random.Random(seed)
    return [max(16, min(235, int(draw.gauss(middle, spread)))) for _ in range(AREA)]


GOOD = look(planes(noise(115, 50), chroma=90), WIDE, HIGH)


@pytest.mark.parametrize(
    "luma",
    [
        [16] * AREA,
        [235] * AREA,
        [110] * AREA,
        [16] * (AREA - 40) + [235] * 40,
        noise(22, 4),
    ],
    ids=["black", "white", "flat", "words on black", "night"],
)
def test_what_shows_nothing_has_hardly_any_merit(luma: list[int]) -> None:
    assert look(planes(luma), WIDE, HIGH).merit < GOOD.merit / 5


def test_a_soft_picture_has_less_merit_than_a_sharp_one_and_a_grey_one_than_a_coloured_one() -> None:
    slope = [16 + 219 * (place % WIDE) // WIDE for place in range(AREA)]

    assert look(planes(slope), WIDE, HIGH).sharpness < GOOD.sharpness / 2
    assert look(planes(noise(115, 50)), WIDE, HIGH).merit < GOOD.merit


def seen(merit: float, *cells: float) -> Look:
    return Look(1.0, merit, merit, 1.0, merit, 0.0, cells)


def test_the_best_are_chosen_first_and_none_twice() -> None:
    looks = [
        (1.0, seen(0.5, 10, 10)),
        (2.0, seen(0.9, 100, 50)),
        (3.0, seen(0.8, 101, 52)),
        (4.0, seen(0.6, 50, 200)),
    ]

    assert choose(looks, 3) == (2.0, 4.0, 1.0)
    assert choose(looks, 1) == (2.0,)
    assert choose([], 3) == ()
