"""What lies behind a media path, and what never does."""

import pytest

from transcoding.models import Asset, AssetState, AssetVersion, Chunk, Rendition, Segment
from transcoding.selectors.assets import audio_tracks_of, renditions_of
from transcoding.selectors.delivery import MediaObject, master_playlist, media_object
from transcoding.services.publishing import publish_late
from transcoding.services.working import work_once
from vod.lib.storage import objects


def version_of(asset: Asset) -> AssetVersion:
    return asset.versions.get()


def body_of(found: MediaObject | None) -> str:
    assert found is not None
    return (found.body if found.body is not None else objects().read_bytes(found.key)).decode()


def test_every_object_of_a_finished_film_is_found(ready: Asset) -> None:
    version = version_of(ready)
    types = {
        "video-180/init.mp4": "video/mp4",
        "video-180/00000.m4s": "video/mp4",
        "video-180/00001.m4s": "video/mp4",
        "audio-0/00001.m4s": "video/mp4",
        "storyboard/00000.jpg": "image/jpeg",
        "storyboard/index.vtt": "text/vtt; charset=utf-8",
        "video-180/index.m3u8": "application/vnd.apple.mpegurl",
        "video-180/iframes.m3u8": "application/vnd.apple.mpegurl",
    }

    for path, content_type in types.items():
        found = media_object(version, path)
        assert found is not None
        assert (found.content_type, found.body) == (content_type, None)
        assert objects().size(found.key) == found.size_bytes > 0


NOTHING = [
    "",
    "master.m3u8",
    "../v1/video-180/00000.m4s",
    "video-180/../video-180/00000.m4s",
    "video-180/./00000.m4s",
    "./video-180/00000.m4s",
    "/video-180/00000.m4s",
    "video-180//00000.m4s",
    "video-180/%30%30000.m4s",
    "video-180%2f00000.m4s",
    "video-180/00000.m4s\n",
    "video-180/00000.m4s?x",
    "video-180/00000.M4S",
    "video-180/0.m4s",
    "video-180/٠٠٠٠٠.m4s",
    "video-180/00002.m4s",
    "video-1080/00000.m4s",
    "video-1080/index.m3u8",
    "audio-1/init.mp4",
    "video-180-av1/index.m3u8",
    "video-180-vp9/index.m3u8",
    "iframes-180/index.m3u8",
    "iframes-180/iframes.m3u8",
    "audio-0/iframes.m3u8",
    "audio-0/original.m3u8",
    "audio-0-surround/index.m3u8",
    "audio-0/00000.vtt",
    "original.m3u8",
    "original/index.m3u8",
    "original/00000.m4s",
    "subtitles-0/index.m3u8",
    "subtitles-0/00000.vtt",
    "subtitles-s0/00000.vtt",
    "subtitles-0/init.mp4",
    "storyboard/00001.jpg",
    "storyboard/init.mp4",
    "storyboard/index.m3u8",
    "video-180/source",
    "source",
]


def test_nothing_else_is_there(ready: Asset) -> None:
    version = version_of(ready)

    assert [path for path in NOTHING if media_object(version, path) is not None] == []


def test_the_playlist_of_a_finished_film_is_whole_and_ended(ready: Asset) -> None:
    text = body_of(media_object(version_of(ready), "video-180/index.m3u8"))

    assert "#EXT-X-PLAYLIST-TYPE:VOD" in text
    assert [line for line in text.splitlines() if line.endswith(".m4s")] == ["00000.m4s", "00001.m4s"]
    assert text.endswith("#EXT-X-ENDLIST\n")


def test_the_master_names_relative_children_and_respects_the_plans_height(ready: Asset) -> None:
    text = master_playlist(version_of(ready), max_height=2160)

    assert "RESOLUTION=320x180" in text
    assert 'URI="audio-0/index.m3u8"' in text
    children = [line for line in text.splitlines() if not line.startswith("#")]
    assert children == ["video-180/index.m3u8"]
    assert "video-180" in master_playlist(version_of(ready), max_height=1)


def test_a_film_that_is_being_made_has_a_growing_playlist(planned: Asset) -> None:
    version = version_of(planned)
    empty = body_of(media_object(version, "video-180/index.m3u8"))
    work_once()
    work_once()

    grown = body_of(media_object(version, "video-180/index.m3u8"))

    assert ".m4s" not in empty
    assert "#EXT-X-PLAYLIST-TYPE:EVENT" in grown
    assert [line for line in grown.splitlines() if line.endswith(".m4s")] == ["00000.m4s"]
    assert "#EXT-X-ENDLIST" not in grown


def test_a_growing_playlist_ends_at_the_first_gap(planned: Asset) -> None:
    version = version_of(planned)
    Chunk.objects.filter(kind="VIDEO", number=0).update(priority=99_999_999)
    for _ in range(3):
        work_once()
    assert set(Segment.objects.filter(rendition__kind="VIDEO").values_list("number", flat=True)) == {1}

    assert ".m4s" not in body_of(media_object(version, "video-180/index.m3u8"))
    assert media_object(version_of(planned), "storyboard/index.vtt") is not None


def test_a_storyboard_that_is_not_made_is_not_there(planned: Asset) -> None:
    assert media_object(version_of(planned), "storyboard/index.vtt") is None
    assert media_object(version_of(planned), "video-180/init.mp4") is None


def test_a_film_is_playable_when_its_first_stretch_and_sound_promise_enough(
    planned: Asset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("transcoding.services.promising.holds", lambda *_args, **_options: True)
    states = []

    while work_once():
        planned.refresh_from_db()
        states.append(planned.state)

    # First chunk, sound, storyboard, second chunk, publishing.
    assert states == [
        AssetState.ENCODING,
        AssetState.PLAYABLE,
        AssetState.PLAYABLE,
        AssetState.PLAYABLE,
        AssetState.READY,
    ]
    assert planned.current_version == version_of(planned)


def test_audio_tracks_and_renditions_are_found_for_many_assets_at_once(
    ready: Asset, django_assert_num_queries: object
) -> None:
    other = Asset.objects.create(file_name="other", size_bytes=1, source_key="s")

    with django_assert_num_queries(2):  # type: ignore[operator]
        tracks = audio_tracks_of([ready.pk, other.pk])
    with django_assert_num_queries(2):  # type: ignore[operator]
        renditions = renditions_of([ready.pk, other.pk])

    assert [row.label for row in tracks[ready.pk]] == ["Audio 1"]
    assert other.pk not in tracks
    assert {row.name for row in renditions[ready.pk]} == {"video-180", "iframes-180", "audio-0", "storyboard"}


def test_key_frames_of_a_finished_rung_are_rows_and_a_rendition(ready: Asset) -> None:
    version = version_of(ready)
    rows = list(Segment.objects.filter(rendition__name="video-180"))

    assert all(row.key_frame_start and row.key_frame_bytes for row in rows)
    for row in rows:
        start, end = row.key_frame_start or 0, (row.key_frame_start or 0) + (row.key_frame_bytes or 0)
        data = objects().read_bytes(row.key)
        assert data[start + 4 : start + 8] == b"moof"
        assert end < len(data)
    key_frames = version.renditions.get(kind="IFRAMES")
    assert (key_frames.name, key_frames.height) == ("iframes-180", 180)
    assert (key_frames.state, key_frames.is_offered) == ("READY", True)
    assert key_frames.bitrate is not None
    assert 0 < key_frames.bitrate < (version.renditions.get(name="video-180").bitrate or 0)


def test_subtitles_that_come_after_the_film_join_its_masters(ready: Asset) -> None:
    version = version_of(ready)
    row = Rendition.objects.create(
        version=version, name="subtitles-0", kind="SUBTITLES", codec="webvtt", label="English", state="READY"
    )
    key = f"{version.key_prefix}/subtitles-0/00000.vtt"
    objects().put_bytes(key, b"WEBVTT\n")
    Segment.objects.create(rendition=row, number=0, key=key, size_bytes=7, duration_seconds=5)

    seen = master_playlist(version, max_height=2160)
    publish_late(version)

    assert 'URI="subtitles-0/index.m3u8"' in seen
    assert objects().read_bytes(f"{version.key_prefix}/master.m3u8").decode() == seen
    assert objects().exists(f"{version.key_prefix}/subtitles-0/index.m3u8")
    row.refresh_from_db()
    assert row.is_offered
