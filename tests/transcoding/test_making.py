"""From a file to READY: rows, objects, playlists, refusals."""

from pathlib import Path

import pytest

from transcoding.engine.plan import Plan
from transcoding.models import (
    Asset,
    AssetState,
    AssetVersion,
    Chunk,
    Job,
    Rendition,
    RenditionState,
    Segment,
    WorkState,
)
from transcoding.services.ingest import add_source
from transcoding.services.working import work_once
from vod.lib.storage import objects


def newest(asset: Asset) -> AssetVersion:
    return asset.versions.get()


def test_a_file_is_moved_into_the_store_once_its_rows_are_committed(
    django_capture_on_commit_callbacks: object, db: None, film: Path
) -> None:
    size = film.stat().st_size

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        asset = add_source(path=film, file_name="A film.mkv")

    assert not film.exists()
    assert objects().size(asset.source_key) == size == asset.size_bytes
    assert asset.state == AssetState.UPLOADED
    assert Job.objects.get(asset=asset).state == WorkState.WAITING


def test_the_probe_plans_renditions_and_chunks(planned: Asset) -> None:
    version = newest(planned)

    assert planned.state == AssetState.ENCODING
    assert planned.duration_seconds == pytest.approx(5.0, abs=0.05)
    assert version.key_prefix == f"assets/{planned.pk}/v1"
    assert Plan.from_json(version.plan).boundaries[:2] == (0, 100)
    assert {row.name for row in version.renditions.all()} == {"video-180", "audio-0", "storyboard"}
    assert [(row.kind, row.number) for row in version.chunks.order_by("priority")] == [
        ("VIDEO", 0),
        ("AUDIO", 0),
        ("STORYBOARD", 0),
        ("VIDEO", 1),
    ]


def test_a_film_becomes_ready_with_a_row_for_every_object(ready: Asset) -> None:
    version = newest(ready)

    assert (ready.state, ready.progress, ready.current_version) == (AssetState.READY, 1.0, version)
    assert version.has_storyboard
    assert version.published_at is not None
    assert {row.state for row in version.renditions.all()} == {RenditionState.READY}
    assert Segment.objects.filter(rendition__version=version).count() == 5
    for segment in Segment.objects.filter(rendition__version=version):
        assert objects().size(segment.key) == segment.size_bytes
    for name in ("master.m3u8", "video-180/index.m3u8", "audio-0/index.m3u8", "storyboard/index.vtt"):
        assert objects().exists(f"{version.key_prefix}/{name}")
    video = Rendition.objects.get(version=version, name="video-180")
    assert video.codecs.startswith("avc1.64")
    assert (video.width, video.height, video.progress) == (320, 180, 1.0)
    assert video.bitrate is not None and video.bitrate > 0


def test_nothing_of_a_job_is_left_in_the_work_folder(ready: Asset, settings: object) -> None:
    folder = settings.WORK_ROOT / "chunks"  # type: ignore[attr-defined]

    assert list(folder.iterdir()) == []


def test_progress_never_falls(planned: Asset) -> None:
    seen = [planned.progress]

    while work_once():
        planned.refresh_from_db()
        seen.append(planned.progress)

    assert seen == sorted(seen)
    assert len(set(seen)) > 3
    assert seen[-1] == 1.0


def test_progress_stays_when_a_chunk_begins_again(planned: Asset) -> None:
    Asset.objects.filter(pk=planned.pk).update(progress=0.9)

    work_once()

    planned.refresh_from_db()
    assert planned.progress == 0.9


def test_a_file_that_is_no_film_fails_with_a_code_and_a_sentence(db: None, tmp_path: Path) -> None:
    path = tmp_path / "notes.mp4"
    path.write_text("This is not a film at all.\n" * 100)
    asset = add_source(path=path, file_name="notes.mp4")

    work_once()

    asset.refresh_from_db()
    assert (asset.state, asset.failure_code) == (AssetState.FAILED, "NOT_A_VIDEO")
    assert asset.failure_message.endswith(".")
    assert asset.failure_permanent
    assert Job.objects.get(asset=asset).attempt == 1
    assert not work_once()


def test_a_film_without_sound_becomes_ready(db: None, tmp_path: Path) -> None:
    from tests.transcoding.films import make_film

    asset = add_source(
        path=make_film(tmp_path / "silent.mkv", seconds=3, size="160x90", sound=False), file_name="silent.mkv"
    )

    while work_once():
        pass

    asset.refresh_from_db()
    assert asset.state == AssetState.READY
    assert {row.kind for row in newest(asset).renditions.all()} == {"VIDEO", "IFRAMES", "STORYBOARD"}


def test_chunks_wait_while_all_places_of_the_machine_are_taken(
    planned: Asset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("transcoding.queue.slots", lambda: 0)

    assert not work_once()

    assert set(Chunk.objects.values_list("state", flat=True)) == {WorkState.WAITING}
