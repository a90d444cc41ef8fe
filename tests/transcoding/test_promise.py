"""PLAYABLE is a promise: a viewer who begins then never waits for the factory."""

import pytest

from transcoding.promise import Piece, promise_holds


def pieces(done: int, *, count: int = 10, made: float = 0.0) -> list[Piece]:
    """A first piece of 4 s and then 24 s each, `done` of them finished and the next one at `made`."""
    return [
        Piece(
            seconds=4.0 if number == 0 else 24.0,
            made=1.0 if number < done else made if number == done else 0.0,
            done=number < done,
        )
        for number in range(count)
    ]


def test_nothing_is_promised_before_the_first_piece() -> None:
    assert not promise_holds([], spent_seconds=1, workers=1)
    assert not promise_holds(pieces(0, made=0.9), spent_seconds=0.1, workers=1)


def test_a_slow_factory_promises_nothing_early() -> None:
    assert not promise_holds(pieces(1), spent_seconds=8, workers=1)
    assert not promise_holds(pieces(5), spent_seconds=200, workers=2)


def test_a_slow_factory_promises_when_the_rest_is_made_before_it_is_needed() -> None:
    assert promise_holds(pieces(9, made=0.9), spent_seconds=400, workers=1)


def test_a_fast_factory_promises_with_a_head_start() -> None:
    assert not promise_holds(pieces(1), spent_seconds=0.1, workers=1)
    assert promise_holds(pieces(2), spent_seconds=1, workers=1)


def test_a_whole_film_is_promised_whatever_it_took() -> None:
    assert promise_holds(pieces(10), spent_seconds=10_000, workers=1)


@pytest.mark.parametrize("workers", [1, 2, 4])
@pytest.mark.parametrize("speed", [0.3, 0.8, 1.3, 2.0, 6.0])
def test_a_viewer_never_catches_up_with_a_factory_of_steady_speed(speed: float, workers: int) -> None:
    """Simulated: `workers` take pieces in order, together `speed` times as fast as the film."""
    lengths = [4.0] + [24.0] * 30
    free = [0.0] * workers
    ends: list[float] = []
    spans: list[tuple[float, float]] = []
    for length in lengths:
        worker = min(range(workers), key=lambda number: free[number])
        begun = free[worker]
        free[worker] = begun + length / (speed / workers)
        spans.append((begun, free[worker]))
        ends.append(free[worker])

    def state(now: float) -> list[Piece]:
        return [
            Piece(length, min(1.0, max(0.0, (now - begun) / (end - begun))), end <= now)
            for length, (begun, end) in zip(lengths, spans, strict=True)
        ]

    promised = next(
        now for now in sorted(ends) if promise_holds(state(now), spent_seconds=now, workers=workers)
    )

    needed = promised
    for length, end in zip(lengths, ends, strict=True):
        assert end <= needed
        needed += length
