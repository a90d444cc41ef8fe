"""`manage.py import_media` as a person runs it: 200 files in time, killed in the middle, run again."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from catalog.management.import_report import Meter
from catalog.models import Title
from catalog.services.import_media.run import Progress
from tests.importing.conftest import Lay

ROOT = Path(__file__).parents[2]
FILES = 200


@pytest.fixture
def manage(tmp_path: Path) -> Callable[..., subprocess.Popen[str]]:
    """`manage("command", ...)`: a process of a new installation with SQLite."""
    env = {**os.environ, "VOD_ENV": "embedded", "VOD_HOME": str(tmp_path / "installation")}
    env.pop("DATABASE_URL", None)

    def start(*arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return start


def rows(tmp_path: Path, query: str) -> list[tuple[Any, ...]]:
    (database,) = (tmp_path / "installation").glob("*.sqlite3")
    with closing(sqlite3.connect(database, timeout=20)) as connection:
        return connection.execute(query).fetchall()


def test_200_files_are_in_the_queue_within_a_minute_once_though_the_first_run_was_killed(
    tmp_path: Path, library: Path, lay: Lay, manage: Callable[..., subprocess.Popen[str]]
) -> None:
    films = [f"Film {chr(65 + n % 26)}{n} ({1950 + n % 60}).mkv" for n in range(FILES // 2)]
    episodes = [f"Show {n % 4}/Season 1/Show {n % 4} S01E{n // 4 + 1:02d}.mkv" for n in range(FILES // 2)]
    lay(*films, *episodes)
    migrating = manage("migrate", "--verbosity", "0")
    assert migrating.communicate(timeout=120) == ("", "")

    began = time.monotonic()
    first = manage("import_media", str(library))
    while first.poll() is None:
        try:
            if rows(tmp_path, "SELECT count(*) FROM transcoding_asset")[0][0] > FILES // 4:
                first.send_signal(signal.SIGKILL)
        except sqlite3.OperationalError:
            pass
        time.sleep(0.05)
    first.communicate()
    taken = rows(tmp_path, "SELECT count(*) FROM transcoding_asset")[0][0]
    second = manage("import_media", str(library), "--json")
    output, errors = second.communicate(timeout=120)
    seconds = time.monotonic() - began

    assert first.returncode == -signal.SIGKILL
    assert FILES // 4 < taken < FILES
    assert second.returncode == 0, errors
    report = json.loads(output)
    assert report["left_out"] == []
    assert report["films_queued"] == FILES - taken
    assert seconds < 60
    for table, expected in {
        "transcoding_asset": FILES,
        "transcoding_job": FILES,
        "catalog_video": FILES,
        "catalog_title": FILES // 2 + 4,
        "catalog_episode": FILES // 2,
        "catalog_importedfile": FILES,
    }.items():
        assert rows(tmp_path, f"SELECT count(*) FROM {table}") == [(expected,)], table
    assert rows(tmp_path, "SELECT count(DISTINCT pending_asset_id) FROM catalog_video") == [(FILES,)]
    assert str(library) not in str(rows(tmp_path, "SELECT * FROM catalog_importedfile"))
    assert "200 of 200" in errors


def test_the_report_names_what_was_made_and_each_file_that_was_left_out(
    db: None, library: Path, lay: Lay
) -> None:
    lay("Film (1999).mkv", "Show/Season 1/Show S01E02.mkv", "Show/Season 1/what.mkv")
    out = StringIO()

    call_command("import_media", str(library), "--dry-run", stdout=out, stderr=StringIO())

    lines = out.getvalue().splitlines()
    assert lines[0].split() == ["make", "feature", "Film", "(1999)", "Film", "(1999).mkv"]
    assert lines[1].split()[:4] == ["make", "episode", "Show,", "S01E02"]
    assert any(line.startswith("  Show/Season 1/what.mkv: ") and line.endswith(".") for line in lines)
    assert lines[-1] == "2 titles would be made and 0 added to; 0 films are unchanged. Nothing was written."
    assert Title.objects.count() == 0


def test_publishing_is_asked_for(db: None, library: Path, lay: Lay) -> None:
    lay("Film (1999).mkv")

    call_command("import_media", str(library), "--publish", stdout=StringIO(), stderr=StringIO())

    assert Title.objects.get().published_at is not None


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [(["nothing-here"], "no such folder"), ([".", "--language", "qqqq"], "Give the language")],
)
def test_what_cannot_be_begun_is_told(db: None, arguments: list[str], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        call_command("import_media", *arguments, stdout=StringIO(), stderr=StringIO())


def test_progress_is_one_line_on_a_terminal_and_lines_elsewhere() -> None:
    now = 0.0
    drawn: list[str] = []
    lines: list[str] = []
    meters = [
        Meter(drawn.append, interactive=True, clock=lambda: now),
        Meter(lines.append, interactive=False, clock=lambda: now),
    ]
    for done in range(11):
        now = done * 2.0
        for meter in meters:
            meter(Progress("films", done, 10, "A\x1b[31m name", done * 1_000_000, 10_000_000))
    for meter in meters:
        meter.close()

    assert lines[1] == "films 3 of 10, 0.5 a second, 0:14 left, 0 MB/s: A\\x1b[31m name\n"
    assert lines[-1].startswith("films 10 of 10")
    assert len(lines) < len(drawn)
    assert all(text.startswith("\r\x1b[K") for text in drawn[:-1])
    assert drawn[-1] == "\n"
