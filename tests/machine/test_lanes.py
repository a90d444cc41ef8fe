"""What `make check` and `make test` run beside each other: whole outputs, every failure said, nothing left behind."""

import io
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.machine.conftest import wait_until
from vod.machine.console import Console
from vod.machine.lanes import Check, SecondLook, run_lanes

ROOT = Path(__file__).resolve().parents[2]

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


FAILS = """
import pathlib, sys
pathlib.Path(sys.argv[1]).write_text("".join(f"{name}\\n" for name in sys.argv[2:]))
sys.exit(1)
"""


def looked_at_again(folder: Path, then: str, *failing: str) -> tuple[int, str]:
    listed = folder / "listed"
    again = SecondLook([sys.executable, "-c", then], listed)
    first = [sys.executable, "-c", FAILS, str(listed), *failing]
    return ran([[Check("tests", first, folder, again=again)]])


def test_what_failed_is_asked_again_alone_and_named_where_it_is_good_then(tmp_path: Path) -> None:
    status, said = looked_at_again(
        tmp_path, "import sys; print('asked', sys.argv[1:])", "a.py::one[x y]", "b"
    )

    assert status == 0
    assert "asked ['a.py::one[x y]', 'b']" in said
    assert said.endswith("\nGood only when asked again, alone:\na.py::one[x y]\nb\n\nAll good.\n")


def test_what_fails_twice_has_failed(tmp_path: Path) -> None:
    status, said = looked_at_again(tmp_path, "raise SystemExit(1)", "a")

    assert status == 1
    assert said.endswith("\nFailed: tests, tests, again and alone\n")


@pytest.mark.parametrize("failing", [(), tuple("abcdefg")], ids=["none named", "too many"])
def test_what_says_nothing_or_too_much_is_not_asked_again(tmp_path: Path, failing: tuple[str, ...]) -> None:
    status, said = looked_at_again(tmp_path, "print('asked')", *failing)

    assert status == 1
    assert "asked" not in said


def test_pytest_names_what_failed_unless_it_could_not_begin(tmp_path: Path) -> None:
    listed = tmp_path / "listed"
    (tmp_path / "test_some.py").write_text(
        "import pytest\ndef test_good(): pass\n"
        "@pytest.mark.parametrize('x', ['a b'])\ndef test_bad(x): assert False\n"
    )
    (tmp_path / "test_broken.py").write_text("import no_such_module\n")

    def run(*names: str) -> str:
        listed.unlink(missing_ok=True)
        argv = [
            sys.executable,
            "-m",
            "pytest",
            "-c",
            str(ROOT / "pyproject.toml"),
            "--rootdir",
            str(tmp_path),
        ]
        subprocess.run([*argv, *names], cwd=tmp_path, env=env, check=False, capture_output=True)
        return listed.read_text() if listed.exists() else ""

    env = {**os.environ, "FAILED_TESTS": str(listed), "PYTHONPATH": str(ROOT)}
    assert run("test_some.py", "--numprocesses=2") == "test_some.py::test_bad[a b]\n"
    assert run("test_some.py", "test_broken.py") == ""
