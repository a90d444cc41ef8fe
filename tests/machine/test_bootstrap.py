"""A start that cannot succeed ends with one sentence that says what to do, and a status that is not 0."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.machine.conftest import ROOT
from vod.machine.errors import Problem
from vod.machine.preflight import hold_home, read_port, require_folder, require_space
from vod.machine.python import version_problem

#: Loopback, where nothing listens: the discard port is reserved and needs root to open.
CLOSED = "http://127.0.0.1:9/simple"


def start(*arguments: str, checkout: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=checkout,
        env={"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with only what set-up reads, and one package to install."""
    folder = tmp_path / "checkout"
    shutil.copytree(ROOT / "vod" / "machine", folder / "vod" / "machine")
    (folder / "vod" / "__init__.py").touch()
    (folder / "requirements.txt").write_text("asgiref==3.13.0\n")
    return folder


@pytest.mark.parametrize("version", ["(2, 7, 18)", "(3, 9, 2)", "(3, 10, 12)"])
def test_an_old_python_is_told_in_one_sentence(version: str, tmp_path: Path) -> None:
    # given
    pretend = (
        f"import sys, runpy; sys.version_info = {version}; sys.argv = ['vod.machine', 'run'];"
        "runpy.run_module('vod.machine', run_name='__main__')"
    )
    # when
    answer = start("-c", pretend, VOD_HOME=str(tmp_path))
    # then
    major, minor, _ = version.strip("()").split(", ")
    assert answer.returncode == 1
    assert answer.stdout == ""
    assert answer.stderr.startswith(f"Lantern needs Python 3.11 or newer; this is {major}.{minor}. ")
    assert len(answer.stderr.splitlines()) == 1


def test_a_new_python_is_no_problem() -> None:
    assert version_problem((3, 11)) is None
    assert version_problem((3, 14)) is None


def test_what_an_old_python_reads_has_old_syntax() -> None:
    for name in ("__main__.py", "python.py", "__init__.py"):
        source = (ROOT / "vod" / "machine" / name).read_text()
        compile(source, name, "exec", dont_inherit=True)
        assert "match " not in source
        assert " | None" not in source
    assert (ROOT / "vod" / "__init__.py").read_text().count("import") == 0


@pytest.mark.enable_socket
def test_a_busy_port_is_told_with_a_free_one(tmp_path: Path) -> None:
    # given
    script = (
        "import socket, sys, time; s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen();"
        "print(s.getsockname()[1], flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        port = int(holder.stdout.readline())
        # when
        answer = start("-m", "vod.machine", "run", PORT=str(port), VOD_HOME=str(tmp_path / "home"))
        holder.kill()
    # then
    assert answer.returncode == 1
    assert answer.stdout == ""
    assert answer.stderr.startswith(
        f"Port {port} is in use by another program. Stop it, or choose another: make run PORT="
    )
    assert len(answer.stderr.splitlines()) == 1


def test_a_port_that_is_none_is_refused() -> None:
    assert read_port(None) == 8000
    assert read_port("8123") == 8123
    for text in ("0", "65536", "web", "-1", "8 0", "٣"):
        with pytest.raises(Problem, match="must be a number from 1 to 65535"):
            read_port(text)


def test_a_full_disk_is_told_with_what_is_needed_and_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        require_space(tmp_path / "not" / "yet", 2 * 10**9, measure=lambda folder: (10**10, 9 * 10**9, 10**9))
    assert caught.value.sentence.startswith("Lantern needs 2.0 GB free on the disk of ")
    assert "and there are 1.0 GB" in caught.value.sentence


def test_a_disk_with_room_is_fine(tmp_path: Path) -> None:
    require_space(tmp_path, 2 * 10**9, measure=lambda folder: (10**10, 0, 3 * 10**9))


def test_a_home_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(Problem, match="cannot be written to"):
        require_folder(tmp_path / "taken", "make run VOD_HOME=/other/place")


def test_a_second_start_in_the_same_home_says_so(tmp_path: Path) -> None:
    # given
    held = hold_home(tmp_path)
    # when
    answer = start("-m", "vod.machine", "run", VOD_HOME=str(tmp_path))
    os.close(held)
    # then
    assert answer.returncode == 1
    assert answer.stderr.startswith(f"Lantern runs here already (process {os.getpid()}). ")
    assert len(answer.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "pip",
    [
        {"PIP_INDEX_URL": CLOSED, "PIP_RETRIES": "0"},
        {"PIP_NO_INDEX": "1"},
        {"PIP_INDEX_URL": "http://registry.invalid/simple", "PIP_RETRIES": "0"},
    ],
    ids=["nothing listens", "no index", "no such host"],
)
def test_a_registry_that_cannot_be_reached_is_told_in_one_sentence(
    pip: dict[str, str], checkout: Path, tmp_path: Path
) -> None:
    # given
    quiet = {"PIP_CONFIG_FILE": os.devnull, "PIP_FIND_LINKS": "", "PIP_EXTRA_INDEX_URL": ""}
    # when
    answer = start(
        "-m",
        "vod.machine",
        "run",
        checkout=checkout,
        VOD_HOME=str(tmp_path / "home"),
        PORT="58231",
        **quiet,
        **pip,
    )
    # then
    assert answer.returncode == 1
    assert answer.stderr == (
        "The Python package registry cannot be reached. "
        "Check the network or pip's settings (pip config list), then run the same command again.\n"
    )
    assert not (checkout / ".venv" / ".lantern" / "requirements").exists()
    # and the part that was done is not done again
    assert (checkout / ".venv" / ".lantern" / "venv").exists()


def test_a_named_ffmpeg_that_does_not_start_is_told(checkout: Path, tmp_path: Path) -> None:
    # given
    (checkout / "requirements.txt").write_text("")
    # when
    answer = start(
        "-m",
        "vod.machine",
        "run",
        checkout=checkout,
        VOD_HOME=str(tmp_path / "home"),
        PORT="58232",
        FFMPEG="/no/ffmpeg",
    )
    # then
    assert answer.returncode == 1
    assert answer.stderr == (
        "FFMPEG is /no/ffmpeg, and that does not start. Name one that does, or leave FFMPEG empty to use ours.\n"
    )
