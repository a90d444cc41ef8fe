"""The vandal: seeded, it does something bad every few tenths of a second, and undoes what must not last."""

import os
import random
import resource
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tests.faults import processes
from tests.faults.processes import Process
from tests.faults.store import full_marker
from tests.faults.world import LEASE_SECONDS, World


@dataclass
class Vandal:
    """`losses` is how many chunks its deeds may have cost at most; `deeds` what it did, for the report."""

    world: World
    dice: random.Random
    losses: int = 0
    deeds: list[str] = field(default_factory=list)
    _undo: list[tuple[float, Callable[[], None]]] = field(default_factory=list)

    def rage(self, seconds: float) -> None:
        """Does its worst for that long, then puts everything back that would keep a film from being made."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            time.sleep(self.dice.uniform(0.1, 1.2))
            self._undo_what_is_due()
            deed = self.dice.choice(_DEEDS)
            self.deeds.append(deed.__name__.lstrip("_"))
            deed(self)
        while self._undo:
            self._undo_what_is_due()
            time.sleep(0.05)

    def later(self, seconds: float, undo: Callable[[], None]) -> None:
        self._undo.append((time.monotonic() + seconds, undo))

    def _undo_what_is_due(self) -> None:
        due = [entry for entry in self._undo if entry[0] <= time.monotonic()]
        self._undo = [entry for entry in self._undo if entry not in due]
        for _, undo in due:
            undo()

    def one_of(self, members: list[Process]) -> list[Process]:
        return [self.dice.choice(members)] if members else []


def _signal(process: Process, number: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process.pid, number)


def _kill_ffmpeg(vandal: Vandal) -> None:
    for tool in vandal.one_of(processes.tools(vandal.world.family())):
        vandal.losses += 1
        _signal(tool, signal.SIGKILL)


def _kill_child(vandal: Vandal) -> None:
    for child in vandal.one_of(processes.pool(vandal.world.family(), "films")):
        vandal.losses += 1
        _signal(child, signal.SIGKILL)


def _kill_worker(vandal: Vandal) -> None:
    members = vandal.world.family()
    for main in vandal.one_of(processes.mains(members, "films")):
        vandal.losses += len(processes.pool(members, "films"))
        _signal(main, signal.SIGKILL)


def _kill_helper(vandal: Vandal) -> None:
    for process in vandal.one_of(_others(vandal)):
        _signal(process, signal.SIGKILL)


def _others(vandal: Vandal) -> list[Process]:
    members = [process for process in vandal.world.family() if process.is_ours]
    films = {process.pid for process in members if "--queues=films" in process.command}
    return [process for process in members if process.pid not in films and "celery" in process.command] + [
        process for process in members if process.command.rstrip().endswith("inside sweep")
    ]


def _kill_everything(vandal: Vandal) -> None:
    members = vandal.world.family()
    vandal.losses += len(processes.pool(members, "films"))
    for process in members:
        # The supervisor's guardian stays: without it the supervisor itself goes on, but unguarded.
        if "guardian" not in process.command:
            _signal(process, signal.SIGKILL)


def _stop_for_longer_than_the_lease(vandal: Vandal) -> None:
    members = vandal.world.family()
    kinds = [
        processes.pool(members, "films"),
        processes.mains(members, "films"),
        processes.tools(members),
        _others(vandal),
    ]
    for process in vandal.one_of(vandal.dice.choice(kinds)):
        vandal.losses += 2
        _signal(process, signal.SIGSTOP)
        vandal.later(LEASE_SECONDS + vandal.dice.uniform(0.2, 3.0), partial(_signal, process, signal.SIGCONT))


def _term_worker(vandal: Vandal) -> None:
    members = vandal.world.family()
    for main in vandal.one_of(processes.mains(members, "films")):
        # A chunk that is handed back costs its start.
        vandal.losses += len(processes.pool(members, "films"))
        _signal(main, signal.SIGTERM)
        which = vandal.dice.randrange(3)
        if which == 1:
            vandal.later(vandal.dice.uniform(0.05, 1.0), partial(_signal, main, signal.SIGTERM))
        elif which == 2:
            vandal.later(vandal.dice.uniform(0.05, 1.0), partial(_signal, main, signal.SIGKILL))


def _messages(vandal: Vandal) -> list[Path]:
    with suppress(FileNotFoundError):
        return sorted((vandal.world.home / "broker" / "messages").iterdir())
    return []


def _double_messages(vandal: Vandal) -> None:
    for path in _messages(vandal):
        with suppress(OSError):
            moment, _, rest = path.name.partition("_")
            shutil.copyfile(path, path.with_name(f"{moment}_{vandal.dice.getrandbits(32):08x}{rest[8:]}"))


def _lose_messages(vandal: Vandal) -> None:
    for path in _messages(vandal):
        path.unlink(missing_ok=True)


def _delay_messages(vandal: Vandal) -> None:
    aside = vandal.world.home / "delayed"
    aside.mkdir(exist_ok=True)
    for path in _messages(vandal):
        with suppress(FileNotFoundError):
            path.rename(aside / path.name)

    def deliver() -> None:
        for path in aside.iterdir():
            with suppress(FileNotFoundError):
                path.rename(vandal.world.home / "broker" / "messages" / path.name)

    vandal.later(vandal.dice.uniform(1.0, 4.0), deliver)


def _wipe_the_broker(vandal: Vandal) -> None:
    shutil.rmtree(vandal.world.home / "broker", ignore_errors=True)


def _fill_the_store(vandal: Vandal) -> None:
    marker = full_marker(vandal.world.home)
    marker.touch()
    seconds = vandal.dice.uniform(0.5, 3.0)
    # Each of two children may begin again a few times while it lasts.
    vandal.losses += 8
    vandal.later(seconds, lambda: marker.unlink(missing_ok=True))


def _limit_files(vandal: Vandal) -> None:
    for child in vandal.one_of(processes.pool(vandal.world.family(), "films")):
        vandal.losses += 4
        _set_limit(child, vandal.dice.choice((0, 4096, 40_000)))
        vandal.later(vandal.dice.uniform(0.5, 3.0), partial(_set_limit, child, resource.RLIM_INFINITY))


def _set_limit(process: Process, size: int) -> None:
    # The soft limit alone: not everybody may take a hard one back.
    with suppress(ProcessLookupError):
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def _lock_the_database(vandal: Vandal) -> None:
    database = sqlite3.connect(vandal.world.home / "db.sqlite3", timeout=10, isolation_level=None)
    with suppress(sqlite3.OperationalError):
        database.execute("BEGIN EXCLUSIVE")
        vandal.losses += 2
    vandal.later(vandal.dice.uniform(0.5, 4.0), database.close)


_DEEDS: tuple[Callable[[Vandal], None], ...] = (
    _kill_ffmpeg,
    _kill_ffmpeg,
    _kill_child,
    _kill_child,
    _kill_worker,
    _kill_helper,
    _kill_everything,
    _stop_for_longer_than_the_lease,
    _stop_for_longer_than_the_lease,
    _term_worker,
    _double_messages,
    _lose_messages,
    _delay_messages,
    _wipe_the_broker,
    _fill_the_store,
    _limit_files,
    _lock_the_database,
)
