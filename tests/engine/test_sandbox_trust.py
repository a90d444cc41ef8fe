"""Which sandbox is trusted, and what happens where none is."""

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from tests.engine.inside import PYTHON, ROOT, python
from transcoding.engine.ffmpeg import Limits, NoSandbox, run
from transcoding.engine.sandbox import Bubblewrap, SandboxMode, choose_sandbox, try_sandbox
from transcoding.errors import FailureCode, MediaError


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
