"""``manage.py transcode`` as a person types it, before anything was set up."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hls import films
from transcoding.engine.tools import Tools

ROOT = Path(__file__).resolve().parents[2]


def command(tmp_path: Path, *arguments: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    home = tmp_path / "fresh"
    home.mkdir(exist_ok=True)
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "transcode", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "VOD_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture
def source(tools: Tools, tmp_path: Path) -> Path:
    return films.film(tools, tmp_path / "film.mp4", size="320x180", seconds=2)


def test_names_may_be_relative_to_where_one_stands(source: Path, tmp_path: Path) -> None:
    completed = command(tmp_path, source.name, "new/out", cwd=tmp_path)

    assert completed.returncode == 0, completed.stderr
    assert (tmp_path / "new" / "out" / "master.m3u8").is_file()


def test_a_file_becomes_a_folder_and_figures(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "out"

    completed = command(tmp_path, source, out, "--json")

    assert completed.returncode == 0, completed.stderr
    figures = json.loads(completed.stdout)
    assert figures["duration"] == pytest.approx(2.0, abs=0.03)
    assert figures["frames"] == 48
    assert figures["cpu_seconds"] > 0
    shown = [(part["name"], part["kind"], part["width"], part["height"]) for part in figures["renditions"]]
    assert shown == [("video-180", "VIDEO", 320, 180), ("audio-0", "AUDIO", None, None)]
    assert all(part["bitrate"] > 0 for part in figures["renditions"])
    assert figures["bytes"] == sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    assert (out / "master.m3u8").is_file()
    assert "100 %" in completed.stderr
    assert "\x1b" not in completed.stderr
    assert [path.name for path in out.parent.iterdir()] == ["out"]


def test_a_file_that_is_no_video_is_refused_in_one_sentence(tmp_path: Path) -> None:
    notes = tmp_path / "notes.mp4"
    notes.write_text("These are my notes.")

    completed = command(tmp_path, notes, tmp_path / "out")

    assert completed.returncode == 1
    assert completed.stdout == ""
    assert completed.stderr.strip().splitlines()[-1] == (
        "CommandError: This file is text, not a video. Choose a video file and try again. (NOT_A_VIDEO)"
    )
    assert "Traceback" not in completed.stderr
    assert not (tmp_path / "out").exists()


def test_a_folder_with_something_in_it_is_left_alone(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine").write_text("keep")

    completed = command(tmp_path, source, out)

    assert completed.returncode == 1
    assert "exists already" in completed.stderr
    assert [path.name for path in out.iterdir()] == ["mine"]


def test_a_source_that_is_not_there_is_named_as_such(tmp_path: Path) -> None:
    completed = command(tmp_path, tmp_path / "nothing.mp4", tmp_path / "out")

    assert completed.returncode == 1
    assert "could not be read" in completed.stderr
