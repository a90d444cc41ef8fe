"""The store that the tests talk to: Ceph where it is or can be installed, else Swift, else a sentence."""

import io
import sys
from pathlib import Path

import pytest

from vod.machine import objectstore
from vod.machine.console import Console
from vod.machine.errors import Problem
from vod.machine.layout import Layout
from vod.machine.objectstore import PROGRAMS, provide_object_store
from vod.machine.process import Tool
from vod.machine.stamps import Stamps


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    (tmp_path / "requirements-swift.txt").write_text("swift==1\n")
    return Layout(root=tmp_path, home=tmp_path / "var")


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch, layout: Layout) -> list[list[str]]:
    """The commands of the set-up, which are not run; the first makes the environment."""
    commands: list[list[str]] = []

    def run(tool: Tool, _line: object) -> list[str]:
        commands.append(list(tool.argv))
        python = layout.root / "build" / "swift" / "bin" / "python"
        python.parent.mkdir(parents=True, exist_ok=True)
        python.touch()
        return []

    monkeypatch.setattr(objectstore, "run_tool", run)
    return commands


def provide(layout: Layout, path: Path) -> str:
    said = io.StringIO()
    provide_object_store(layout, {"PATH": str(path)}, Console(said), Stamps(layout.root / "stamps"))
    return said.getvalue()


def test_ceph_is_taken_where_all_its_programs_are(
    layout: Layout, tmp_path: Path, ran: list[list[str]]
) -> None:
    for name in PROGRAMS:
        (tmp_path / name).touch(mode=0o755)

    provide(layout, tmp_path)

    assert ran == []


def test_swift_is_installed_once_where_ceph_cannot_be(
    layout: Layout, tmp_path: Path, ran: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(objectstore, "PROGRAMS", ("radosgw", "no-such-program"))

    said = provide(layout, tmp_path / "nothing")
    provide(layout, tmp_path / "nothing")

    assert "Taking Swift instead" in said
    assert [command[:3] for command in ran] == [
        [sys.executable, "-m", "venv"],
        [str(layout.root / "build" / "swift" / "bin" / "python"), "-m", "pip"],
    ]


def test_where_neither_can_be_had_a_sentence_says_so(
    layout: Layout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(tool: Tool, _line: object) -> list[str]:
        raise Problem(tool.advice)

    monkeypatch.setattr(objectstore, "PROGRAMS", ("radosgw", "no-such-program"))
    monkeypatch.setattr(objectstore, "run_tool", fail)

    with pytest.raises(Problem) as caught:
        provide(layout, tmp_path / "nothing")

    assert caught.value.sentence.startswith("Neither Ceph nor Swift can be installed here")
