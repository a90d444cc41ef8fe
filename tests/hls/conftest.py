"""The real tools, and the shared media where they are."""

import csv
from pathlib import Path

import pytest

from transcoding.engine.tools import Tools, find_tools

MEDIA = Path(__file__).resolve().parents[3] / "shared" / "media"


@pytest.fixture(scope="session")
def tools() -> Tools:
    return find_tools()


# Small enough to be made in a test, each for another reason.
SMALL = (
    "good/odd_853x481_vp9_opus.webm",
    "good/interlaced_tff_640x360_5s.mp4",
    "good/mpeg4asp_mp3.avi",
    "good/prores_422hq_1080i.mov",
    "good/start10s_sar.mp4",
    "good/mediarecorder_chrome_noduration.webm",
)


# Fixtures that are lines of the shared media's manifest.
_SHARED = frozenset(
    {
        "good_line",
        "small_line",
        "bad_line",
        "hostile_line",
        "subtitle_line",
        "bad_subtitle_line",
        "nasa_line",
        "bad_picture_line",
    }
)


def manifest(folder: str) -> list[dict[str, str]]:
    """Lines of the shared media's manifest for a folder; none where the media are not there."""
    path = MEDIA / "MANIFEST.tsv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [row for row in rows if row["path"].startswith(f"{folder}/") and (MEDIA / row["path"]).exists()]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests of shared files have a case for each file, and none where the folder is absent."""
    for fixture, lines in (
        ("good_line", manifest("good")),
        ("small_line", [line for line in manifest("good") if line["path"] in SMALL]),
        ("bad_line", manifest("bad")),
        ("hostile_line", [line for line in manifest("bad") if "meta_xss" in line["path"]]),
        ("subtitle_line", manifest("subs")),
        ("bad_subtitle_line", [line for line in manifest("bad") if line["path"].endswith((".vtt", ".srt"))]),
        ("bad_picture_line", [line for line in manifest("bad") if "poster" in line["path"]]),
        ("nasa_line", [line for line in manifest("good") if "2subs" in line["path"]]),
    ):
        if fixture in metafunc.fixturenames:
            metafunc.parametrize(fixture, lines, ids=[line["path"] for line in lines])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without the shared media their tests do not exist; they are never skipped."""
    if not MEDIA.exists():
        items[:] = [item for item in items if not _SHARED & set(getattr(item, "fixturenames", ()))]
