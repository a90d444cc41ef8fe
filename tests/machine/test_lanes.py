"""What `make check` and `make test` run beside each other: whole outputs, every failure said, nothing left behind."""

import io
import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.machine.conftest import wait_until
from vod.machine.console import Console
from vod.machine.lanes import Check, run_lanes

# Waits for the file that the other lane's command makes; what it says comes in two pieces.
MEETS = """
import pathlib, sys, time
mine, other = map(pathlib.Path, sys.argv[1:3])
print(f"{mine.name} begins", flush=True)
mine.touch()
until = time.monotonic() + 20
while not other.exists() and time.monotonic() < until:
    time.sleep(0.01)
print(f"{mine.name} ends", flush=True)
sys.exit(0 if other.exists() else 3)
"""


def check(name: str, script: str, folder: Path, *arguments: str, nice: int = 0) -> Check:
    return Check(name, [sys.executable, "-c", script, *arguments], folder, nice=nice)


def ran(lanes: list[list[Check]]) -> tuple[int, str]:
    stream = io.StringIO()
    return run_lanes(lanes, dict(os.environ), Console(stream)), stream.getvalue()


def test_lanes_run_beside_each_other_and_what_each_says_stays_together(tmp_path: Path) -> None:
    left, right = str(tmp_path / "left"), str(tmp_path / "right")
    status, said = ran(
        [[check("one", MEETS, tmp_path, left, right)], [check("two", MEETS, tmp_path, right, left)]]
    )

    assert status == 0
    assert "\n== one\nleft begins\nleft ends\n== one: good (" in said
    assert "\n== two\nright begins\nright ends\n== two: good (" in said
    assert said.endswith("\nAll good.\n")


def test_a_failure_ends_no_lane_and_its_last_lines_come_at_the_end(tmp_path: Path) -> None:
    fails = "import sys; print(*range(100), sep='\\n'); sys.exit(1)"
    status, said = ran(
        [
            [check("fails", fails, tmp_path), check("after it", "print('still run')", tmp_path)],
            [Check("absent", ["/no/such/program"], tmp_path)],
        ]
    )

    assert status == 1
    assert "still run" in said
    assert "/no/such/program cannot be started (No such file or directory)." in said
    end = said.rpartition("== after it: good")[2]
    assert "== fails failed; its last lines:\n75\n" in end
    assert sorted(end.rpartition("Failed: ")[2].strip().split(", ")) == ["absent", "fails"]


def test_what_gives_way_is_nicer_than_the_rest(tmp_path: Path) -> None:
    shows = "import os; print('nice', os.nice(0))"
    _, said = ran([[check("one", shows, tmp_path), check("two", shows, tmp_path, nice=3)]])

    mine = os.nice(0)
    assert f"== one\nnice {mine}\n" in said
    assert f"== two\nnice {min(mine + 3, 19)}\n" in said


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Ctrl-C means what it does in a terminal, also where the tests were started in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_an_interruption_lets_each_command_tidy_up_and_starts_no_other(tmp_path: Path) -> None:
    tidies = """
import pathlib, time
try:
    pathlib.Path("here").touch()
    time.sleep(60)
except KeyboardInterrupt:
    pathlib.Path("tidy").touch()
"""
    never = "import pathlib; pathlib.Path('never').touch()"

    def interrupt() -> None:
        wait_until((tmp_path / "here").exists)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=interrupt).start()
    with pytest.raises(KeyboardInterrupt):
        ran([[check("tidies", tidies, tmp_path), check("never", never, tmp_path)]])

    assert (tmp_path / "tidy").exists()
    assert not (tmp_path / "never").exists()
