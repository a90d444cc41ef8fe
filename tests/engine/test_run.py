"""The door to subprocesses, tried with Python itself as the tool."""

import os
import signal
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

from tests.engine.processes import alive, soon
from transcoding.engine.ffmpeg import Completed, Limits, NoSandbox, Progress, ProgressReader, run
from transcoding.engine.sources import input_of
from transcoding.errors import FailureCode, MediaError

ROOT = Path(__file__).resolve().parents[2]


def python(code: str, limits: Limits | None = None, **options: object) -> Completed:
    return run(
        [sys.executable, "-I", "-c", code],
        limits=limits or Limits(wall_seconds=20),
        sandbox=NoSandbox(),
        **options,  # type: ignore[arg-type]
    )


def gone(pid: int, within: float = 5.0) -> bool:
    return soon(lambda: not alive(pid), within)


def test_a_tool_that_ends_well_hands_over_what_it_said_and_cost() -> None:
    completed = python("import sys; print('out'); print('err', file=sys.stderr); sum(range(3_000_000))")

    assert completed.returncode == 0
    assert completed.stdout == b"out\n"
    assert completed.tail == "err"
    assert 0 < completed.usage.cpu_seconds < 10
    assert completed.usage.peak_bytes > 1_000_000


def test_only_the_last_words_of_a_long_complaint_are_kept() -> None:
    completed = python("import sys; sys.stderr.write('x' * 300_000 + 'the end'); sys.exit(3)")

    assert completed.returncode == 3
    assert completed.tail.endswith("the end")
    assert len(completed.tail) <= 4096


def test_a_tool_that_takes_too_long_is_ended_with_all_its_children() -> None:
    pids: list[int] = []
    code = (
        "import os, subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "print(child.pid, flush=True); time.sleep(60)"
    )

    with pytest.raises(MediaError) as caught:
        python(code, Limits(wall_seconds=1.5), on_line=lambda line: pids.append(int(line)))

    assert caught.value.code is FailureCode.TIMEOUT
    assert len(pids) == 1
    assert gone(pids[0])


def test_work_that_is_cancelled_ends_at_once() -> None:
    started = time.monotonic()

    with pytest.raises(MediaError) as caught:
        python("import time; time.sleep(60)", should_stop=lambda: time.monotonic() - started > 0.3)

    assert caught.value.code is FailureCode.CANCELLED
    assert caught.value.permanent
    assert time.monotonic() - started < 3


def test_whether_to_stop_is_not_asked_at_every_line() -> None:
    asked: list[float] = []

    def never() -> bool:
        asked.append(time.monotonic())
        return False

    python(
        "import time\nfor n in range(300): print('x' * 5000, flush=True); time.sleep(0.002)",
        should_stop=never,
    )

    assert asked
    assert all(later - earlier >= 0.19 for earlier, later in pairwise(asked))


def test_memory_is_bounded() -> None:
    completed = python("x = bytearray(2 * 1024**3)", Limits(wall_seconds=20, memory_bytes=1024**3))

    assert completed.returncode == 1
    assert "MemoryError" in completed.tail


@pytest.mark.parametrize(
    ("code", "limits"),
    [
        ("while True: pass", Limits(wall_seconds=20, cpu_seconds=1)),
        (
            "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_DFL)\n"
            "open('big', 'wb').write(b'x' * 10_000_000)",
            Limits(wall_seconds=20, file_bytes=1_000_000),
        ),
    ],
    ids=["computing time", "size of a file"],
)
def test_limits_of_the_machine_end_a_tool_with_their_own_code(
    code: str, limits: Limits, tmp_path: Path
) -> None:
    with pytest.raises(MediaError) as caught:
        python(code, limits, cwd=tmp_path)

    assert caught.value.code is FailureCode.RESOURCE_LIMIT


def test_what_a_tool_says_is_bounded() -> None:
    with pytest.raises(MediaError) as caught:
        python("while True: print('x' * 10_000)", Limits(wall_seconds=20, output_bytes=1_000_000))

    assert caught.value.code is FailureCode.RESOURCE_LIMIT


def test_a_tool_sees_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "do not tell")

    assert b"do not tell" not in python("import os; print(dict(os.environ))").stdout


def test_a_tool_does_not_outlive_the_process_that_started_it() -> None:
    code = (
        "import sys\n"
        "from transcoding.engine.ffmpeg import Limits, NoSandbox, run\n"
        "run([sys.executable, '-c', 'import os, time; print(os.getpid(), flush=True); time.sleep(60)'],"
        " limits=Limits(), sandbox=NoSandbox(), on_line=lambda line: print(line, flush=True))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as worker:
        assert worker.stdout is not None
        tool = int(worker.stdout.readline())
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()

    assert gone(tool, within=2.0)


def test_progress_is_read_from_lines_and_never_falls() -> None:
    seen: list[Progress] = []
    reader = ProgressReader(10.0, seen.append)

    for line in ("out_time_us=N/A", "progress=continue", "out_time_us=5000000", "progress=continue"):
        reader(line)
    for line in ("out_time_us=4000000", "progress=continue", "out_time_us=99000000", "progress=end"):
        reader(line)

    assert [progress.fraction for progress in seen] == [0.0, 0.5, 0.5, 1.0]
    assert seen[0].speed is None
    assert seen[1].seconds_left is not None


def test_an_input_is_never_read_as_anything_but_a_file(tmp_path: Path) -> None:
    assert input_of(tmp_path / "-http:x") == ["-i", f"file:{tmp_path.resolve()}/-http:x"]
