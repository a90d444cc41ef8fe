"""Programs from Debian packages: found, installed through apt where allowed, asked for in words elsewhere."""

import io
import os
from pathlib import Path

import pytest

from vod.machine.console import Console
from vod.machine.debian import Package, provide, provide_bubblewrap
from vod.machine.errors import Problem
from vod.machine.layout import Layout, find_layout

PACKAGE = Package("Lamp", "lamp-tools", "There is no lamp. Install it (apt install lamp-tools).")


@pytest.fixture
def layout() -> Layout:
    return find_layout(os.environ)


def script(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def as_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vod.machine.debian.os.geteuid", lambda: 0)


def test_a_program_that_is_there_is_taken_as_it_is(layout: Layout, tmp_path: Path) -> None:
    bwrap = script(tmp_path / "bin", "bwrap", "true")
    script(tmp_path / "bin", "apt-get", "echo called > " + str(tmp_path / "called"))

    found = provide_bubblewrap(layout, {"PATH": str(tmp_path / "bin")}, Console(io.StringIO()))

    assert found == str(bwrap)
    assert not (tmp_path / "called").exists()


def test_a_missing_program_is_installed_by_apt_for_root(
    layout: Layout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_root(monkeypatch)
    lamp, said = tmp_path / "lamp", tmp_path / "said"
    script(
        tmp_path / "bin",
        "apt-get",
        f'echo "$@" >> {said}; test "$1" != install || echo > {lamp}',
    )

    found = provide(
        PACKAGE,
        lambda: str(lamp) if lamp.exists() else None,
        layout,
        {"PATH": f"{tmp_path / 'bin'}:/bin:/usr/bin"},
        Console(io.StringIO()),
    )

    assert found == str(lamp)
    asked = [line.partition(" -o ")[0] for line in said.read_text().splitlines()]
    assert asked == ["update", "install -y --no-install-recommends lamp-tools"]


def test_where_there_is_no_apt_a_sentence_says_what_to_do(layout: Layout, tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        provide(PACKAGE, lambda: None, layout, {"PATH": str(tmp_path)}, Console(io.StringIO()))

    assert caught.value.sentence == PACKAGE.missing


def test_an_installation_that_brings_nothing_is_told(
    layout: Layout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_root(monkeypatch)
    script(tmp_path / "bin", "apt-get", "true")

    with pytest.raises(Problem) as caught:
        provide(PACKAGE, lambda: None, layout, {"PATH": f"{tmp_path / 'bin'}:/bin"}, Console(io.StringIO()))

    assert caught.value.sentence == PACKAGE.missing
