"""Previews: who gets an address, what it opens, and for how long."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Plan, Profile
from catalog.models import Title, Video
from catalog.tokens import WINDOW, Viewer, make_preview_token, read_preview_token
from playback.models import PlaybackSession, Progress
from playback.tokens import make_token
from tests.conftest import Ask
from tests.people import Person, make_person
from tests.playback.conftest import Start
from tests.playback.library import CLIP, Film, add_preview, make_film, make_segments
from transcoding.models import Asset, AssetState
from vod.lib.graphql.ids import encode_id

SECRET = "told-to-edges-and-to-nobody-else-0123456789"
NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
VIEWER = Viewer(UUID(int=1), UUID(int=2))
VERSION = UUID("01900000-0000-7000-8000-000000000002")
QUERY = "query ($id: ID!) { node(id: $id) { ... on Video { previewUrl } } }"


@pytest.fixture
def night_train(night_train: Film) -> Film:
    add_preview(night_train)
    return night_train


@pytest.fixture
def address(gql: Ask) -> Any:
    """`address(person, film)`: the address of the film's preview as this person is told."""

    def told(person: Person | None, film: Film) -> str | None:
        node = gql(QUERY, {"id": film.id}, as_=person)["data"]["node"]
        return node["previewUrl"] if node else None

    return told


def get(path: str, method: str = "GET", **headers: str) -> HttpResponse:
    """By nobody: a page's video element sends no bearer token."""
    sent = Client().generic(method, path, **headers)  # type: ignore[arg-type]
    whole = HttpResponse(sent.getvalue(), status=sent.status_code, headers=sent.headers)
    sent.close()
    return whole


def test_it_is_sent_whole_in_ranges_and_not_again(address: Any, owner: Person, night_train: Film) -> None:
    url = address(owner, night_train)

    answer, part = get(url), get(url, HTTP_RANGE="bytes=5-9")

    assert (answer.status_code, answer.content) == (200, CLIP)
    assert answer["Content-Type"] == "video/mp4"
    assert answer["Cache-Control"] == "private, max-age=3600"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert (part.status_code, part.content) == (206, CLIP[5:10])
    assert get(url, HTTP_IF_NONE_MATCH=answer["ETag"]).status_code == 304
    assert get(url, "HEAD")["Content-Length"] == str(len(CLIP))
    assert get(url, "POST").status_code == 405


def test_it_holds_no_place_in_the_plan_and_moves_no_position(
    address: Any, owner: Person, night_train: Film, start: Start
) -> None:
    Plan.objects.update(max_streams=1)

    assert get(address(owner, night_train)).status_code == 200

    assert (PlaybackSession.objects.count(), Progress.objects.count()) == (0, 0)
    assert start(owner, night_train)["errors"] == []
    assert get(address(owner, night_train)).status_code == 200


def test_the_address_stays_the_same_for_a_while_and_is_each_profiles_own(
    address: Any, owner: Person, other_adult: Person, stranger: Person, night_train: Film
) -> None:
    told = [address(person, night_train) for person in (owner, owner, other_adult, stranger)]

    assert told[0] == told[1]
    assert len(set(told)) == 3


def test_only_who_may_see_the_film_is_told(
    address: Any, kid: Person, operator: Person, owner: Person, night_train: Film
) -> None:
    grown_up = make_film("Not for Kit", minimum_age=16)
    add_preview(grown_up)
    assert address(kid, night_train) is not None
    assert address(kid, grown_up) is None
    assert address(None, night_train) is None
    Title.objects.update(published_at=None)
    assert address(owner, night_train) is None
    url = address(operator, night_train)
    assert url is not None
    assert get(url).status_code == 200


def test_a_childs_profile_of_an_operator_sees_no_draft(
    address: Any, operator: Person, night_train: Film
) -> None:
    child = make_person(operator.user, "Olga", is_kids=True, maturity_limit=7)
    told = [(person, address(person, night_train)) for person in (child, operator)]

    Title.objects.update(published_at=None)

    assert [get(url).status_code for _, url in told] == [403, 200]


def test_there_is_none_of_what_has_none(address: Any, owner: Person, night_train: Film) -> None:
    assert address(owner, make_film("Another film")) is None
    for changed in (
        {"preview_of": uuid4()},
        {"preview_of": night_train.version.pk, "state": AssetState.CANCELLED},
    ):
        Asset.objects.filter(pk=night_train.version.asset_id).update(**changed)
        assert address(owner, night_train) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda film, person: Title.objects.update(published_at=None),
        lambda film, person: Title.objects.update(available_until=timezone.now() - timedelta(seconds=1)),
        lambda film, person: Title.objects.update(minimum_age=18),
        lambda film, person: Profile.objects.filter(pk=person.profile_id).update(maturity_limit=0),
        lambda film, person: Profile.objects.filter(pk=person.profile_id).delete(),
        lambda film, person: type(person.user).objects.update(is_active=False),
        lambda film, person: Video.objects.update(asset=None),
        lambda film, person: film.version.asset.delete(),
    ],
    ids=["withdrawn", "over", "above the limit", "limit", "profile gone", "closed", "detached", "deleted"],
)
def test_what_takes_the_film_away_takes_its_preview(
    address: Any, kid: Person, night_train: Film, change: Any
) -> None:
    Title.objects.update(minimum_age=6)
    url = address(kid, night_train)
    assert get(url).status_code == 200

    change(night_train, kid)

    refused = get(url)
    assert (refused.status_code, refused.content) == (403, b"")
    assert refused["Cache-Control"] == "no-store"


def test_a_token_opens_nothing_else(address: Any, owner: Person, night_train: Film, start: Start) -> None:
    other = make_film("Another film")
    add_preview(other)
    make_segments(night_train.version, "video-720")
    url = address(owner, night_train)
    token, version = url.split("/")[2:4]
    stream = start(owner, night_train)["session"]["manifestUrl"].split("/")[2]

    for path, status in (
        (f"/previews/{token}/{other.version.pk}/preview.mp4", 403),
        (f"/stream/{token}/{version}/video-720/00000.m4s", 404),
        (f"/stream/{token}/{version}/preview.mp4", 404),
        (f"/stream/{stream}/{version}/preview.mp4", 404),
        (f"/previews/{stream}/{version}/preview.mp4", 403),
        (
            f"/previews/{make_token(session=owner.user.pk, version=other.version.pk)}/{version}/preview.mp4",
            403,
        ),
        (f"/previews/{token}/{version}/video-720/00000.m4s", 404),
        (f"/previews/{token}/{version}/%70review.mp4", 404),
        (f"/previews/{token}/{version}//preview.mp4", 404),
        (f"/previews/{token}/{version.upper()}/preview.mp4", 404),
        (f"/previews/{token}/{version}/preview.mp4/", 404),
        ("/previews/", 404),
    ):
        refused = Client().get(path, RAW_URI=path)
        assert (refused.status_code, refused.getvalue()) == (status, b""), path


def test_no_character_of_a_token_can_be_changed_and_it_ends() -> None:
    token = make_preview_token(VIEWER, version=VERSION, now=NOW)

    assert read_preview_token(token, version=VERSION, now=NOW) == VIEWER
    assert read_preview_token(token, version=uuid4(), now=NOW) is None
    for place, right in enumerate(token):
        for wrong in "AB_-.=9é".replace(right, ""):
            forged = token[:place] + wrong + token[place + 1 :]
            assert read_preview_token(forged, version=VERSION, now=NOW) is None, forged
        assert read_preview_token(token[:place], version=VERSION, now=NOW) is None
    for nonsense in ("", "..", "a.b.c", token + "=", token + ".", "x" * 5000):
        assert read_preview_token(nonsense, version=VERSION, now=NOW) is None


@pytest.mark.parametrize("version", [VERSION, UUID(int=0), UUID(int=7 * 3600), uuid4()])
def test_a_token_is_good_for_one_to_two_windows_and_changes_once_in_each(version: UUID) -> None:
    token = make_preview_token(VIEWER, version=version, now=NOW)
    window = timedelta(seconds=WINDOW)

    assert read_preview_token(token, version=version, now=NOW + window - timedelta(seconds=1)) == VIEWER
    assert read_preview_token(token, version=version, now=NOW + 2 * window) is None
    hours = [NOW + timedelta(hours=hour) for hour in range(int(window.total_seconds()) // 3600)]
    assert len({make_preview_token(VIEWER, version=version, now=moment) for moment in hours}) <= 2


def test_a_new_secret_keeps_old_tokens_while_it_names_the_old_one(settings: Settings) -> None:
    token = make_preview_token(VIEWER, version=VERSION, now=NOW)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another secret that is long enough"

    assert read_preview_token(token, version=VERSION, now=NOW) is None
    settings.SECRET_KEY_FALLBACKS = [old]
    assert read_preview_token(token, version=VERSION, now=NOW) == VIEWER


def test_an_edge_is_told_the_object_for_three_statements(
    address: Any, owner: Person, night_train: Film, settings: Settings
) -> None:
    settings.DELIVERY, settings.EDGE_SECRET = "nginx", SECRET
    url = address(owner, night_train)

    with CaptureQueriesContext(connection) as statements:
        answer = ask_as_edge(url)

    assert (answer.status_code, answer["Lantern-Key"]) == (
        204,
        f"{night_train.version.key_prefix}/preview.mp4",
    )
    assert (answer["Lantern-Size"], answer["Lantern-Cache"]) == (str(len(CLIP)), "private, max-age=3600")
    assert len(statements) <= 3
    assert ask_as_edge(url.replace("/previews/", "/previews/x")).status_code == 403
    assert ask_as_edge(url.replace("/previews/", "/stream/")).status_code == 401
    # What an edge is there to send is sent by nobody else.
    assert get(url).status_code == 421


def ask_as_edge(path: str) -> HttpResponse:
    return get("/internal/stream-auth", HTTP_LANTERN_EDGE=SECRET, HTTP_LANTERN_ADDRESS=path)


def test_addresses_cost_a_page_no_statement(gql: Ask, owner: Person, night_train: Film) -> None:
    id_ = encode_id("Video", night_train.video.pk)
    counts = []
    for field in ("durationSeconds", "durationSeconds previewUrl"):
        query = f"query ($id: ID!) {{ node(id: $id) {{ ... on Video {{ {field} }} }} }}"
        with CaptureQueriesContext(connection) as statements:
            gql(query, {"id": id_}, as_=owner)
        counts.append(len(statements))
    assert counts[0] == counts[1]
