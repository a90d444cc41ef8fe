"""A database that is away for a while costs time, and no work."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError

from transcoding.models import Asset, AssetState, Chunk, Segment, WorkState
from transcoding.services import making, outages, working
from transcoding.services.claiming import Hold, claim
from transcoding.services.finishing import finish_chunk
from transcoding.services.making import make_chunk
from transcoding.services.outages import outlast
from transcoding.services.stopping import tell_to_stop
from transcoding.services.working import work_once


class Clock:
    """Time that passes only when somebody sleeps, or when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock(db: None, monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(outages, "time", clock)
    monkeypatch.setattr("transcoding.services.claiming.time", clock)
    return clock


def failing(times: int, work: Callable[..., Any] = lambda: "done") -> Callable[..., Any]:
    """`work` that finds no database so many times."""
    left = [times]

    def tried(*args: Any, **options: Any) -> Any:
        if left[0]:
            left[0] -= 1
            raise OperationalError("database is locked")
        return work(*args, **options)

    return tried


def claimed() -> Hold[Chunk]:
    hold = claim(Chunk)
    assert hold is not None
    return hold


def test_what_finds_no_database_is_tried_again(clock: Clock) -> None:
    assert outlast(failing(20)) == "done"
    assert 20 < clock.now - 1000 < 60


def test_nobody_waits_for_ever(clock: Clock) -> None:
    with pytest.raises(OperationalError):
        outlast(failing(10_000))

    assert 55 < clock.now - 1000 <= 60


def test_who_is_told_to_stop_does_not_wait_beyond_the_grace(clock: Clock) -> None:
    tell_to_stop()

    with pytest.raises(OperationalError):
        outlast(failing(10_000))

    assert clock.now - 1000 <= 3


def test_work_goes_on_without_beats_until_the_lease_is_over(
    planned: Asset, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold = claimed()
    with monkeypatch.context() as away:
        away.setattr(Hold, "_write", failing(10_000))
        clock.sleep(25)
        assert not hold.should_stop()
        clock.sleep(6)
        assert hold.should_stop()
    assert not hold.lost

    clock.sleep(1)
    assert not hold.should_stop()


def test_a_chunk_cut_off_from_the_database_is_handed_back_uncounted(
    planned: Asset, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def out_of_touch() -> bool:
        clock.sleep(31)
        return True

    def cut_off(hold: Hold[Chunk]) -> None:
        with monkeypatch.context() as away:
            away.setattr(Hold, "_write", failing(10_000))
            away.setattr(hold, "should_stop", out_of_touch)
            make_chunk(hold)

    monkeypatch.setattr(working, "make_chunk", cut_off)

    work_once()

    row = Chunk.objects.get(kind="VIDEO", number=0)
    assert (row.state, row.attempt, row.failure_code) == (WorkState.WAITING, 0, "")


def test_results_are_written_when_the_database_is_back(
    planned: Asset, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold = claimed()
    monkeypatch.setattr(making, "finish_chunk", failing(5, finish_chunk))

    make_chunk(hold)

    row = Chunk.objects.get(pk=hold.row.pk)
    assert (row.state, row.attempt) == (WorkState.DONE, 1)
    assert Segment.objects.count() == 1


def test_results_whose_commit_was_not_heard_of_stay(planned: Asset, monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection broke after the commit and before its answer."""
    tries = []

    def unheard(*args: Any, **options: Any) -> None:
        tries.append(1)
        finish_chunk(*args, **options)
        if len(tries) == 1:
            raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(making, "finish_chunk", unheard)

    while work_once():
        pass

    planned.refresh_from_db()
    assert planned.state == AssetState.READY
    assert set(Chunk.objects.values_list("state", "attempt")) == {(WorkState.DONE, 1)}


def test_a_database_that_goes_in_the_middle_costs_no_start(
    planned: Asset, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "make_chunk", failing(1, make_chunk))

    work_once()

    row = Chunk.objects.get(kind="VIDEO", number=0)
    assert (row.state, row.attempt) == (WorkState.WAITING, 0)
