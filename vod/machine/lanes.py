"""What a change is judged by, run: one check after the other, or lanes of checks beside each other."""

import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path

from vod.machine.console import Console
from vod.machine.errors import Problem

_SAY_SECONDS = 60.0
_END_SECONDS = 20.0
_LAST_LINES = 25


@dataclass(frozen=True)
class SecondLook:
    """How to ask once more, alone, what failed while all else was at work.

    The first command writes to `listed` what failed, one argument a line, or nothing where that says too little
    (it could not begin, say); `argv` with these arguments asks again. More than `most` are no accident.
    """

    argv: Sequence[str]
    listed: Path
    most: int = 6

    def arguments(self) -> list[str]:
        """What to ask again; empty where there is nothing to ask, or too much."""
        try:
            lines = self.listed.read_text().splitlines()
        except FileNotFoundError:
            return []
        return lines if len(lines) <= self.most else []


@dataclass(frozen=True)
class Check:
    """One command whose end decides; `env` is added to the common environment. `nice` is how far it gives way."""

    name: str
    argv: Sequence[str]
    cwd: Path
    env: Mapping[str, str] = field(default_factory=dict)
    nice: int = 0
    again: SecondLook | None = None

    @property
    def command(self) -> list[str]:
        return [*(("nice", "-n", str(self.nice)) if self.nice else ()), *self.argv]


def run_all(commands: Sequence[Check], env: Mapping[str, str], console: Console) -> int:
    """Runs each command with its output as it comes, then says which failed. Returns 1 when any did."""
    failed: list[str] = []
    for command in commands:
        console.say(f"\n== {command.name}")
        started = time.monotonic()
        try:
            status = subprocess.run(
                command.command,
                cwd=command.cwd,
                env={**env, **command.env},
                stdin=subprocess.DEVNULL,
                check=False,
            ).returncode
        except OSError as error:
            raise Problem(f"{command.argv[0]} cannot be started ({error.strerror}).") from error
        if status:
            failed.append(command.name)
        console.say(_end(command, status, time.monotonic() - started))
    console.say("\nFailed: " + ", ".join(failed) if failed else "\nAll good.")
    return 1 if failed else 0


def run_lanes(lanes: Sequence[Sequence[Check]], env: Mapping[str, str], console: Console) -> int:
    """Runs the lanes beside each other, in each one command after the other, also after one has failed.

    A command's output stands whole and alone, when it has ended; which ones are at work is said every minute. What
    can be asked again is, when all lanes have ended. At the end come the last lines of each that failed. Returns 1
    when any did.
    """
    return _Lanes(lanes, env, console).run()


class _Lanes:
    def __init__(self, lanes: Sequence[Sequence[Check]], env: Mapping[str, str], console: Console) -> None:
        self.lanes = lanes
        self.env = env
        self.console = console
        self.lock = threading.Lock()
        self.over = threading.Event()
        self.at_work: dict[str, tuple[float, subprocess.Popen[bytes]]] = {}
        self.failed: dict[str, list[str]] = {}

    def run(self) -> int:
        # Futures, since an interrupted Thread.join takes the thread for ended (CPython's bpo-45274).
        with ThreadPoolExecutor(len(self.lanes)) as pool:
            lanes = [pool.submit(self._run_lane, lane) for lane in self.lanes]
            try:
                while wait(lanes, _SAY_SECONDS).not_done:
                    self._say_what_is_at_work()
            except BaseException:
                self._end_all(lanes)
                raise
        for lane in lanes:
            lane.result()
        doubtful = self._look_again()
        for name, lines in self.failed.items():
            self.console.say(f"\n== {name} failed; its last lines:\n" + "\n".join(lines))
        if doubtful:
            self.console.say("\nGood only when asked again, alone:\n" + "\n".join(doubtful))
        self.console.say("\nFailed: " + ", ".join(self.failed) if self.failed else "\nAll good.")
        return 1 if self.failed else 0

    def _look_again(self) -> list[str]:
        """Asks again what failed beside everything else. Returns what was good this time, for somebody to mend."""
        doubtful: list[str] = []
        for command in [command for lane in self.lanes for command in lane if command.name in self.failed]:
            arguments = command.again.arguments() if command.again else []
            if not command.again or not arguments:
                continue
            name = f"{command.name}, again and alone"
            look = Check(name, [*command.again.argv, *arguments], command.cwd, command.env)
            self._run_lane([look])
            if name in self.failed:
                continue
            del self.failed[command.name]
            doubtful += arguments
        return doubtful

    def _say_what_is_at_work(self) -> None:
        with self.lock:
            now = time.monotonic()
            names = [f"{name} ({now - began:.0f} s)" for name, (began, _) in self.at_work.items()]
            self.console.say("   at work: " + ", ".join(names))

    def _end_all(self, lanes: "Sequence[Future[None]]") -> None:
        """Ends what is at work as Ctrl-C does, so that it stops its servers; kills what stays."""
        self.over.set()
        with self.lock:
            processes = [process for _, process in self.at_work.values()]
        for process in processes:
            process.send_signal(signal.SIGINT)
        wait(lanes, _END_SECONDS)
        for process in processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)

    def _run_lane(self, lane: Sequence[Check]) -> None:
        for command in lane:
            if self.over.is_set():
                return
            with tempfile.TemporaryFile() as output:
                started = time.monotonic()
                status = self._run(command, output.fileno(), started)
                output.seek(0)
                text = output.read().decode("utf-8", "replace").rstrip("\n")
            with self.lock:
                self.console.say(f"\n== {command.name}\n{text}")
                self.console.say(_end(command, status, time.monotonic() - started))
                if status:
                    self.failed[command.name] = text.splitlines()[-_LAST_LINES:]

    def _run(self, command: Check, output: int, started: float) -> int:
        with self.lock:
            if self.over.is_set():
                return 1
            try:
                # A group of its own: Ctrl-C reaches it once, through us.
                process = subprocess.Popen(
                    command.command,
                    cwd=command.cwd,
                    env={**self.env, **command.env},
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    process_group=0,
                )
            except OSError as error:
                os.write(output, f"{command.argv[0]} cannot be started ({error.strerror}).\n".encode())
                return 1
            self.at_work[command.name] = (started, process)
        status = process.wait()
        with self.lock:
            del self.at_work[command.name]
        return status


def _end(command: Check, status: int, seconds: float) -> str:
    return f"== {command.name}: {'FAILED' if status else 'good'} ({seconds:.0f} s)"
