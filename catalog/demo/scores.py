"""Two ways to score a film from the sounds there are."""

from catalog.demo import sounds
from catalog.demo.kinds import Sound


def quiet(chords: tuple[tuple[int, ...], ...], low: int = 600) -> Sound:
    return lambda seconds: sounds.together(
        [(sounds.pad(chords, seconds), 1.0), (sounds.sea(seconds, low), 0.35)], seconds
    )


def ringing(numbers: tuple[int, ...], gap: float, chords: tuple[tuple[int, ...], ...]) -> Sound:
    return lambda seconds: sounds.together(
        [(sounds.bells(numbers, gap, seconds), 0.8), (sounds.pad(chords, seconds), 0.6)], seconds
    )
