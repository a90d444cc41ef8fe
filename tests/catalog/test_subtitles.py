"""Subtitles of an operator's own: who may add them, to what, what is shown of them, where they go along."""

from collections.abc import Callable
from typing import Any

import pytest

from catalog.models import Video
from catalog.services.attach_asset import attach_asset
from catalog.services.settle_attachments import settle_attachments
from tests.catalog.conftest import MakeAsset, MakeTitle, feature_of
from tests.conftest import Ask
from tests.people import Person
from transcoding.models import (
    Asset,
    AssetState,
    AssetVersion,
    Rendition,
    RenditionKind,
    RenditionState,
    Sidecar,
    Upload,
)
from transcoding.services.uploads import create_upload, upload_file
from vod.lib.graphql.ids import encode_id
from vod.lib.storage import objects

SRT = b"1\n00:00:01,000 --> 00:00:02,000\nGuten Tag\n"
Uploaded = Callable[..., str]
Add = Callable[..., dict[str, Any]]


@pytest.fixture
def uploaded() -> Uploaded:
    """`uploaded(person)`: the address of what the person has uploaded."""

    def upload(person: Person, content: bytes = SRT, *, kind: str = "subtitles") -> str:
        row = create_upload(
            owner_id=person.user.pk,
            kind=kind,
            file_name="german.srt",
            size_bytes=len(content),
            wanted_for=None,
        )
        upload_file(row.pk).write_bytes(content)
        return f"http://testserver/api/uploads/{row.pk}"

    return upload


@pytest.fixture
def film(movie: MakeTitle, asset: MakeAsset) -> Video:
    """The film of a published movie, ready to be watched; 90 s."""
    video = feature_of(movie("Lamp"))
    attach_asset(video_id=video.pk, asset_id=with_version(asset()).pk)
    video.refresh_from_db()
    return video


@pytest.fixture
def add(gql: Ask, operator: Person) -> Add:
    """`add(video, address, language=…)`: the payload."""

    def ask(video: Video, address: str, *, as_: Person | None = operator, **values: Any) -> dict[str, Any]:
        given = {"language": "de", **values}
        variables = {"videoId": encode_id("Video", video.pk), "uploadId": address, **given}
        answer = gql("AddSubtitles", {"input": variables}, as_=as_)
        payload: dict[str, Any] = answer["data"]["addSubtitles"]
        return payload

    return ask


def with_version(asset: Asset) -> Asset:
    version = AssetVersion.objects.create(asset=asset, number=1, plan={}, key_prefix=f"assets/{asset.pk}/v1")
    Rendition.objects.create(
        version=version, name="video-720", kind=RenditionKind.VIDEO, codec="h264", state=RenditionState.READY
    )
    asset.current_version = version
    asset.save()
    return asset


def codes(payload: dict[str, Any]) -> list[tuple[str, str]]:
    return [(error["field"], error["code"]) for error in payload["errors"]]


def tracks(gql: Ask, person: Person) -> list[dict[str, str]]:
    shown: list[dict[str, str]] = gql("TitlePage", {"slug": "lamp"}, as_=person)["data"]["title"]["video"][
        "subtitleTracks"
    ]
    return shown


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({}, {"language": "de", "label": "German", "kind": "SUBTITLES"}),
        ({"language": "pt-br"}, {"language": "pt-BR", "label": "Portuguese", "kind": "SUBTITLES"}),
        ({"kind": "CAPTIONS"}, {"language": "de", "label": "German CC", "kind": "CAPTIONS"}),
        ({"kind": "FORCED"}, {"language": "de", "label": "German (forced)", "kind": "FORCED"}),
        ({"language": "und"}, {"language": "und", "label": "Subtitles", "kind": "SUBTITLES"}),
        ({"label": " For\nlearners "}, {"language": "de", "label": "For learners", "kind": "SUBTITLES"}),
    ],
)
def test_an_operator_adds_subtitles_and_viewers_are_offered_them(
    gql: Ask,
    add: Add,
    uploaded: Uploaded,
    film: Video,
    operator: Person,
    owner: Person,
    given: dict[str, str],
    shown: dict[str, str],
) -> None:
    payload = add(film, uploaded(operator), **given)

    assert payload["errors"] == []
    assert payload["video"]["id"] == encode_id("Video", film.pk)
    assert tracks(gql, owner) == [shown]
    assert not Upload.objects.exists()


def test_subtitles_that_are_still_being_made_are_not_offered(gql: Ask, film: Video, owner: Person) -> None:
    Rendition.objects.create(
        version=AssetVersion.objects.get(), name="subtitles-0", kind=RenditionKind.SUBTITLES, codec="webvtt"
    )

    assert tracks(gql, owner) == []


@pytest.mark.parametrize(("person", "code"), [("owner", "FORBIDDEN"), (None, "UNAUTHENTICATED")])
def test_nobody_else_adds_subtitles(
    request: pytest.FixtureRequest, add: Add, uploaded: Uploaded, film: Video, person: str | None, code: str
) -> None:
    asker = request.getfixturevalue(person) if person else None
    address = uploaded(asker or request.getfixturevalue("operator"))

    payload = add(film, address, as_=asker)

    assert [error["code"] for error in payload["errors"]] == [code]
    assert not Sidecar.objects.exists()
    assert Upload.objects.count() == 1


def test_what_cannot_be_added_is_refused_and_the_upload_stays(
    add: Add, uploaded: Uploaded, film: Video, movie: MakeTitle, operator: Person, stranger: Person
) -> None:
    mine = uploaded(operator)
    playlist = uploaded(operator, b"#EXTM3U\nfile:///etc/passwd\n")
    long = uploaded(operator, SRT + b"\n" * 11_000_000)
    late = uploaded(operator, SRT.replace(b"00:00:0", b"05:00:0"))
    bare = feature_of(movie("Bare"))

    assert codes(add(film, mine, language="Klingonese")) == [("language", "INVALID")]
    assert codes(add(film, mine, language="")) == [("language", "INVALID")]
    assert codes(add(bare, mine)) == [("videoId", "NO_FILM")]
    assert codes(add(film, "nothing")) == [("uploadId", "NOT_FOUND")]
    assert codes(add(film, uploaded(stranger))) == [("uploadId", "NOT_FOUND")]
    assert codes(add(film, uploaded(operator, kind="artwork"))) == [("uploadId", "NOT_FOUND")]
    assert codes(add(film, playlist)) == [("uploadId", "NOT_SUBTITLES")]
    assert codes(add(film, late)) == [("uploadId", "NOT_SUBTITLES")]
    assert codes(add(film, long)) == [("uploadId", "TOO_LARGE")]
    assert Upload.objects.count() == 6
    assert not Sidecar.objects.exists()


def test_subtitles_may_come_while_their_film_is_still_on_its_way(
    add: Add, uploaded: Uploaded, movie: MakeTitle, asset: MakeAsset, operator: Person
) -> None:
    video = feature_of(movie("Lamp"))
    coming = asset(state=AssetState.UPLOADED, wanted_for=video.pk, duration_seconds=None)

    payload = add(video, uploaded(operator))

    assert payload["errors"] == []
    assert Sidecar.objects.get().asset_id == coming.pk


@pytest.mark.parametrize("how", ["at once", "later"])
def test_subtitles_go_along_to_the_film_that_replaces_theirs(
    gql: Ask,
    add: Add,
    uploaded: Uploaded,
    film: Video,
    asset: MakeAsset,
    operator: Person,
    owner: Person,
    how: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Pictures are taken of films that have bytes.
    monkeypatch.setattr("catalog.services.settle_attachments.make_missing_pictures", lambda: None)
    add(film, uploaded(operator), kind="CAPTIONS")
    state = AssetState.READY if how == "at once" else AssetState.ENCODING
    better = with_version(asset("better.mp4", state=state))

    attach_asset(video_id=film.pk, asset_id=better.pk)
    Asset.objects.filter(pk=better.pk).update(state=AssetState.READY)
    settle_attachments()

    film.refresh_from_db()
    assert film.asset_id == better.pk
    assert tracks(gql, owner) == [{"language": "de", "label": "German CC", "kind": "CAPTIONS"}]


def test_a_film_waits_to_take_its_place_while_subtitles_cannot_go_along(
    add: Add,
    uploaded: Uploaded,
    film: Video,
    asset: MakeAsset,
    operator: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("catalog.services.settle_attachments.make_missing_pictures", lambda: None)
    add(film, uploaded(operator))
    before = film.asset_id
    better = with_version(asset("better.mp4", state=AssetState.ENCODING))
    attach_asset(video_id=film.pk, asset_id=better.pk)
    Asset.objects.filter(pk=better.pk).update(state=AssetState.READY)

    def fail(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(type(objects()), "put_bytes", fail)
        settle_attachments()
    film.refresh_from_db()
    waited = film.asset_id
    settle_attachments()

    film.refresh_from_db()
    assert (waited, film.asset_id) == (before, better.pk)
    assert Sidecar.objects.filter(asset=better).count() == 1
