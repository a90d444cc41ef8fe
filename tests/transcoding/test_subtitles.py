"""Subtitles of a film: its own tracks, and files beside it, as objects and rows."""

import subprocess
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests.people import Person
from transcoding.asset_errors import SubtitlesError, SubtitlesErrorCode
from transcoding.engine.subtitles.reading import read_subtitles
from transcoding.engine.tools import find_tools
from transcoding.models import (
    Asset,
    AssetState,
    Chunk,
    Rendition,
    RenditionState,
    Segment,
    Sidecar,
    WorkState,
)
from transcoding.selectors.delivery import master_playlist, media_object
from transcoding.services.cancel import cancel_asset
from transcoding.services.ingest import add_source
from transcoding.services.retry import retry_asset
from transcoding.services.subtitles import add_subtitles, carry_sidecars
from transcoding.services.working import job_once, work_once
from vod.lib.storage import objects

SRT = "1\n00:00:01,000 --> 00:00:02,000\nGuten <i>Tag</i>\n\n2\n00:00:03,000 --> 00:00:04,500\nAuf Wiedersehen\n"
BEYOND = "1\n01:00:00,000 --> 01:00:02,000\nOf another film\n"


@pytest.fixture
def srt(tmp_path: Path) -> Path:
    path = tmp_path / "german.srt"
    path.write_text(SRT, encoding="utf-8")
    return path


@pytest.fixture
def subtitled(db: None, film: Path, srt: Path, tmp_path: Path) -> Asset:
    """A film with two text tracks, looked at; nothing of it is made."""
    target = tmp_path / "subtitled.mkv"
    subprocess.run(
        [
            *(str(find_tools().ffmpeg), "-loglevel", "error", "-i", str(film), "-i", str(srt)),
            *("-map", "0", "-map", "1", "-map", "1", "-c", "copy", "-c:s:1", "ass"),
            *("-metadata:s:s:0", "language=ger", "-disposition:s:0", "forced"),
            *("-metadata:s:s:1", "language=eng", "-disposition:s:1", "default+hearing_impaired"),
            str(target),
        ],
        check=True,
    )
    asset = add_source(path=target, file_name="Subtitled.mkv")
    assert work_once()
    asset.refresh_from_db()
    return asset


def make_all(asset: Asset) -> None:
    while work_once():
        pass
    asset.refresh_from_db()


def rows(asset: Asset) -> list[tuple[object, ...]]:
    newest = asset.versions.order_by("-number")[0]
    return list(
        newest.renditions.filter(kind="SUBTITLES")
        .order_by("name")
        .values_list("name", "language", "label", "is_default", "is_forced", "is_hearing_impaired", "state")
    )


def texts(asset: Asset, name: str) -> list[tuple[int, int, str]]:
    newest = asset.versions.order_by("-number")[0]
    segment = Segment.objects.get(rendition__version=newest, rendition__name=name)
    assert segment.key.startswith(f"{newest.key_prefix}/subtitles-")
    content = objects().read_bytes(segment.key)
    assert (segment.number, segment.size_bytes) == (0, len(content))
    assert segment.duration_seconds == pytest.approx(asset.duration_seconds)
    return [(cue.start, cue.end, cue.text) for cue in read_subtitles(content)]


def test_text_tracks_of_a_film_are_made_in_one_chunk(subtitled: Asset) -> None:
    waiting = rows(subtitled)
    chunk = Chunk.objects.get(version__asset=subtitled, kind="SUBTITLES")

    make_all(subtitled)

    assert waiting == [
        ("subtitles-0", "de", "German (forced)", False, True, False, RenditionState.WAITING),
        ("subtitles-1", "en", "English CC", True, False, True, RenditionState.WAITING),
    ]
    assert [row[-1] for row in rows(subtitled)] == [RenditionState.READY, RenditionState.READY]
    assert (subtitled.state, Chunk.objects.get(pk=chunk.pk).attempt) == (AssetState.READY, 1)
    shown = [(1000, 2000, "Guten <i>Tag</i>"), (3000, 4500, "Auf Wiedersehen")]
    assert texts(subtitled, "subtitles-0") == shown
    assert texts(subtitled, "subtitles-1") == shown


def test_a_film_without_subtitles_has_no_chunk_for_them(planned: Asset) -> None:
    assert not Chunk.objects.filter(version__asset=planned, kind="SUBTITLES").exists()


def test_a_track_that_shows_nothing_is_left_out_with_a_note(db: None, film: Path, tmp_path: Path) -> None:
    late = tmp_path / "late.srt"
    late.write_text(BEYOND, encoding="utf-8")
    target = tmp_path / "two.mkv"
    subprocess.run(
        [
            *(str(find_tools().ffmpeg), "-loglevel", "error", "-i", str(film), "-i", str(late)),
            *("-map", "0", "-map", "1", "-c", "copy", "-metadata:s:s:0", "language=ger", str(target)),
        ],
        check=True,
    )
    asset = add_source(path=target, file_name="Late.mkv")

    make_all(asset)

    assert asset.state == AssetState.READY
    assert rows(asset) == []
    assert asset.media_info is not None
    assert "The subtitle track German cannot be read and is left out." in asset.media_info["notes"]


def test_an_operator_reads_what_was_left_out(asset: Asset, operator: Person) -> None:
    Asset.objects.filter(pk=asset.pk).update(media_info={"notes": ["Track <b>1</b> is made of pictures."]})
    office = Client()
    office.force_login(operator.user)

    page = office.get(reverse("admin:transcoding_asset_change", args=[asset.pk]))

    assert page.status_code == 200
    assert "Track &lt;b&gt;1&lt;/b&gt; is made of pictures." in page.content.decode()


def test_a_file_of_subtitles_is_there_at_once_in_a_film_that_is_ready(ready: Asset, srt: Path) -> None:
    sidecar = add_subtitles(asset_id=ready.pk, path=srt, file_name="german.srt", language="de")

    assert rows(ready) == [("subtitles-0", "de", "German", False, False, False, RenditionState.READY)]
    assert texts(ready, "subtitles-0")[0] == (1000, 2000, "Guten <i>Tag</i>")
    assert sidecar.key == f"sources/{ready.pk}/subtitles-{sidecar.pk}"
    assert objects().read_bytes(sidecar.key) == SRT.encode()
    assert Rendition.objects.get(sidecar=sidecar).is_offered


def test_subtitles_are_in_the_master_and_behind_its_paths(ready: Asset, srt: Path) -> None:
    version = ready.versions.get()
    before = master_playlist(version, max_height=1080)
    add_subtitles(
        asset_id=ready.pk, path=srt, file_name="german.srt", language="de", is_hearing_impaired=True
    )

    (line,) = [
        line for line in master_playlist(version, max_height=1080).splitlines() if "TYPE=SUBTITLES" in line
    ]
    playlist = media_object(version, "subtitles-0/index.m3u8")
    text = media_object(version, "subtitles-0/00000.vtt")

    assert "SUBTITLES" not in before
    assert 'NAME="German CC",LANGUAGE="de"' in line
    assert 'URI="subtitles-0/index.m3u8"' in line
    assert playlist is not None and playlist.body is not None
    assert b"00000.vtt" in playlist.body
    assert text is not None
    assert (text.content_type, objects().size(text.key)) == ("text/vtt; charset=utf-8", text.size_bytes)


def test_two_files_of_one_language_have_names_and_labels_of_their_own(subtitled: Asset, srt: Path) -> None:
    for name in ("a.srt", "b.srt"):
        add_subtitles(asset_id=subtitled.pk, path=srt, file_name=name, language="de", is_forced=True)

    assert [(row[0], row[2], row[-1]) for row in rows(subtitled)] == [
        ("subtitles-0", "German (forced)", RenditionState.WAITING),
        ("subtitles-1", "English CC", RenditionState.WAITING),
        ("subtitles-2", "German (forced) (2)", RenditionState.READY),
        ("subtitles-3", "German (forced) (3)", RenditionState.READY),
    ]
    make_all(subtitled)
    assert [row[-1] for row in rows(subtitled)] == [RenditionState.READY] * 4


def test_the_same_file_once_more_changes_nothing(planned: Asset, srt: Path) -> None:
    first = add_subtitles(asset_id=planned.pk, path=srt, file_name="a.srt", language="de")

    again = add_subtitles(asset_id=planned.pk, path=srt, file_name="a.srt", language="de")
    srt.write_text(SRT.replace("Guten", "Guden"), encoding="utf-8")
    mended = add_subtitles(asset_id=planned.pk, path=srt, file_name="a.srt", language="de")

    assert (again, mended == first) == (first, False)
    assert [row[2] for row in rows(planned)] == ["German", "German (2)"]


def test_subtitles_that_come_before_the_probe_are_made_with_the_film(asset: Asset, srt: Path) -> None:
    add_subtitles(
        asset_id=asset.pk, path=srt, file_name="german.srt", language="de", is_hearing_impaired=True
    )

    make_all(asset)

    assert rows(asset) == [("subtitles-0", "de", "German CC", False, False, True, RenditionState.READY)]
    assert len(texts(asset, "subtitles-0")) == 2


def test_a_film_that_is_made_again_after_a_cancel_keeps_its_files_of_subtitles(
    subtitled: Asset, srt: Path, django_capture_on_commit_callbacks: object
) -> None:
    add_subtitles(asset_id=subtitled.pk, path=srt, file_name="german.srt", language="fr")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        cancel_asset(asset_id=subtitled.pk)
    assert rows(subtitled) == []

    retry_asset(asset_id=subtitled.pk)
    make_all(subtitled)

    assert subtitled.state == AssetState.READY
    assert [(row[0], row[1], row[-1]) for row in rows(subtitled)] == [
        ("subtitles-0", "de", RenditionState.READY),
        ("subtitles-1", "en", RenditionState.READY),
        ("subtitles-2", "fr", RenditionState.READY),
    ]
    assert len(texts(subtitled, "subtitles-2")) == 2


def test_subtitles_for_a_cancelled_film_wait_for_its_next_making(
    subtitled: Asset, srt: Path, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        cancel_asset(asset_id=subtitled.pk)

    add_subtitles(asset_id=subtitled.pk, path=srt, file_name="german.srt", language="fr")

    assert rows(subtitled) == []
    assert Sidecar.objects.filter(asset=subtitled).count() == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", SubtitlesErrorCode.NOT_SUBTITLES),
        (b"#EXTM3U\nfile:///etc/passwd\n", SubtitlesErrorCode.NOT_SUBTITLES),
        (b"\x89PNG\r\n\x1a\n\0\0\0\0", SubtitlesErrorCode.NOT_SUBTITLES),
        (BEYOND.encode(), SubtitlesErrorCode.NOT_SUBTITLES),
        (SRT.encode() + b" " * 11_000_000, SubtitlesErrorCode.TOO_LARGE),
    ],
)
def test_what_shows_nothing_is_refused_and_leaves_nothing(
    planned: Asset, tmp_path: Path, content: bytes, code: SubtitlesErrorCode
) -> None:
    path = tmp_path / "a.srt"
    path.write_bytes(content)

    with pytest.raises(SubtitlesError) as refused:
        add_subtitles(asset_id=planned.pk, path=path, file_name="a.srt", language="de")

    assert refused.value.code == code
    assert rows(planned) == []
    assert not Sidecar.objects.exists()
    assert path.exists()


def test_files_of_subtitles_are_carried_to_another_film_once(
    planned: Asset, srt: Path, tmp_path: Path
) -> None:
    add_subtitles(asset_id=planned.pk, path=srt, file_name="german.srt", language="de", label="Deutsch")
    source = tmp_path / "another.mkv"
    source.write_bytes(objects().read_bytes(planned.source_key))
    another = add_source(path=source, file_name="Another.mkv")
    assert job_once()
    another.refresh_from_db()

    for _ in range(2):
        carry_sidecars(from_asset_id=planned.pk, to_asset_id=another.pk)

    assert [(row[0], row[2]) for row in rows(another)] == [("subtitles-0", "Deutsch")]
    assert texts(another, "subtitles-0") == texts(planned, "subtitles-0")
    assert Sidecar.objects.filter(asset=another).count() == 1


def test_a_store_that_fails_delays_subtitles_and_does_not_leave_them_out(
    subtitled: Asset, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = type(objects())
    put = store.put_absent

    def fail(self: object, key: str, source: Path) -> bool:
        if "subtitles-" in key:
            raise OSError(28, "No space left on device")
        return put(self, key, source)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "put_absent", fail)
    make_all(subtitled)

    chunk = Chunk.objects.get(version__asset=subtitled, kind="SUBTITLES")
    assert (chunk.state, chunk.failure_code) == (WorkState.WAITING, "STORAGE_FAILED")
    assert len(rows(subtitled)) == 2
