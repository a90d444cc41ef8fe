"""AV1 comes after a film is ready, when it is wanted, and never in the way of anything."""

import pytest
from django.test import Client

from tests.people import Person
from transcoding.asset_errors import AssetError, AssetErrorCode
from transcoding.models import Asset, AssetState, Chunk, ChunkKind, Rendition, RenditionState, WorkState
from transcoding.selectors.delivery import master_playlist, media_object
from transcoding.services.order_av1 import order_av1, order_av1_for
from transcoding.services.working import work_once


def work_off() -> None:
    while work_once():
        pass


def test_av1_is_made_beside_a_ladder_that_stays_ready(ready: Asset) -> None:
    version = ready.current_version
    assert version is not None

    order_av1(asset_id=ready.pk)
    work_off()

    ready.refresh_from_db()
    rendition = Rendition.objects.get(version=version, codec="av1")
    assert (ready.state, ready.progress) == (AssetState.READY, 1.0)
    assert (rendition.name, rendition.state, rendition.progress) == (
        "video-180-av1",
        RenditionState.READY,
        1.0,
    )
    assert media_object(version, "video-180-av1/index.m3u8") is not None
    assert media_object(version, "video-180-av1/00001.m4s") is not None


def test_av1_joins_the_master_once_it_is_whole(ready: Asset, monkeypatch: pytest.MonkeyPatch) -> None:
    version = ready.current_version
    assert version is not None
    order_av1(asset_id=ready.pk)
    assert "av01" not in master_playlist(version, max_height=2160)

    def away(*_what: object) -> None:
        raise OSError("the store is away")

    with monkeypatch.context() as patch:
        patch.setattr("transcoding.services.finishing_av1.write_playlists", away)
        assert work_once()
    assert "av01" not in master_playlist(version, max_height=2160)
    Chunk.objects.filter(kind=ChunkKind.AV1).update(not_before=None)
    work_off()

    assert 'CODECS="av01.' in master_playlist(version, max_height=2160)


def test_av1_waits_behind_every_other_piece_of_work(ready: Asset, film: object) -> None:
    order_av1(asset_id=ready.pk)

    later = Chunk.objects.filter(kind=ChunkKind.AV1).order_by("priority").first()

    assert later is not None
    assert later.priority > max(Chunk.objects.exclude(kind=ChunkKind.AV1).values_list("priority", flat=True))


def test_ordering_twice_makes_it_once(ready: Asset) -> None:
    order_av1(asset_id=ready.pk)
    order_av1(asset_id=ready.pk)

    assert Rendition.objects.filter(codec="av1").count() == 1
    assert Chunk.objects.filter(kind=ChunkKind.AV1).count() == 1


def test_ordering_again_starts_what_failed_anew(ready: Asset) -> None:
    order_av1(asset_id=ready.pk)
    Chunk.objects.filter(kind=ChunkKind.AV1).update(state=WorkState.FAILED, attempt=5)

    order_av1(asset_id=ready.pk)

    assert list(Chunk.objects.filter(kind=ChunkKind.AV1).values_list("state", "attempt")) == [("WAITING", 0)]


def test_a_film_that_is_not_ready_gets_none(planned: Asset) -> None:
    with pytest.raises(AssetError) as caught:
        order_av1(asset_id=planned.pk)

    assert caught.value.code == AssetErrorCode.INVALID_STATE
    assert order_av1_for() == 0


def test_all_films_that_have_none_are_ordered_once(ready: Asset) -> None:
    assert order_av1_for() == 1
    assert order_av1_for() == 0
    assert order_av1_for(version_ids=[]) == 0


def test_an_operator_orders_av1_in_the_admin(ready: Asset, operator: Person) -> None:
    office = Client()
    office.force_login(operator.user)

    office.post("/admin/transcoding/asset/", {"action": "make_av1", "_selected_action": [str(ready.pk)]})

    assert Rendition.objects.filter(version=ready.current_version, codec="av1").exists()
