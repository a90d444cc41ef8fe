"""Single faults at chosen moments: what an operator or the system does to a worker that is at work."""

import os
import signal
from collections.abc import Iterable, Iterator
from contextlib import suppress

import pytest

from tests.faults.processes import Process, encoders, mains, pool
from tests.faults.rounds import is_encoding, leftovers
from tests.faults.world import LEASE_SECONDS, Template, World, running, state_of, wait_for


@pytest.fixture(scope="module")
def installation(template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One for all scenarios, slow enough to be at work on its film for as long as they take."""
    home = tmp_path_factory.mktemp("scenarios") / "installation"
    with running(template, home, FAULTS_READ_RATE="2") as world:
        yield world


@pytest.fixture
def world(installation: World) -> World:
    """An installation that is at work on its film."""
    if state_of(installation) == "CANCELLED":
        installation.order("retry")
    wait_for(lambda: is_encoding(installation), 60, "a piece in the making")
    return installation


def send(processes: Iterable[Process], number: int) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process.pid, number)


def gone(processes: Iterable[Process]) -> bool:
    return not any(process.lives() for process in processes)


def test_term_hands_the_work_back_within_the_grace_and_costs_nothing(world: World) -> None:
    members = world.family()
    workers, busy = mains(members, "films"), encoders(members)

    send(workers, signal.SIGTERM)

    wait_for(lambda: gone([*workers, *busy]), 10, "the end of the workers")
    counted = world.ask("SELECT DISTINCT attempt, losses FROM transcoding_chunk WHERE state != 'DONE'")
    assert set(counted) <= {(0, 0), (1, 0)}
    wait_for(lambda: is_encoding(world), 60, "the next workers")
    assert world.ask("SELECT max(attempt), max(losses) FROM transcoding_chunk") == [(1, 0)]


def test_a_worker_whose_idle_child_is_killed_makes_room_for_another(world: World) -> None:
    """Killed while it waits for work, a child keeps the lock on its pool's queue for ever."""
    members = world.family()
    hung = {main.pid for main in mains(members, "helper")}

    send(pool(members, "helper"), signal.SIGKILL)

    def is_replaced() -> bool:
        found = world.family()
        return hung.isdisjoint(main.pid for main in mains(found, "helper")) and bool(pool(found, "helper"))

    wait_for(is_replaced, 30, "another worker")


def test_cancelling_ends_the_tools_of_a_worker_that_is_stopped(world: World) -> None:
    members = world.family()
    stopped, busy = pool(members, "films"), encoders(members)
    send(stopped, signal.SIGSTOP)

    world.order("cancel")

    wait_for(lambda: gone(busy), 5, "the end of ffmpeg")
    assert world.objects() == ["source"]
    send(stopped, signal.SIGCONT)
    wait_for(lambda: not leftovers(world), 3 * LEASE_SECONDS, "the end of temporary files")
    assert state_of(world) == "CANCELLED"
    assert world.objects() == ["source"]
    assert encoders(world.family()) == []


def test_deleting_while_the_workers_are_killed_leaves_nothing(world: World) -> None:
    # The last of them, for the film is gone after it.
    members = world.family()
    killed, busy = mains(members, "films") + pool(members, "films"), encoders(members)

    world.order("delete")
    send(killed, signal.SIGKILL)

    wait_for(lambda: gone(busy), 2.5, "the end of ffmpeg")
    wait_for(lambda: not leftovers(world), 4 * LEASE_SECONDS, "the end of temporary files")
    assert world.objects() == []
    assert world.ask("SELECT count(*) FROM transcoding_asset") == [(0,)]
