"""The steps of the set-up: skipped when nothing changed, done again after a crash, ended with their families."""

import io
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.machine.conftest import PARENT_OF_ONE, lives, wait_until
from vod.machine.console import Console
from vod.machine.data import Operator, diagnose_django
from vod.machine.errors import Problem
from vod.machine.frontend import diagnose_npm
from vod.machine.layout import Layout
from vod.machine.lengths import too_long
from vod.machine.node import find_node, read_version
from vod.machine.packages import diagnose_pip, diagnose_venv
from vod.machine.process import Tool, run_tool
from vod.machine.run import farewell_lines
from vod.machine.stamps import Stamps, files_below, fingerprint


def tool(script: str, folder: Path) -> Tool:
    return Tool(argv=[sys.executable, "-c", script], cwd=folder, env=dict(os.environ), advice="Try again.")


def test_a_stamp_holds_only_for_the_same_inputs_and_while_the_output_is_there(tmp_path: Path) -> None:
    stamps = Stamps(tmp_path / "stamps")
    output = tmp_path / "output"
    assert not stamps.holds("build", "1", [output])
    stamps.write("build", "1")
    assert not stamps.holds("build", "1", [output])
    output.touch()
    assert stamps.holds("build", "1", [output])
    assert not stamps.holds("build", "2", [output])
    stamps.drop("build")
    assert not stamps.holds("build", "1", [output])


def test_a_fingerprint_changes_with_a_files_content_and_name(tmp_path: Path) -> None:
    source = tmp_path / "a.ts"
    source.write_text("1")
    before = fingerprint([source])
    assert fingerprint([source]) == before
    source.write_text("2")
    changed = fingerprint([source])
    assert changed != before
    assert fingerprint([source.rename(tmp_path / "b.ts")]) != changed


def test_files_below_leaves_out_what_is_made(tmp_path: Path) -> None:
    for name in ("src/b.ts", "src/a.ts", "node_modules/x.js", "dist/y.js"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = files_below(tmp_path, frozenset({"node_modules", "dist"}))
    assert [path.relative_to(tmp_path).as_posix() for path in found] == ["src/a.ts", "src/b.ts"]


def test_a_tool_that_fails_shows_its_last_20_lines_and_advice(tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        run_tool(
            tool("[print('line', n) for n in range(50)]; raise SystemExit(3)", tmp_path),
            Console(io.StringIO()).step("Step"),
        )
    assert caught.value.sentence == "Try again."
    assert caught.value.details == [f"line {n}" for n in range(30, 50)]


def test_a_full_disk_in_mid_step_is_told_without_the_tools_output(tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"^The disk is full") as caught:
        run_tool(
            tool("print('OSError: [Errno 28] No space left on device'); raise SystemExit(1)", tmp_path),
            Console(io.StringIO()).step("Step"),
        )
    assert caught.value.details == []


def test_an_interrupted_step_takes_its_processes_along(tmp_path: Path) -> None:
    # given
    script = (
        # A shell's background job starts with INT ignored, and this test may run in one.
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
        "import sys; sys.path.insert(0, sys.argv[1]); import io, os; from pathlib import Path;"
        "from vod.machine.console import Console; from vod.machine.process import Tool, run_tool;"
        "run_tool(Tool([sys.executable, '-c', sys.argv[2]], Path.cwd(), os.environ, ''), Console(io.StringIO()).step('x'))"
    )
    child = PARENT_OF_ONE.replace(", start_new_session=True", "")
    root = Path(__file__).resolve().parents[2]
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(root), child], cwd=tmp_path, stderr=subprocess.DEVNULL
    )
    pids = tmp_path / "pids"
    wait_until(lambda: pids.exists() and len(pids.read_text().split()) == 2)
    # when
    process.send_signal(2)
    process.wait(timeout=20)
    # then
    assert [pid for pid in map(int, pids.read_text().split()) if lives(pid)] == []


def test_a_long_step_shows_plain_lines_where_there_is_no_terminal() -> None:
    # given
    stream = io.StringIO()
    line = Console(stream).step("Frontend")
    # when
    line.begin()
    line.tick("quickly")
    line.last_plain = time.monotonic() - 21
    line.tick("vite building")
    line.done("in place")
    # then
    assert stream.getvalue().splitlines() == [
        "  Frontend ...",
        "  Frontend ... 0 s  vite building",
        f"+ {'Frontend':<22} in place",
    ]


def test_causes_are_told_in_words() -> None:
    assert "cannot be reached" in str(diagnose_pip("ProxyError('Cannot connect to proxy.')"))
    assert "does not offer x==1" in str(
        diagnose_pip(
            "ERROR: Could not find a version (from versions: 0.9)\nERROR: No matching distribution found for x==1"
        )
    )
    assert diagnose_pip("error: subprocess-exited-with-error") is None
    assert "cannot be reached" in str(diagnose_npm("npm error code ECONNREFUSED"))
    assert diagnose_npm("npm error code ELIFECYCLE") is None
    assert "venv" in str(diagnose_venv("ensurepip is not available"))
    assert (
        diagnose_django("Traceback\ndjango.core.exceptions.ImproperlyConfigured: PORT is wrong.")
        == "PORT is wrong."
    )


def test_node_versions_are_read() -> None:
    assert read_version("v24.19.0\n") == (24, 19)
    assert read_version("v8") is None
    assert read_version("") is None


def test_an_old_node_is_not_used(tmp_path: Path) -> None:
    # given
    for name, text in (("node", "echo v20.20.2"), ("npm", "true")):
        (tmp_path / name).write_text(f"#!/bin/sh\n{text}\n")
        (tmp_path / name).chmod(0o755)
    # then
    assert find_node(str(tmp_path)) is None
    (tmp_path / "node").write_text("#!/bin/sh\necho v22.12.0\n")
    found = find_node(str(tmp_path))
    assert found is not None
    assert found.version == "v22.12.0"


def test_children_do_not_inherit_surprises(tmp_path: Path) -> None:
    # given
    layout = Layout(root=tmp_path, home=tmp_path / "var")
    outer = {
        "PATH": "/usr/bin",
        "PYTHONPATH": "/x",
        "MAKEFLAGS": "-j",
        "NODE_ENV": "production",
        "S3_BUCKET": "films",
    }
    # when
    env = layout.environment(outer)
    # then
    assert env == {
        "PATH": f"{tmp_path}/.venv/bin:/usr/bin",
        "VIRTUAL_ENV": f"{tmp_path}/.venv",
        "VOD_HOME": f"{tmp_path}/var",
        "PYTHONUNBUFFERED": "1",
        "S3_BUCKET": "films",
    }


def test_the_password_is_shown_only_when_it_was_made_up() -> None:
    address = "http://localhost:8000/"
    made_up = farewell_lines(address, Operator("o@lantern.example", created=True, password="warm-amber"))
    later = farewell_lines(address, Operator("o@lantern.example", created=False, password=None))
    assert any("warm-amber" in line for line in made_up)
    assert not any("warm-amber" in line for line in later)
    assert any(address in line for line in later)


def test_a_file_that_is_too_long_is_named(tmp_path: Path) -> None:
    (tmp_path / "long.py").write_text("\n" * 401)
    (tmp_path / "short.py").write_text("\n" * 400)
    (tmp_path / "long.txt").write_text("\n" * 401)
    assert too_long(tmp_path, ["long.py", "short.py", "long.txt", "gone.py"]) == [
        "long.py has 401 lines; 400 is the limit. Make it a package, one file per use case."
    ]
