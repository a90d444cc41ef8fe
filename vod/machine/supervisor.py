"""Keeps web, worker and beat running: starts again what dies, and at the end leaves nothing behind."""

import os
import selectors
import signal
import subprocess
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from vod.machine.childlog import ChildLog
from vod.machine.family import (
    MARK,
    adopt_orphans,
    collect_the_dead,
    die_with_parent,
    end_strays,
    group_lives,
    signal_groups,
)
from vod.machine.guardian import Guardian

STOPPERS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


@dataclass(frozen=True)
class Program:
    """What to keep running. `nice` is how much it steps back for others (0 to 19)."""

    name: str
    argv: Sequence[str]
    cwd: Path
    env: Mapping[str, str]
    nice: int = 0


@dataclass(frozen=True)
class Patience:
    """Seconds: pauses before a restart grow from `first_pause` to `longest_pause`; up for `settled` starts them anew."""

    first_pause: float = 1.0
    longest_pause: float = 30.0
    settled: float = 60.0
    grace: float = 15.0


@dataclass
class Child:
    program: Program
    log: ChildLog
    process: subprocess.Popen[bytes] | None = None
    pipe: int | None = None
    started: float = 0.0
    start_at: float = 0.0
    pause: float = 0.0


@dataclass
class Supervisor:
    """Runs `programs` until TERM, INT or HUP.

    `ready` is asked every quarter second until it answers True; then `announce` is called, once.
    """

    programs: Sequence[Program]
    logs: Path
    say: Callable[[str], None]
    ready: Callable[[], bool] = lambda: True
    announce: Callable[[], None] = lambda: None
    patience: Patience = field(default_factory=Patience)
    echo: bool = False

    def __post_init__(self) -> None:
        self._mark = uuid.uuid4().hex
        self._stops = 0
        self._announced = False
        self._next_question = 0.0
        self._selector = selectors.DefaultSelector()
        self._children = [
            Child(program, ChildLog(self.logs / f"{program.name}.log")) for program in self.programs
        ]

    def run(self) -> int:
        """Returns 0 after an orderly stop. Must be called from the main thread of a process of its own."""
        adopt_orphans()
        wake_reader, wake_writer = os.pipe()
        os.set_blocking(wake_reader, False)
        os.set_blocking(wake_writer, False)
        signal.set_wakeup_fd(wake_writer, warn_on_full_buffer=False)
        self._selector.register(wake_reader, selectors.EVENT_READ)
        for number in STOPPERS:
            signal.signal(number, self._on_stop)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        guardian = Guardian(self._mark)
        try:
            while not self._stops:
                self._start_what_is_due(guardian)
                self._wait(self._seconds_to_next())
                self._bury(guardian)
                self._ask_whether_ready()
            self._stop()
        finally:
            self._kill_what_is_left(guardian)
            guardian.dismiss()
            end_strays(self._mark, os.getpid())
            collect_the_dead()
            for child in self._children:
                child.log.close()
        return 0

    def _on_stop(self, number: int, frame: object) -> None:
        self._stops += 1

    def _start_what_is_due(self, guardian: Guardian) -> None:
        now = time.monotonic()
        for child in self._children:
            if child.process is None and now >= child.start_at:
                self._start(child, guardian)

    def _start(self, child: Child, guardian: Guardian) -> None:
        program = child.program
        reader, writer = os.pipe()
        child.log.forget()
        child.started = time.monotonic()

        def prepare() -> None:
            die_with_parent()
            if program.nice:
                os.nice(program.nice)

        try:
            child.process = subprocess.Popen(
                list(program.argv),
                cwd=program.cwd,
                env={**program.env, MARK: self._mark},
                stdin=subprocess.DEVNULL,
                stdout=writer,
                stderr=writer,
                start_new_session=True,
                # Safe here: this process has one thread.
                preexec_fn=prepare,
            )
        except OSError as error:
            os.close(reader)
            self._plan_restart(child, f"cannot be started ({error.strerror})")
            return
        finally:
            os.close(writer)
        os.set_blocking(reader, False)
        child.pipe = reader
        self._selector.register(reader, selectors.EVENT_READ, child)
        guardian.started(child.process.pid)

    def _seconds_to_next(self) -> float:
        now = time.monotonic()
        waits = [max(0.0, child.start_at - now) for child in self._children if child.process is None]
        if not self._announced:
            waits.append(max(0.0, self._next_question - now))
        return min([5.0, *waits])

    def _wait(self, seconds: float) -> None:
        for key, _ in self._selector.select(seconds):
            child = key.data
            if child is None:
                self._drain_wakeups(key.fd)
            else:
                self._read(child)

    @staticmethod
    def _drain_wakeups(descriptor: int) -> None:
        try:
            while os.read(descriptor, 512):
                pass
        except BlockingIOError:
            return

    def _read(self, child: Child) -> None:
        """Takes what the child has said; closes the pipe at its end (a grandchild may hold it longer than the child)."""
        assert child.pipe is not None
        try:
            data = os.read(child.pipe, 65536)
        except BlockingIOError:
            return
        if not data:
            self._close_pipe(child)
            return
        for line in child.log.write(data):
            if self.echo:
                self.say(f"{child.program.name:<6} | {line}")

    def _close_pipe(self, child: Child) -> None:
        if child.pipe is not None:
            self._selector.unregister(child.pipe)
            os.close(child.pipe)
            child.pipe = None

    def _bury(self, guardian: Guardian) -> None:
        """Collects dead children and plans when to start them again."""
        for child, status in self._collect():
            assert child.process is not None
            group = child.process.pid
            # What the dead one leaves (gunicorn's workers hold the port) would be in its successor's way.
            signal_groups([group], signal.SIGKILL)
            guardian.over(group)
            if child.pipe is not None:
                self._read(child)
            self._close_pipe(child)
            child.process = None
            self._plan_restart(child, _in_words(status))

    def _collect(self) -> list[tuple[Child, int]]:
        """Every dead child of ours with its exit code; adopted orphans are collected on the way."""
        by_pid = {child.process.pid: child for child in self._children if child.process}
        found: list[tuple[Child, int]] = []
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return found
            if pid == 0:
                return found
            child = by_pid.get(pid)
            if child is not None and child.process is not None:
                child.process.returncode = os.waitstatus_to_exitcode(status)
                found.append((child, child.process.returncode))

    def _plan_restart(self, child: Child, what: str) -> None:
        now = time.monotonic()
        stayed = now - child.started >= self.patience.settled
        longer = min(child.pause * 2, self.patience.longest_pause)
        child.pause = self.patience.first_pause if stayed or not child.pause else longer
        child.start_at = now + child.pause
        self.say(
            f"{child.program.name} {what}. It starts again in {child.pause:g} s; its log: {child.log.path}"
        )
        if not self.echo:
            for line in child.log.last_lines():
                self.say(f"  {child.program.name} | {line}")

    def _ask_whether_ready(self) -> None:
        if self._announced or time.monotonic() < self._next_question or self._stops:
            return
        if self.ready():
            self._announced = True
            self.announce()
        self._next_question = time.monotonic() + 0.25

    def _stop(self) -> None:
        """TERM, a grace that a second signal cuts short, KILL."""
        asked = self._stops
        groups = [child.process.pid for child in self._children if child.process]
        # Only the leaders are told: they know how to end their own workers in order.
        for group in groups:
            try:
                os.kill(group, signal.SIGTERM)
            except ProcessLookupError:
                continue
        deadline = time.monotonic() + self.patience.grace
        while self._stops == asked and time.monotonic() < deadline:
            self._wait(0.1)
            self._collect()
            if not any(group_lives(group) for group in groups):
                break
        signal_groups(groups, signal.SIGKILL)

    def _kill_what_is_left(self, guardian: Guardian) -> None:
        groups = [child.process.pid for child in self._children if child.process]
        signal_groups(groups, signal.SIGKILL)
        deadline = time.monotonic() + 2.0
        while time.monotonic() < deadline and any(group_lives(group) for group in groups):
            collect_the_dead()
            time.sleep(0.01)
        for group in groups:
            guardian.over(group)


def _in_words(status: int) -> str:
    if status < 0:
        try:
            return f"was ended by {signal.Signals(-status).name}"
        except ValueError:
            return f"was ended by signal {-status}"
    return f"ended by itself with status {status}"
