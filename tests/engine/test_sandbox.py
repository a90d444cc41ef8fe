"""The sandbox, tried with Python as the tool: what it lets in and out. It needs bubblewrap (make test installs it)."""

import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import uuid
from pathlib import Path

import pytest

from tests.engine.processes import soon, with_word
from transcoding.engine import sandbox as sandboxes
from transcoding.engine.ffmpeg import Completed, Limits, NoSandbox, Sandbox, run
from transcoding.engine.sandbox import Bubblewrap, SandboxMode, choose_sandbox, try_sandbox
from transcoding.errors import FailureCode, KilledFromOutside, MediaError

ROOT = Path(__file__).resolve().parents[2]
PYTHON = os.path.realpath(sys.executable)
LIBRARY = Path(sys.base_prefix)


@pytest.fixture(scope="module")
def walls() -> Bubblewrap:
    program = shutil.which("bwrap")
    assert program, "bubblewrap is not here: install it (apt install bubblewrap), or use make test"
    try:
        python("pass", Bubblewrap(program))
    except MediaError:
        # Older than 0.8.
        return Bubblewrap(program, sealed=False)
    return Bubblewrap(program)


@pytest.fixture
def untried(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a process that has tried no sandbox yet."""
    monkeypatch.setattr(sandboxes, "_proved", {})
    monkeypatch.setattr(sandboxes, "_refused", {})


def python(
    code: str, walls: Sandbox, *words: str | Path, limits: Limits | None = None, **options: object
) -> Completed:
    reads = [LIBRARY, *options.pop("reads", ())]  # type: ignore[misc]
    return run(
        [PYTHON, "-I", "-S", "-c", code, *map(str, words)],
        limits=limits or Limits(wall_seconds=20),
        sandbox=walls,
        reads=reads,
        **options,  # type: ignore[arg-type]
    )


def said(completed: Completed) -> list[str]:
    assert completed.returncode == 0, completed.tail
    return completed.stdout.decode().split("\n")[:-1]


def test_an_input_is_read_at_its_own_path(walls: Bubblewrap, tmp_path: Path) -> None:
    source = tmp_path / "deep" / "film.mp4"
    source.parent.mkdir()
    source.write_text("a film")

    assert said(python("import sys; print(open(sys.argv[1]).read())", walls, source, reads=[source])) == [
        "a film"
    ]


def test_an_input_is_found_through_a_link_and_by_its_true_name(walls: Bubblewrap, tmp_path: Path) -> None:
    source, link = tmp_path / "film.mp4", tmp_path / "link.mp4"
    source.write_text("a film")
    link.symlink_to(source)

    code = "import sys; print(open(sys.argv[1]).read(), open(sys.argv[2]).read())"
    assert said(python(code, walls, link, source, reads=[link])) == ["a film a film"]


def test_no_other_file_can_be_seen(walls: Bubblewrap, tmp_path: Path) -> None:
    source, sibling = tmp_path / "film.mp4", tmp_path / "secret"
    source.write_text("a film")
    sibling.write_text("a secret")
    hidden: list[Path | str] = [
        sibling,
        ROOT / "manage.py",
        Path.home(),
        "/etc/passwd",
        "/etc/shadow",
        "/bin/sh",
        "/usr/bin",
        "/var",
    ]
    assert all(Path(path).exists() for path in hidden)

    code = "import os, sys; [print(path) for path in sys.argv[1:] if os.path.exists(path)]"
    seen = said(python(code, walls, *hidden, source, reads=[source]))

    # The interpreter lies in one of these folders on some machines, and is all that is seen of it.
    assert seen == [str(path) for path in hidden if LIBRARY.is_relative_to(path)] + [str(source)]


def test_writing_is_possible_into_the_given_folder_only(walls: Bubblewrap, tmp_path: Path) -> None:
    out, source, beside = tmp_path / "out", tmp_path / "film.mp4", tmp_path / "beside"
    out.mkdir()
    source.write_text("a film")
    inside = out / "copied"
    inside.write_text("a source inside of the folder")
    code = (
        "import sys\n"
        "for path in sys.argv[1:]:\n"
        "    try: open(path, 'w').write('new'); print('written')\n"
        "    except OSError as error: print(error.strerror)"
    )
    places: list[Path | str] = [
        out / "new",
        inside,
        source,
        beside,
        "/tmp/x",
        "/x",
        "/dev/x",
        "/dev/shm/x",
        f"{LIBRARY}/x",
    ]

    answers = said(python(code, walls, *places, reads=[source, inside], writes=[out]))

    assert answers == ["written", *["Read-only file system"] * 8]
    assert (out / "new").read_text() == "new"
    assert inside.read_text() == "a source inside of the folder"
    assert source.read_text() == "a film"
    assert not beside.exists()


def test_nobody_can_be_called(walls: Bubblewrap) -> None:
    code = (
        "import socket, sys\n"
        "print([name for _, name in socket.if_nameindex()])\n"
        "for family, place in ((socket.AF_INET, ('127.0.0.1', int(sys.argv[1]))), (socket.AF_UNIX, '\\0' + sys.argv[2])):\n"
        "    try: socket.socket(family).connect(place); print('connected')\n"
        "    except OSError as error: print(error.strerror)"
    )
    name = uuid.uuid4().hex
    with socket.socket() as listener, socket.socket(socket.AF_UNIX) as abstract:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        abstract.bind("\0" + name)
        abstract.listen()
        port = str(listener.getsockname()[1])

        assert said(python(code, NoSandbox(), port, name))[1:] == ["connected", "connected"]
        assert said(python(code, walls, port, name)) == ["['lo']", "Connection refused", "Connection refused"]


def test_a_tool_has_no_environment_no_powers_and_no_company(
    walls: Bubblewrap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "do not tell")
    code = (
        "import os\n"
        "print(sorted(os.environ))\n"
        "print([line.split()[1] for line in open('/proc/self/status') if line.startswith(('CapEff', 'CapBnd'))])\n"
        "print(sorted(name for name in os.listdir('/proc') if name.isdigit()))"
    )

    assert said(python(code, walls)) == [
        "['LC_ALL', 'PWD']",
        "['0000000000000000', '0000000000000000']",
        "['1', '2']",
    ]


@pytest.mark.parametrize("walled", [True, False], ids=["sandbox", "limits only"])
def test_where_memory_runs_out_the_tool_goes_first(walls: Bubblewrap, walled: bool) -> None:
    code = "print(open('/proc/self/oom_score_adj').read().strip())"

    assert said(python(code, walls if walled else NoSandbox())) == ["500"]
    assert Path("/proc/self/oom_score_adj").read_text() != "500\n"


def test_what_it_cost_is_what_the_tool_cost(walls: Bubblewrap) -> None:
    code = (
        "import resource\n"
        "x = bytearray(b'x') * (200 * 1024**2)\n"
        "while sum(resource.getrusage(resource.RUSAGE_SELF)[:2]) < 0.7: pass"
    )

    usage = python(code, walls).usage

    assert 0.7 <= usage.cpu_seconds < 1.5
    assert 200 * 1024**2 <= usage.peak_bytes < 300 * 1024**2


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


@pytest.mark.parametrize(
    ("code", "limits"),
    [
        ("while True: pass", Limits(wall_seconds=20, cpu_seconds=1)),
        (
            "import signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_DFL)\n"
            "open(sys.argv[1] + '/big', 'wb').write(b'x' * 10_000_000)",
            Limits(wall_seconds=20, file_bytes=1_000_000),
        ),
    ],
    ids=["computing time", "size of a file"],
)
def test_limits_hold_inside_and_are_for_good(
    walls: Bubblewrap, tmp_path: Path, code: str, limits: Limits
) -> None:
    with pytest.raises(MediaError) as caught:
        python(code, walls, tmp_path, limits=limits, writes=[tmp_path])

    assert caught.value.code is FailureCode.RESOURCE_LIMIT
    assert caught.value.permanent


def test_memory_is_bounded_inside(walls: Bubblewrap) -> None:
    completed = python("x = bytearray(2 * 1024**3)", walls, limits=Limits(memory_bytes=1024**3))

    assert completed.returncode == 1
    assert "MemoryError" in completed.tail


def test_no_further_namespaces_can_be_made(walls: Bubblewrap) -> None:
    code = (
        "import ctypes, os\n"
        "answer = ctypes.CDLL(None, use_errno=True).unshare(0x10000000)\n"
        "print(answer, os.strerror(ctypes.get_errno()))"
    )

    assert said(python(code, NoSandbox())) == ["0 Success"]
    assert said(python(code, walls)) == ["-1 No space left on device" if walls.sealed else "0 Success"]


def test_no_program_can_be_started_but_the_tool(walls: Bubblewrap) -> None:
    code = (
        "import os\n"
        "try: os.execv('/bin/sh', ['/bin/sh', '-c', 'echo out'])\n"
        "except OSError as error: print(error.strerror)"
    )

    assert said(python(code, walls)) == ["No such file or directory"]


def test_a_source_that_is_gone_is_called_that(walls: Bubblewrap, tmp_path: Path) -> None:
    with pytest.raises(MediaError) as caught:
        python("pass", walls, reads=[tmp_path / "gone.mp4"])

    assert caught.value.code is FailureCode.SOURCE_MISSING
    assert not caught.value.permanent


def failing_bwrap(folder: Path, words: str) -> str:
    path = folder / "bwrap"
    path.write_text(f"#!/bin/sh\necho '{words}' >&2\nexit 1\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.usefixtures("untried")
def test_a_sandbox_that_breaks_is_not_taken_for_a_bad_file(tmp_path: Path) -> None:
    broken = Bubblewrap(failing_bwrap(tmp_path, "bwrap: No permissions to create new namespace"))

    with pytest.raises(MediaError) as caught:
        python("pass", broken)

    assert caught.value.code is FailureCode.SANDBOX_UNAVAILABLE
    assert not caught.value.permanent


def test_a_tool_cannot_pretend_that_the_sandbox_broke(walls: Bubblewrap) -> None:
    code = (
        "import os, sys\n"
        "print('bwrap: No permissions to create new namespace', file=sys.stderr, flush=True)\n"
        "for number in range(3, 64):\n"
        "    try: os.write(number, b'x')\n"
        "    except OSError: pass\n"
        "sys.exit(1)"
    )

    assert python(code, walls).returncode == 1


@pytest.mark.usefixtures("untried")
def test_a_program_that_cannot_be_started_is_a_fault_of_the_sandbox(walls: Bubblewrap) -> None:
    with pytest.raises(MediaError) as caught:
        run(["/nowhere/ffmpeg"], limits=Limits(), sandbox=walls)

    assert caught.value.code is FailureCode.SANDBOX_UNAVAILABLE


@pytest.mark.usefixtures("untried")
def test_a_required_sandbox_that_is_missing_stops_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(MediaError) as caught:
        choose_sandbox(SandboxMode.REQUIRED, Path("/nowhere/ffmpeg"))

    assert caught.value.code is FailureCode.SANDBOX_UNAVAILABLE
    assert not caught.value.permanent
    assert "apt install bubblewrap" in caught.value.sentence


@pytest.mark.usefixtures("untried")
def test_a_forbidden_sandbox_names_what_to_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing_bwrap(tmp_path, "bwrap: No permissions to create new namespace, likely because ...")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")

    sandbox, reason = try_sandbox(Path("/nowhere/ffmpeg"))

    assert sandbox is None
    assert "user.max_user_namespaces" in reason
    assert "kernel.apparmor_restrict_unprivileged_userns" in reason
    assert "No permissions to create new namespace" in reason


def test_where_the_kernel_forbids_namespaces_the_sandbox_is_not_trusted(walls: Bubblewrap) -> None:
    code = (
        "from pathlib import Path\n"
        "from transcoding.engine.sandbox import try_sandbox\n"
        f"print(*try_sandbox(Path({PYTHON!r})))"
    )
    # Itself bubblewrap, for want of a machine that forbids them.
    forbidding = [walls.program, "--unshare-user", "--disable-userns", "--dev-bind", "/", "/"]
    asked = subprocess.run(
        [*forbidding, sys.executable, "-B", "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )

    assert asked.stdout.startswith("None bubblewrap may not make namespaces here. On the host, allow them: ")


@pytest.mark.usefixtures("untried")
def test_without_a_sandbox_auto_goes_on_with_limits_and_says_so_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    caplog.set_level(logging.INFO)

    chosen = [choose_sandbox(SandboxMode.AUTO, Path("/nowhere/ffmpeg")) for _ in range(2)]

    assert [type(sandbox) for sandbox in chosen] == [NoSandbox, NoSandbox]
    assert [record.getMessage().split(":")[0] for record in caplog.records] == [
        "Films are read with limits only, without a sandbox"
    ]


@pytest.mark.usefixtures("untried")
def test_off_tries_nothing(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setenv("PATH", "/nowhere")

    assert isinstance(choose_sandbox(SandboxMode.OFF, Path("/nowhere/ffmpeg")), NoSandbox)
    assert caplog.records == []


def test_calls_from_many_threads_do_not_disturb_each_other(walls: Bubblewrap) -> None:
    answers: list[list[str]] = []
    threads = [
        threading.Thread(
            target=lambda word=str(n): answers.append(
                said(python("import sys; print(sys.argv[1])", walls, word))
            )
        )
        for n in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [[str(n)] for n in range(6)]
