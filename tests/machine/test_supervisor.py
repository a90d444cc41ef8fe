"""The supervisor over real processes: it starts again what dies and leaves nothing behind."""

import itertools
import os
import signal
import time
from pathlib import Path

from tests.machine.conftest import PARENT_OF_ONE, StartFamily, lives, wait_until
from vod.machine.childlog import ChildLog


def test_a_program_killed_with_9_is_started_again(start_family: StartFamily) -> None:
    # given
    family = start_family(web=PARENT_OF_ONE)
    wait_until(lambda: len(family.pids()) == 2)
    first, its_child = family.pids()
    # when
    os.kill(first, signal.SIGKILL)
    # then
    wait_until(lambda: len(family.pids()) == 4)
    assert not lives(first)
    assert all(lives(pid) for pid in family.pids()[2:])
    family.process.send_signal(signal.SIGTERM)
    assert "web was ended by SIGKILL. It starts again in 0.1 s" in family.said()
    assert not lives(its_child)


def test_pauses_grow_up_to_a_limit_while_a_program_keeps_failing(start_family: StartFamily) -> None:
    # given
    script = "import time; open('starts', 'a').write(f'{time.time()}\\n'); raise SystemExit('no database')"
    family = start_family(worker=script)
    starts = family.folder / "starts"
    # when
    wait_until(lambda: starts.exists() and len(starts.read_text().split()) >= 6)
    family.process.send_signal(signal.SIGTERM)
    said = family.said()
    # then
    moments = [float(line) for line in starts.read_text().split()]
    gaps = [later - earlier for earlier, later in itertools.pairwise(moments)]
    for gap, pause in zip(gaps, [0.1, 0.2, 0.4, 0.4, 0.4], strict=False):
        assert gap >= pause
    assert "worker ended by itself with status 1. It starts again in 0.4 s" in said
    assert "  worker | no database" in said


def test_the_pause_starts_anew_after_a_program_has_stayed_up(start_family: StartFamily) -> None:
    # given
    script = "import time; time.sleep(0.6)"
    family = start_family(beat=script, patience={"settled": 0.5})
    # when
    time.sleep(3.0)
    family.process.send_signal(signal.SIGTERM)
    # then
    assert "It starts again in 0.2 s" not in family.said()


def test_a_program_that_does_not_exist_is_tried_again(start_family: StartFamily, tmp_path: Path) -> None:
    # given
    gone = tmp_path / "tool"
    script = f"import os; os.execv('{gone}', ['tool'])"
    family = start_family(web=script)
    # when
    time.sleep(0.5)
    gone.write_text("#!/bin/sh\necho $$ >> pids\nexec sleep 600\n")
    gone.chmod(0o755)
    # then
    wait_until(lambda: len(family.pids()) == 1)
    assert lives(family.pids()[0])


def test_term_leaves_no_process_behind_and_ends_with_0(start_family: StartFamily) -> None:
    # given
    family = start_family(web=PARENT_OF_ONE, worker=PARENT_OF_ONE)
    wait_until(lambda: len(family.pids()) == 4)
    # when
    family.process.send_signal(signal.SIGTERM)
    said = family.said()
    # then
    assert family.process.returncode == 0
    assert "ready" in said
    assert [pid for pid in family.pids() if lives(pid)] == []


def test_a_program_deaf_to_term_is_killed_after_the_grace(start_family: StartFamily) -> None:
    # given
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + PARENT_OF_ONE
    family = start_family(web=deaf)
    wait_until(lambda: len(family.pids()) == 2)
    # when
    asked = time.monotonic()
    family.process.send_signal(signal.SIGINT)
    family.said()
    # then
    assert 1.0 <= time.monotonic() - asked < 8.0
    assert family.process.returncode == 0
    assert [pid for pid in family.pids() if lives(pid)] == []


def test_a_second_interrupt_hurries(start_family: StartFamily) -> None:
    # given
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + PARENT_OF_ONE
    family = start_family(web=deaf, patience={"grace": 60.0})
    wait_until(lambda: len(family.pids()) == 2)
    # when
    family.process.send_signal(signal.SIGINT)
    time.sleep(0.3)
    assert lives(family.pids()[0])
    family.process.send_signal(signal.SIGINT)
    # then
    family.process.communicate(timeout=10)
    assert [pid for pid in family.pids() if lives(pid)] == []


def test_a_supervisor_killed_with_9_takes_its_family_along(start_family: StartFamily) -> None:
    # given
    family = start_family(web=PARENT_OF_ONE, worker=PARENT_OF_ONE)
    wait_until(lambda: len(family.pids()) == 4)
    # when
    family.process.kill()
    family.process.wait()
    # then
    wait_until(lambda: not any(lives(pid) for pid in family.pids()))


def test_a_deaf_family_of_a_killed_supervisor_ends_too(start_family: StartFamily) -> None:
    # given
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + PARENT_OF_ONE
    family = start_family(web=deaf)
    wait_until(lambda: len(family.pids()) == 2)
    # when
    family.process.kill()
    family.process.wait()
    # then
    wait_until(lambda: not any(lives(pid) for pid in family.pids()))


def test_what_a_program_says_goes_to_its_log(start_family: StartFamily) -> None:
    # given
    family = start_family(web="import time; print('hello', flush=True); time.sleep(600)")
    log = family.folder / "logs" / "web.log"
    # then
    wait_until(lambda: log.exists() and log.read_text() == "hello\n")
    family.process.send_signal(signal.SIGTERM)
    assert "hello" not in family.said()


def test_a_log_begins_anew_when_it_is_large(tmp_path: Path) -> None:
    # given
    log = ChildLog(tmp_path / "web.log", largest=10)
    # when
    log.write(b"12345678\n")
    log.write(b"abcdefgh\n")
    # then
    assert (tmp_path / "web.log").read_bytes() == b"abcdefgh\n"
    assert (tmp_path / "web.log.1").read_bytes() == b"12345678\n"
    assert log.last_lines() == ["12345678", "abcdefgh"]
    log.close()
