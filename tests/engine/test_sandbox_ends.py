"""How tools end in the sandbox, and what is told of it."""

import os
import signal
import subprocess
import sys
import uuid
from pathlib import Path

import pytest

from tests.engine.inside import LIBRARY, PYTHON, ROOT, python
from tests.engine.processes import soon, with_word
from transcoding.engine.ffmpeg import Limits, NoSandbox
from transcoding.engine.sandbox import Bubblewrap
from transcoding.errors import FailureCode, KilledFromOutside, MediaError


@pytest.mark.parametrize("status", [0, 1, 7, 128, 200, 255])
def test_exit_codes_come_through(walls: Bubblewrap, status: int) -> None:
    assert python(f"raise SystemExit({status})", walls).returncode == status


@pytest.mark.parametrize("walled", [True, False], ids=["sandbox", "limits only"])
@pytest.mark.parametrize(
    "number", [signal.SIGSEGV, signal.SIGABRT, signal.SIGILL, signal.SIGFPE, signal.SIGBUS]
)
def test_a_crash_is_the_fault_of_the_tool_and_worth_another_start(
    walls: Bubblewrap, walled: bool, number: signal.Signals
) -> None:
    with pytest.raises(MediaError) as caught:
        python(f"import os; os.kill(os.getpid(), {int(number)})", walls if walled else NoSandbox())

    assert type(caught.value) is MediaError
    assert caught.value.code is FailureCode.ENCODER_FAILED
    assert not caught.value.permanent
    assert caught.value.tail == f"ended by {number.name}"


@pytest.mark.parametrize("walled", [True, False], ids=["sandbox", "limits only"])
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_death_by_somebody_elses_hand_is_told_from_a_crash(
    walls: Bubblewrap, walled: bool, number: signal.Signals
) -> None:
    word = uuid.uuid4().hex
    code = "import signal, time; signal.signal(signal.SIGINT, signal.SIG_DFL); print('on', flush=True); time.sleep(60)"

    def kill(line: str) -> None:
        # The tool itself is the youngest of those that carry the word.
        os.kill(with_word(word)[-1], number)

    with pytest.raises(KilledFromOutside) as caught:
        python(code, walls if walled else NoSandbox(), word, on_line=kill)

    assert caught.value.signal_name == number.name
    assert not caught.value.permanent
    assert soon(lambda: not with_word(word), within=2.0)


def test_the_death_of_the_sandbox_takes_the_tool_along(walls: Bubblewrap) -> None:
    word = uuid.uuid4().hex

    def kill_first(line: str) -> None:
        keeper = next(pid for pid in with_word(word) if Path(f"/proc/{pid}/comm").read_text() == "bwrap\n")
        os.kill(keeper, signal.SIGKILL)

    with pytest.raises(KilledFromOutside):
        python("import time; print('on', flush=True); time.sleep(60)", walls, word, on_line=kill_first)

    assert soon(lambda: not with_word(word), within=2.0)


def test_nothing_outlives_a_worker_that_is_killed(walls: Bubblewrap) -> None:
    word = uuid.uuid4().hex
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from transcoding.engine.ffmpeg import Limits, run\n"
        "from transcoding.engine.sandbox import Bubblewrap\n"
        f"run([{PYTHON!r}, '-I', '-S', '-c', 'import os, time; os.fork(); print(1, flush=True); time.sleep(60)',"
        f" {word!r}], limits=Limits(), sandbox=Bubblewrap({walls.program!r}), reads=[Path({str(LIBRARY)!r})],"
        " on_line=lambda line: print(line, flush=True))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as worker:
        assert worker.stdout is not None
        assert [worker.stdout.readline() for _ in range(2)] == ["1\n", "1\n"]
        assert len(with_word(word)) >= 4
        worker.kill()
        worker.wait()

        assert soon(lambda: not with_word(word), within=2.0)


def test_a_tool_that_hangs_is_gone_when_the_call_is_over(walls: Bubblewrap) -> None:
    word = uuid.uuid4().hex
    code = "import os, time; os.fork(); os.setsid(); time.sleep(60)"

    with pytest.raises(MediaError) as caught:
        python(code, walls, word, limits=Limits(wall_seconds=1.5))

    assert caught.value.code is FailureCode.TIMEOUT
    assert with_word(word) == []
