"""A worker that was stopped and wakes up late changes nothing that a viewer gets, whatever the store is."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.stores.conftest import Factory, Late
from transcoding.models import AssetState, AssetVersion, Chunk, Rendition, Segment, WorkState
from transcoding.selectors.delivery import media_object
from transcoding.services.claiming import Hold, LostHold, claim
from transcoding.services.delete import delete_asset
from transcoding.services.finishing import finish_chunk
from transcoding.services.making import make_chunk
from transcoding.services.sweeping import sweep_factory
from transcoding.services.working import work_once
from vod.lib.storage import objects

PATHS = ("video-180/init.mp4", "video-180/00000.m4s")


def viewers_see(version: AssetVersion, path: str) -> bytes:
    found = media_object(version, path)
    assert found is not None
    content = objects().read_bytes(found.key)
    assert len(content) == found.size_bytes
    return content


def taken() -> Hold[Chunk]:
    hold = claim(Chunk)
    assert hold is not None
    return hold


def given_on() -> Hold[Chunk]:
    """The chunk whose worker is silent, in the hands of the next one."""
    Chunk.objects.filter(state=WorkState.RUNNING).update(lease_until=timezone.now() - timedelta(seconds=1))
    sweep_factory()
    return taken()


@pytest.mark.parametrize("kind", ["local", "careless", "s3"])
def test_the_stale_writer_comes_last_with_other_bytes(kind: str, factory: Factory, late: Late) -> None:
    version = factory(kind).versions.get()
    stale = taken()
    quick = given_on()
    make_chunk(quick)
    before = {path: viewers_see(version, path) for path in PATHS}
    names = objects().keys_below(version.key_prefix)

    with late(stale), pytest.raises(LostHold):
        make_chunk(stale)

    assert late.wrote
    assert {path: viewers_see(version, path) for path in PATHS} == before
    assert objects().keys_below(version.key_prefix) == names


@pytest.mark.parametrize("kind", ["local", "careless", "s3"])
def test_the_stale_writer_comes_between_the_objects_and_the_rows_of_the_next(
    kind: str, factory: Factory, late: Late, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = factory(kind).versions.get()
    stale = taken()
    quick = given_on()

    def interrupted(hold: Hold[Chunk], **given: object) -> None:
        if hold is quick:
            with late(stale), pytest.raises(LostHold):
                make_chunk(stale)
        finish_chunk(hold, **given)  # type: ignore[arg-type]

    monkeypatch.setattr("transcoding.services.making.finish_chunk", interrupted)
    make_chunk(quick)
    seen = [viewers_see(version, path) for path in PATHS]

    assert late.wrote
    assert not [content for content in seen if content.endswith(late.mark)]


def test_a_film_becomes_ready_on_a_careless_store_and_nothing_is_left_of_who_died(
    factory: Factory, late: Late, monkeypatch: pytest.MonkeyPatch
) -> None:
    asset = factory("careless")
    version = asset.versions.get()
    dead = taken()

    with late(dead), monkeypatch.context() as patch:
        # Killed after its objects and before its rows.
        patch.setattr("transcoding.services.making.clear_after", lambda _bench: None)
        with pytest.raises(LostHold):
            Chunk.objects.filter(pk=dead.row.pk).update(fence=7)
            make_chunk(dead)
    assert late.wrote
    Chunk.objects.filter(pk=dead.row.pk).update(state=WorkState.WAITING)
    while work_once():
        pass

    asset.refresh_from_db()
    version.refresh_from_db()
    assert (asset.state, asset.failure_code) == (AssetState.READY, "")
    named = set(Segment.objects.filter(rendition__version=version).values_list("key", flat=True))
    named |= set(Rendition.objects.filter(version=version).values_list("init_key", flat=True))
    assert f"{version.key_prefix}/video-180/00000.f8.m4s" in named
    assert f"{version.key_prefix}/video-180/init.c0f8.mp4" in named
    there = {key for key in objects().keys_below(version.key_prefix) if not key.endswith(".m3u8")}
    assert there == named - {""}
    for path in (
        *PATHS,
        "audio-0/init.mp4",
        "audio-0/00001.m4s",
        "storyboard/index.vtt",
        "storyboard/00000.jpg",
    ):
        assert viewers_see(version, path)


def test_a_piece_that_does_not_fit_the_first_ones_init_does_not_come_in(factory: Factory) -> None:
    asset = factory("careless")
    make_chunk(taken())
    Rendition.objects.filter(name="video-180").update(init_digest="0" * 64)
    Chunk.objects.exclude(kind="VIDEO").delete()

    work_once()

    chunk = Chunk.objects.get(kind="VIDEO", number=1)
    assert (chunk.state, chunk.failure_code) == (WorkState.WAITING, "VERIFY_FAILED")
    assert Segment.objects.filter(rendition__name="video-180").count() == 1
    assert [key for key in objects().keys_below(asset.versions.get().key_prefix) if "00001" in key] == []


def test_deleting_takes_the_objects_of_every_claim(
    factory: Factory, django_capture_on_commit_callbacks: object
) -> None:
    asset = factory("careless")
    make_chunk(taken())

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        delete_asset(asset_id=asset.pk)

    assert objects().keys_below("assets") == []
    assert objects().keys_below("sources") == []
