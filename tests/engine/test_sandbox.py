"""The sandbox, tried with Python as the tool: what it lets in and out."""

import resource
import socket
import threading
import uuid
from pathlib import Path

import pytest

from tests.engine.inside import LIBRARY, ROOT, python, said
from transcoding.engine.ffmpeg import Limits, NoSandbox
from transcoding.engine.sandbox import Bubblewrap
from transcoding.errors import FailureCode, MediaError


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
    # Linux hands a program the peak of whoever started it, so that the tool has to need more than the tests did so far.
    least = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 + 200 * 1024**2
    code = (
        "import resource, sys\n"
        "x = bytearray(b'x') * int(sys.argv[1])\n"
        "while sum(resource.getrusage(resource.RUSAGE_SELF)[:2]) < 0.7: pass"
    )

    usage = python(code, walls, str(least)).usage

    # Filling the memory costs what the machine makes of it; the tests themselves have taken far more by now.
    assert 0.7 <= usage.cpu_seconds < 5
    assert least <= usage.peak_bytes < least + 100 * 1024**2


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
