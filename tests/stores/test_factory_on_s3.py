"""A film's whole way with every object in a real bucket: made, watched, interrupted, removed."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from catalog.models import Video, VideoKind
from tests.conftest import Ask
from tests.people import Person
from tests.playback.library import Film, make_title
from tests.servers.store_proxy import StoreProxy
from tests.stores.conftest import Factory, use_s3
from tests.stores.server import StoreServer, free_port
from tests.transcoding.films import make_film
from transcoding.models import Asset, AssetState, Chunk, Segment, WorkState
from transcoding.selectors.delivery import media_object
from transcoding.services.frames import grab_frame
from transcoding.services.ingest import add_source
from transcoding.services.stopping import carry_on
from transcoding.services.working import work_once
from vod.lib.storage import StoreError, objects

Get = Callable[..., tuple[HttpResponse, bytes]]


@pytest.fixture
def ready(factory: Factory) -> Asset:
    """A film that is whole, in the bucket."""
    asset = factory("s3")
    while work_once():
        pass
    asset.refresh_from_db()
    assert (asset.state, asset.failure_code) == (AssetState.READY, "")
    return asset


@pytest.fixture
def get(client: Client, owner: Person, ready: Asset, gql: Ask) -> Get:
    """`get(path, **headers)`: what the owner's player gets below the film's address."""
    title = make_title("Night train")
    assert ready.current_version is not None
    video = Video.objects.create(title=title, kind=VideoKind.FEATURE, asset=ready)
    given = {"videoId": Film(title, video, ready.current_version).id, "deviceName": "Sofa"}
    session = gql("StartPlayback", {"input": given}, as_=owner)["data"]["startPlayback"]["session"]
    folder = session["manifestUrl"].removesuffix("master.m3u8")

    def fetch(path: str, **headers: str) -> tuple[HttpResponse, bytes]:
        answer = client.get(folder + path, headers=headers)
        content = answer.getvalue()
        answer.close()
        return answer, content  # type: ignore[return-value]

    return fetch


def test_a_film_is_made_in_the_bucket_and_watched_from_it(
    ready: Asset, get: Get, settings: Settings, tmp_path: Path
) -> None:
    master, text = get("master.m3u8")
    assert (master.status_code, b"video-180/index.m3u8" in text) == (200, True)
    for name in ("video-180", "audio-0"):
        answer, playlist = get(f"{name}/index.m3u8")
        assert answer.status_code == 200
        for line in ["init.mp4", *playlist.decode().splitlines()]:
            if line.endswith((".m4s", ".mp4")) and not line.startswith("#"):
                answer, content = get(f"{name}/{line}")
                assert answer.status_code == 200
                assert answer["Content-Length"] == str(len(content)) != "0"
    assert get("storyboard/index.vtt")[1].startswith(b"WEBVTT")
    picture = grab_frame(asset=ready, seconds=2, target=tmp_path / "frame.jpg")
    assert picture.read_bytes()[:3] == b"\xff\xd8\xff"
    assert list(Path(settings.MEDIA_ROOT).iterdir()) == []


def test_a_range_of_a_segment_is_read_from_the_bucket_as_a_range(
    get: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, whole = get("video-180/00000.m4s")
    asked: list[object] = []
    client = objects().client  # type: ignore[attr-defined]
    client.meta.events.register(
        "before-send.s3.GetObject", lambda request, **_: asked.append(request.headers["Range"])
    )

    answer, content = get("video-180/00000.m4s", Range="bytes=100-299")

    assert (answer.status_code, content) == (206, whole[100:300])
    assert answer["Content-Range"] == f"bytes 100-299/{len(whole)}"
    assert asked in (["bytes=100-299"], [b"bytes=100-299"])


def test_who_watches_while_the_store_is_away_is_told_to_come_again(get: Get, settings: Settings) -> None:
    default = settings.STORAGES["default"]
    nowhere = {**default["OPTIONS"], "endpoint_url": f"http://127.0.0.1:{free_port()}", "attempts": 1}
    settings.STORAGES = {**settings.STORAGES, "default": {**default, "OPTIONS": nowhere}}

    for path in ("video-180/00000.m4s", "video-180/init.mp4"):
        answer, _ = get(path)
        assert (answer.status_code, answer["Cache-Control"], answer["Retry-After"]) == (503, "no-store", "5")


def test_a_store_that_hangs_for_a_while_costs_a_film_nothing_but_time(
    factory: Factory, s3_server: StoreServer
) -> None:
    asset = factory("s3")
    s3_server.pause()
    timer = threading.Timer(5, s3_server.resume)
    timer.start()
    try:
        while work_once():
            pass
    finally:
        timer.join()

    asset.refresh_from_db()
    assert asset.state == AssetState.READY
    assert set(Chunk.objects.values_list("attempt", flat=True)) == {1}


def test_a_store_that_is_gone_puts_work_off_and_fails_no_film(
    factory: Factory, settings: Settings, s3_server: StoreServer
) -> None:
    asset = factory("s3")
    default = settings.STORAGES["default"]
    nowhere = {**default["OPTIONS"], "endpoint_url": f"http://127.0.0.1:{free_port()}", "attempts": 1}
    settings.STORAGES = {**settings.STORAGES, "default": {**default, "OPTIONS": nowhere}}
    with pytest.raises(StoreError):
        objects().try_out()
    work_once()

    chunk = Chunk.objects.exclude(failure_code="").get()
    assert (chunk.state, chunk.failure_code) == (WorkState.WAITING, "STORAGE_FAILED")
    settings.STORAGES = {**settings.STORAGES, "default": default}
    Chunk.objects.update(not_before=None)
    while work_once():
        pass
    asset.refresh_from_db()
    assert asset.state == AssetState.READY
    assert Segment.objects.count() == 5


def test_no_bucket_is_listed_and_no_film_is_copied_whole_on_the_way_from_upload_to_playback(
    db: None, s3_server: StoreServer, settings: Settings, tmp_path: Path
) -> None:
    with StoreProxy(s3_server.endpoint) as proxy:
        use_s3(settings, replace(s3_server, endpoint=proxy.endpoint), tmp_path)
        carry_on()
        asset = add_source(path=make_film(tmp_path / "film.mkv"), file_name="A film.mkv")
        while work_once():
            pass
        asset.refresh_from_db()
        assert asset.state == AssetState.READY
        version = asset.current_version
        assert version is not None
        for rendition in ("video-180", "audio-0"):
            for name in ("init.mp4", "00000.m4s", "00001.m4s"):
                found = media_object(version, f"{rendition}/{name}")
                assert found is not None
                assert len(objects().read_bytes(found.key)) == found.size_bytes

        # A store that lets late writers in is searched for what they left, once, when a film is published.
        assert len(proxy.listings()) <= (0 if s3_server.first_end_wins else 2)
        assert not (tmp_path / "home" / "tmp" / "sources").exists()
        assert {one.method for one in proxy.requests} <= {"GET", "HEAD", "PUT", "DELETE"}
