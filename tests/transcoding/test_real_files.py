"""What becomes of damaged, odd and hostile files on the way that uploads go."""

import time
from pathlib import Path

import pytest

from tests.hls.conftest import MEDIA, manifest
from tests.hls.films import make
from tests.hls.numbered import numbered
from transcoding.engine.tools import find_tools
from transcoding.models import Asset, AssetState
from transcoding.services.ingest import add_source
from transcoding.services.working import work_once

# On disk some are playlists, pictures or subtitles; as films they are all refused or made.
BAD = [line["path"] for line in manifest("bad") if not line["path"].endswith((".vtt", ".srt", ".json"))]


def made(path: Path) -> Asset:
    """The asset of a file when nothing is left to do for it."""
    asset = add_source(path=path, file_name=path.name)
    while work_once():
        pass
    asset.refresh_from_db()
    return asset


def test_a_hole_in_the_picture_is_among_the_notes_of_a_film_that_is_ready(db: None, tmp_path: Path) -> None:
    source = make(
        find_tools(),
        tmp_path / "film.mp4",
        *("-f", "lavfi", "-i", "testsrc2=size=160x90:rate=24:duration=6"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-g", "24"),
    )
    content = bytearray(source.read_bytes())
    first, end = content.index(b"mdat") + 4, content.index(b"moov") - 4
    hole = slice(first + (end - first) // 4, first + (end - first) // 2)
    content[hole] = bytes(hole.stop - hole.start)
    source.write_bytes(content)

    asset = made(source)

    assert asset.state == AssetState.READY
    assert asset.media_info is not None
    assert [note for note in asset.media_info["notes"] if note.endswith("cannot be read.")]


def test_what_the_plan_took_from_the_key_frames_is_not_kept_twice(db: None, tmp_path: Path) -> None:
    coding = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "25")
    source = numbered(find_tools(), tmp_path / "film.mkv", *coding, frames=150, size=(160, 90))

    asset = made(source)

    assert asset.state == AssetState.READY
    assert asset.media_info is not None
    assert asset.media_info["keys"]["shown"] == []
    assert asset.versions.get().plan["reads"] == [None, 4_000_000]


# Without the shared media the test does not exist; it is never skipped.
if BAD:

    @pytest.mark.parametrize("name", BAD)
    def test_a_bad_file_ends_within_its_time_with_a_code_and_a_sentence(db: None, name: str) -> None:
        asset = add_source(path=MEDIA / name, file_name=Path(name).name)
        started = time.monotonic()

        work_once()

        asset.refresh_from_db()
        assert time.monotonic() - started < 30
        if asset.state == AssetState.FAILED:
            assert asset.failure_code
            assert asset.failure_code != "INTERNAL"
            assert asset.failure_message.endswith(".")
            assert asset.failure_permanent
        else:
            assert asset.state == AssetState.ENCODING
            assert 0 < (asset.duration_seconds or 0) < 5
