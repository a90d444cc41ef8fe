"""Films find their videos, take their place when they can be watched, and give pictures."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from PIL import Image

from catalog.errors import CatalogError, CatalogErrorCode
from catalog.models import Artwork, ArtworkKind
from catalog.services import make_pictures
from catalog.services import set_artwork as choosing
from catalog.services.artwork import put_artwork
from catalog.services.attach_asset import attach_asset
from catalog.services.create_episode import create_episode
from catalog.services.settle_attachments import settle_attachments
from tests.catalog.conftest import MakeAsset, MakeTitle, feature_of
from tests.conftest import Ask
from tests.people import Person
from transcoding.errors import FailureCode, MediaError
from transcoding.models import Asset, AssetState
from transcoding.services.uploads import create_upload, upload_file
from vod.lib.graphql.ids import encode_id


@pytest.fixture(autouse=True)
def frames(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Frames come from here instead of from a film; the times that were asked for."""
    asked: list[float] = []

    def grab(*, asset: Asset, seconds: float, target: Path) -> Path:
        asked.append(seconds)
        Image.effect_noise((320, 180), 20 + seconds).convert("RGB").save(target)
        return target

    monkeypatch.setattr(make_pictures, "grab_frame", grab)
    monkeypatch.setattr(choosing, "grab_frame", grab)
    return asked


def test_a_film_takes_its_place_when_it_can_be_watched(movie: MakeTitle, asset: MakeAsset) -> None:
    video = feature_of(movie("Lamp"))
    old, new = asset("old.mp4"), asset("new.mp4", state=AssetState.ENCODING, progress=0.2)
    attach_asset(video_id=video.pk, asset_id=old.pk)

    attach_asset(video_id=video.pk, asset_id=new.pk)
    settle_attachments()
    video.refresh_from_db()
    assert (video.asset, video.pending_asset) == (old, new)

    Asset.objects.filter(pk=new.pk).update(state=AssetState.PLAYABLE)
    settle_attachments()
    settle_attachments()
    video.refresh_from_db()
    assert (video.asset, video.pending_asset) == (new, None)


def test_a_film_that_was_uploaded_for_a_video_attaches_itself_once(
    movie: MakeTitle, asset: MakeAsset
) -> None:
    video = feature_of(movie("Lamp"))
    wanted = asset("wanted.mp4", wanted_for=video.pk)
    settle_attachments()
    video.refresh_from_db()
    assert video.asset == wanted

    chosen = asset("chosen.mp4")
    attach_asset(video_id=video.pk, asset_id=chosen.pk)
    settle_attachments()
    video.refresh_from_db()
    assert video.asset == chosen


def test_of_two_films_for_one_video_the_newer_wins(movie: MakeTitle, asset: MakeAsset) -> None:
    video = feature_of(movie("Lamp"))
    asset("first.mp4", wanted_for=video.pk)
    second = asset("second.mp4", wanted_for=video.pk)
    asset("broken.mp4", wanted_for=video.pk, state=AssetState.FAILED)
    asset("nobody's.mp4", wanted_for=second.pk)

    settle_attachments()

    video.refresh_from_db()
    assert (video.asset, video.pending_asset) == (second, None)


def test_a_film_that_failed_cannot_be_attached(
    gql: Ask, operator: Person, movie: MakeTitle, asset: MakeAsset
) -> None:
    title = movie("Lamp")
    video = feature_of(title)
    broken = asset(state=AssetState.FAILED, failure_message="This is no film.")
    for asset_id, code in ((broken.pk, "ASSET_FAILED"), (title.pk, "NOT_FOUND")):
        ids = {"videoId": encode_id("Video", video.pk), "assetId": encode_id("Asset", asset_id)}
        answer = gql("AttachAsset", {"input": ids}, as_=operator)["data"]["attachAsset"]
        assert [error["code"] for error in answer["errors"]] == [code]
    with pytest.raises(CatalogError) as refused:
        attach_asset(video_id=broken.pk, asset_id=broken.pk)
    assert refused.value.code == CatalogErrorCode.NOT_FOUND


def test_missing_pictures_are_made_of_the_film_and_given_ones_stay(
    movie: MakeTitle, series: MakeTitle, asset: MakeAsset, picture: Callable[..., Path], frames: list[float]
) -> None:
    film, show, waiting = movie("Lamp"), series("Brook"), movie("Not filmed yet")
    attach_asset(video_id=feature_of(film).pk, asset_id=asset().pk)
    given = put_artwork(source=picture(), kind=ArtworkKind.POSTER, title=film)
    episode = create_episode(series_id=show.pk, season_number=1, number=1, name="Out")
    attach_asset(video_id=episode.video.pk, asset_id=asset().pk)

    settle_attachments()
    made = set(Artwork.objects.values_list("key", flat=True))
    asked = len(frames)
    settle_attachments()

    assert film.artwork.get(kind="POSTER") == given
    assert film.artwork.get(kind="BACKDROP").is_made
    assert sorted(show.artwork.values_list("kind", flat=True)) == ["BACKDROP", "POSTER"]
    assert episode.artwork.get().kind == ArtworkKind.STILL
    assert waiting.artwork.count() == 0
    assert set(Artwork.objects.values_list("key", flat=True)) == made
    assert len(frames) == asked
    assert all(0 < seconds < 90 for seconds in frames)


def test_a_film_without_a_single_good_frame_still_gets_a_poster(
    movie: MakeTitle, asset: MakeAsset, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_given: Any) -> Path:
        raise MediaError(FailureCode.CORRUPT, "No picture could be taken.")

    monkeypatch.setattr(make_pictures, "grab_frame", refuse)
    title = movie("Lamp")
    attach_asset(video_id=feature_of(title).pk, asset_id=asset().pk)

    settle_attachments()

    assert sorted(title.artwork.values_list("kind", "width")) == [("BACKDROP", 1280), ("POSTER", 780)]


def test_a_title_that_is_being_prepared_is_shown_with_how_far_it_is(
    gql: Ask, owner: Person, movie: MakeTitle, asset: MakeAsset
) -> None:
    title = movie("Lamp")
    video = feature_of(title)
    ask = '{ title(slug: "lamp") { isPlayable readiness ... on Movie { video { isPlayable readiness } } } }'

    def shown() -> list[Any]:
        found = gql(ask, as_=owner)["data"]["title"]
        return [found["isPlayable"], found["readiness"], *found["video"].values()]

    assert shown() == [False, None, False, None]
    film = asset(state=AssetState.ENCODING, progress=0.25)
    attach_asset(video_id=video.pk, asset_id=film.pk)
    assert shown() == [False, 0.25, False, 0.25]
    Asset.objects.filter(pk=film.pk).update(state=AssetState.PLAYABLE, progress=0.5)
    settle_attachments()
    assert shown() == [True, 0.5, True, 0.5]
    Asset.objects.filter(pk=film.pk).update(state=AssetState.READY, progress=1)
    # How far a film is may be told some seconds late.
    cache.clear()
    assert shown() == [True, None, True, None]


def test_an_operator_takes_a_poster_from_the_film(
    gql: Ask, operator: Person, movie: MakeTitle, asset: MakeAsset, frames: list[float]
) -> None:
    title = movie("Lamp")
    wanted = {"titleId": encode_id("Movie", title.pk), "kind": "POSTER"}

    def codes(**more: Any) -> list[str]:
        answer = gql("SetArtwork", {"input": {**wanted, **more}}, as_=operator)["data"]["setArtwork"]
        return [error["code"] for error in answer["errors"]]

    assert codes(atSeconds=5) == ["INVALID"]
    attach_asset(video_id=feature_of(title).pk, asset_id=asset().pk)
    assert codes() == ["REQUIRED"]
    assert codes(atSeconds=5, uploadId="x") == ["REQUIRED"]
    assert codes(atSeconds=91) == ["INVALID"]
    assert codes(uploadId="x") == ["NOT_FOUND"]
    assert title.artwork.count() == 0
    assert codes(atSeconds=5) == []
    poster = title.artwork.get()
    assert (poster.kind, poster.is_made, frames) == ("POSTER", False, [5.0])


def test_an_operator_gives_a_poster_that_they_uploaded_and_nobody_elses(
    gql: Ask, operator: Person, stranger: Person, movie: MakeTitle, picture: Callable[..., Path]
) -> None:
    title = movie("Lamp")
    content = picture(200, 300).read_bytes()

    def uploaded(person: Person, kind: str) -> str:
        upload = create_upload(
            owner_id=person.user.pk, kind=kind, file_name="p.png", size_bytes=len(content), wanted_for=None
        )
        upload_file(upload.pk).parent.mkdir(parents=True, exist_ok=True)
        upload_file(upload.pk).write_bytes(content)
        return f"http://testserver/api/uploads/{upload.pk}"

    for person, kind, codes in (
        (stranger, "artwork", ["NOT_FOUND"]),
        (operator, "subtitles", ["NOT_FOUND"]),
        (operator, "artwork", []),
    ):
        wanted = {
            "titleId": encode_id("Movie", title.pk),
            "kind": "POSTER",
            "uploadId": uploaded(person, kind),
        }
        answer = gql("SetArtwork", {"input": wanted}, as_=operator)["data"]["setArtwork"]
        assert [error["code"] for error in answer["errors"]] == codes
    assert (title.artwork.get().width, title.artwork.get().height) == (200, 300)
