"""PLAYABLE is a promise: a viewer who begins then never waits for the factory."""

from dataclasses import replace

import pytest

from tests.transcoding.worlds import World, random_world
from transcoding.models import ChunkPart
from transcoding.promise import (
    Costs,
    Film,
    Piece,
    costs_from,
    holds,
    low_rungs,
    next_part,
    ready_lowest,
    ready_whole,
    wait_until_promise,
)

ALL, LOW, REST = ChunkPart.ALL, ChunkPart.LOW, ChunkPart.REST


def film(done: int, *, cost: float, count: int = 10, workers: int = 1, low_share: float = 0.15) -> Film:
    """A first piece of 4 s and then 24 s each, `done` of them finished; `cost` seconds for a second of film."""
    pieces = tuple(
        Piece(4.0 if number == 0 else 24.0, low_done=number < done, rest_done=number < done)
        for number in range(count)
    )
    return Film(pieces, costs_from(cost, low_share=low_share), workers)


def promised(given: Film) -> bool:
    return holds(given.pieces, ready_lowest(given))


def test_nothing_is_promised_before_the_first_piece() -> None:
    assert not holds((), [])
    assert not promised(film(0, cost=0.001))


def test_a_slow_factory_promises_nothing_early() -> None:
    assert not promised(film(1, cost=10))
    assert not promised(film(3, cost=10))


def test_a_slow_factory_promises_when_the_rest_is_made_before_it_is_needed() -> None:
    # The last piece begins at 196 s; 24 s of film alone take it 75 s, and half as long again is still early.
    assert promised(film(9, cost=10, low_share=0.15))


def test_a_fast_factory_promises_with_a_head_start() -> None:
    assert not promised(film(1, cost=0.1))
    assert promised(film(2, cost=0.1))


def test_a_whole_film_is_promised_whatever_it_took() -> None:
    assert promised(film(10, cost=1000))


def test_work_that_holds_the_workers_counts() -> None:
    quick = film(2, cost=0.1)

    assert promised(quick)
    assert not promised(replace(quick, busy=(60.0,)))
    assert promised(replace(quick, busy=(60.0,), workers=2))


def test_two_workers_are_at_two_pieces() -> None:
    one, two = film(1, cost=2), film(1, cost=2, workers=2)

    assert ready_lowest(one, lambda _number: ALL)[1:4] == [48.0, 96.0, 144.0]
    assert ready_lowest(two, lambda _number: ALL)[1:4] == [48.0, 48.0, 96.0]


def test_a_piece_that_is_half_made_takes_half_as_long() -> None:
    given = film(1, cost=2)
    pieces = list(given.pieces)
    pieces[1] = replace(pieces[1], running={ALL: 0.5})

    assert ready_lowest(replace(given, pieces=tuple(pieces)), lambda _number: ALL)[1:3] == [24.0, 72.0]


def test_the_rest_of_a_split_piece_counts_for_the_upper_rungs_alone() -> None:
    given = film(2, cost=1)
    pieces = tuple(replace(piece, split=piece.low_done, rest_done=False) for piece in given.pieces)
    split = replace(given, pieces=pieces)

    assert ready_lowest(split)[:2] == [0.0, 0.0]
    rest = given.costs.rest
    assert ready_whole(split)[:3] == pytest.approx([4 * rest, 28 * rest, 28 * rest + 24])


def test_a_promise_that_was_given_is_measured_against_its_viewers() -> None:
    given = film(2, cost=0.5)
    ready = ready_lowest(given)

    assert holds(given.pieces, ready)
    assert not holds(given.pieces, ready, waited=20)
    assert wait_until_promise(given.pieces, ready, waited=20) > 0


def test_the_lowest_rungs_are_a_fifth_of_the_ladder_at_most() -> None:
    pixels = {"1080": 1920 * 1080, "720": 1280 * 720, "540": 960 * 540, "432": 768 * 432, "360": 640 * 360,
              "240": 426 * 240}  # fmt: skip
    without_1080 = {name: size for name, size in pixels.items() if name != "1080"}

    assert low_rungs(pixels) == {"432", "360", "240"}
    assert low_rungs(without_1080) == {"360", "240"}
    assert low_rungs({"240": 426 * 240}) == frozenset()
    assert low_rungs({"360": 640 * 360, "240": 426 * 240}) == frozenset()
    assert low_rungs({}) == frozenset()


def test_a_ladder_that_outruns_playback_is_never_split() -> None:
    for done in range(10):
        assert next_part(film(done, cost=0.66), done, waited=None) == ALL
        assert next_part(film(done, cost=1.32, workers=2), done, waited=None) == ALL


def test_a_slow_ladder_makes_the_lowest_rungs_first_until_the_promise_holds() -> None:
    assert next_part(film(1, cost=2), 1, waited=None) == LOW
    assert next_part(film(9, cost=2), 9, waited=None) == ALL


def test_lowest_rungs_that_are_not_much_cheaper_stay_with_the_others() -> None:
    given = replace(film(1, cost=2), costs=Costs(2.0, 1.6, 1.0))

    assert next_part(given, 1, waited=None) == ALL


def test_after_the_promise_a_piece_is_made_whole_where_it_still_holds() -> None:
    # Six pieces are there: 124 s of film, of which a viewer has seen 10 or 100.
    given = film(6, cost=2)

    assert next_part(given, 6, waited=10) == ALL
    assert next_part(given, 6, waited=100) == LOW


@pytest.mark.parametrize("block", range(4))
def test_no_viewer_who_begins_at_the_announcement_ever_waits(block: int) -> None:
    for seed in range(block * 30, block * 30 + 30):
        world = random_world(seed).run()

        assert world.promised is not None
        assert world.stalls(world.low, world.promised) == [], seed
        if world.offered is not None:
            assert world.stalls(world.rest, world.offered) == [], seed


def test_the_promise_comes_earlier_where_the_lowest_rungs_go_first_and_never_later() -> None:
    split: list[World] = []
    for seed in range(60):
        world, plain = random_world(seed).run(), random_world(seed, may_split=False).run()

        assert world.promised is not None and plain.promised is not None
        assert world.promised <= plain.promised + 1e-9, seed
        if world.split:
            split.append(world)
            assert world.promised < plain.promised, seed

    assert len(split) > 20


def test_a_slowdown_beyond_the_margin_is_what_the_promise_does_not_cover() -> None:
    """The simulation can fail."""
    stalled = 0
    for seed in range(20):
        world = random_world(seed, slowest=3.0).run()
        assert world.promised is not None
        stalled += bool(world.stalls(world.low, world.promised))

    assert stalled > 0
