"""Rules of the house that no linter knows."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FORBIDDEN_NAMES = {"utils", "helpers", "common", "manager", "misc"}


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--", *patterns], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [ROOT / line for line in listed.splitlines() if (ROOT / line).is_file()]


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [path for path in tracked("*.py", "*.ts", "*.tsx") if path.stem in FORBIDDEN_NAMES] == []


def test_only_the_engine_and_the_machine_start_processes() -> None:
    doors = {ROOT / "transcoding" / "engine" / "ffmpeg.py"}
    starters = {
        path
        for path in tracked("vod/*.py", "accounts/*.py", "catalog/*.py", "playback/*.py", "transcoding/*.py")
        if re.search(
            r"^\s*(import subprocess|from subprocess import)|os\.system\(", path.read_text(), re.MULTILINE
        )
        and ROOT / "vod" / "machine" not in path.parents
    }
    assert starters - doors == set()


def test_there_are_no_signals_between_apps() -> None:
    listeners = [
        path
        for path in tracked("accounts/*.py", "catalog/*.py", "playback/*.py", "transcoding/*.py", "vod/*.py")
        if re.search(r"django\.db\.models\.signals|django\.core\.signals|@receiver\(", path.read_text())
    ]
    assert listeners == []


def test_lock_files_name_no_registry() -> None:
    locks = tracked("requirements*.txt", "*package-lock.json")
    assert locks
    named = [
        path for path in locks if re.search(r'"resolved": *"https?:|index-url|find-links', path.read_text())
    ]
    assert named == []
