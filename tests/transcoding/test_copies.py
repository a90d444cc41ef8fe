"""A source that browsers can play goes through the factory as it is: its chunks first, or beside the ladder."""

import subprocess
from pathlib import Path

from transcoding.engine.tools import find_tools
from transcoding.models import Asset, AssetState, Chunk, Rendition, RenditionState, WorkState
from transcoding.services.ingest import add_source
from transcoding.services.working import work_once


def film(target: Path, group: int) -> Path:
    """Nine seconds at 25 frames a second, with a closed group of pictures every so many frames."""
    chart = ("-f", "lavfi", "-i", "testsrc2=size=640x360:rate=25:duration=9", "-c:v", "libx264")
    options = (
        "-preset",
        "veryfast",
        "-crf",
        "30",
        "-g",
        str(group),
        "-keyint_min",
        str(group),
        "-pix_fmt",
        "yuv420p",
    )
    subprocess.run([str(find_tools().ffmpeg), "-v", "error", *chart, *options, str(target)], check=True)
    return target


def finished(asset: Asset) -> Asset:
    while work_once():
        pass
    asset.refresh_from_db()
    return asset


def test_the_copied_rung_is_made_before_anything_is_encoded(db: None, tmp_path: Path) -> None:
    asset = add_source(path=film(tmp_path / "film.mp4", 50), file_name="A film.mp4")
    assert work_once()

    work_once()

    made = Chunk.objects.filter(version__asset=asset, state=WorkState.DONE)
    assert [(chunk.kind, chunk.first_segment, chunk.end_segment) for chunk in made] == [("COPY", 0, 1)]
    rest = Chunk.objects.filter(version__asset=asset).exclude(state=WorkState.DONE).order_by("priority", "id")
    assert "COPY" in [chunk.kind for chunk in rest[:2]]
    states = dict(Rendition.objects.filter(version__asset=asset).values_list("name", "state"))
    assert states["video-360"] == RenditionState.ENCODING
    assert states["video-240"] == RenditionState.WAITING


def test_a_copied_film_becomes_ready_with_all_its_rungs(db: None, tmp_path: Path) -> None:
    asset = add_source(path=film(tmp_path / "film.mp4", 50), file_name="A film.mp4")

    assert finished(asset).state == AssetState.READY

    rungs = Rendition.objects.filter(version__asset=asset, kind="VIDEO", codec="h264")
    assert sorted(rungs.values_list("name", "is_copied")) == [("video-240", False), ("video-360", True)]
    assert {rung.name: rung.segments.count() for rung in rungs} == {"video-240": 3, "video-360": 3}
    assert {rung.state for rung in rungs} == {RenditionState.READY}


def test_an_original_is_made_beside_the_ladder(db: None, tmp_path: Path) -> None:
    asset = add_source(path=film(tmp_path / "film.mp4", 200), file_name="A film.mp4")

    assert finished(asset).state == AssetState.READY

    original = Rendition.objects.get(version__asset=asset, name="original")
    assert (original.kind, original.codec, original.label) == ("VIDEO", "h264", "Original")
    assert original.is_copied
    assert list(original.segments.values_list("duration_seconds", flat=True)) == [8.0, 1.0]
    assert (
        not Rendition.objects.filter(version__asset=asset, is_copied=True).exclude(name="original").exists()
    )
    weights = Chunk.objects.filter(version__asset=asset, kind="ORIGINAL").values_list("weight", flat=True)
    assert 0 < sum(weights) <= 0.02
