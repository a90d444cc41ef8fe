from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.models import Plan
from playback.models import PlaybackSession
from tests.conftest import Ask
from tests.people import PASSWORD, Person, make_person, make_token
from tests.playback.conftest import Say, Start
from tests.playback.library import Film, make_film, make_segments, segment_bytes
from vod.lib.graphql.ids import encode_id
from vod.lib.storage import objects

SEGMENT = "video-720/00001.m4s"
Get = Callable[..., HttpResponse]


@pytest.fixture
def made(night_train: Film) -> Film:
    """A film with two segments of each of its rungs and its sound."""
    names = list(night_train.version.renditions.values_list("name", flat=True))
    make_segments(night_train.version, *names)
    return night_train


@pytest.fixture
def folder(owner: Person, made: Film, start: Start) -> str:
    """The folder that the owner's stream of the film may fetch from."""
    url: str = start(owner, made)["session"]["manifestUrl"]
    return url.removesuffix("master.m3u8")


@pytest.fixture
def get(client: Client) -> Get:
    """`get(path, method="GET", **headers)`, by nobody: a player sends no cookie and no bearer token."""

    def fetch(path: str, method: str = "GET", **headers: str) -> HttpResponse:
        sent = client.generic(method, path, **headers)  # type: ignore[arg-type]
        whole = HttpResponse(sent.getvalue(), status=sent.status_code, headers=sent.headers)
        whole.cookies = sent.cookies
        sent.close()
        return whole

    return fetch


def test_the_master_is_made_for_the_session_and_kept_by_nobody(folder: str, get: Get) -> None:
    response = get(f"{folder}master.m3u8")

    assert response.status_code == 200
    assert response["Content-Type"] == "application/vnd.apple.mpegurl"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    text = response.content.decode()
    children = [line for line in text.splitlines() if not line.startswith("#")]
    assert "video-1080/index.m3u8" in children
    assert not [child for child in children if child.startswith("/") or ":" in child]


def test_a_segment_comes_whole_with_headers_that_let_it_be_kept(folder: str, get: Get) -> None:
    response = get(folder + SEGMENT)

    assert response.status_code == 200
    assert response.content == segment_bytes("video-720", 1)
    assert response["Content-Type"] == "video/mp4"
    assert response["Content-Length"] == str(len(segment_bytes("video-720", 1)))
    assert response["Cache-Control"] == "private, max-age=31536000, immutable"
    assert response["Accept-Ranges"] == "bytes"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.has_header("Vary")
    assert not response.has_header("Access-Control-Allow-Origin")
    assert not response.cookies


@pytest.mark.parametrize(
    ("name", "kind"),
    [("video-720/init.mp4", "video/mp4"), ("audio-0/00000.m4s", "video/mp4")],
)
def test_other_objects_have_their_types(folder: str, name: str, kind: str, get: Get) -> None:
    response = get(folder + name)
    assert (response.status_code, response["Content-Type"]) == (200, kind)


def test_the_playlist_of_a_growing_film_is_asked_for_again(folder: str, get: Get) -> None:
    response = get(f"{folder}video-720/index.m3u8")

    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-cache"
    assert b"00001.m4s" in response.content
    assert b"00002.m4s" not in response.content


def test_the_playlist_of_a_published_film_never_changes(folder: str, made: Film, get: Get) -> None:
    objects().put_bytes(f"{made.version.key_prefix}/video-720/index.m3u8", b"#EXTM3U\n")
    made.version.published_at = timezone.now()
    made.version.save()

    response = get(f"{folder}video-720/index.m3u8")

    assert response.content == b"#EXTM3U\n"
    assert response["Cache-Control"] == "private, max-age=31536000, immutable"


def test_head_says_what_get_would(folder: str, get: Get) -> None:
    for name in (SEGMENT, "master.m3u8", "video-720/index.m3u8"):
        whole, head = get(folder + name), get(folder + name, "HEAD")
        assert head.status_code == 200
        assert head.content == b""
        for header in ("Content-Type", "Content-Length", "ETag", "Cache-Control"):
            assert head[header] == whole[header], (name, header)
        assert int(whole["Content-Length"]) == len(whole.content)
        # A range is for GET alone (RFC 9110, section 14.2).
        part = get(folder + name, "HEAD", HTTP_RANGE="bytes=0-0")
        assert (part.status_code, part["Content-Length"]) == (200, whole["Content-Length"])


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-0", 0, 0), ("bytes=10-19", 10, 19), ("bytes=-5", -5, -1), ("bytes=20-", 20, -1), ("bytes=5-99999", 5, -1)],
)  # fmt: skip
def test_a_range_comes_exactly(folder: str, asked: str, first: int, last: int, get: Get) -> None:
    whole = segment_bytes("video-720", 1)
    start, end = first % len(whole), last % len(whole)

    response = get(folder + SEGMENT, HTTP_RANGE=asked)

    assert response.status_code == 206
    assert response.content == whole[start : end + 1]
    assert response["Content-Range"] == f"bytes {start}-{end}/{len(whole)}"
    assert response["Content-Length"] == str(end + 1 - start)


def test_a_range_beyond_the_end_is_refused(folder: str, get: Get) -> None:
    response = get(folder + SEGMENT, HTTP_RANGE="bytes=999999-")
    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{len(segment_bytes('video-720', 1))}"


@pytest.mark.parametrize("asked", ["bytes=0-1,4-5", "lines=1-2", "bytes=9-3", "bytes=a-b", "bytes=-"])
def test_a_range_that_is_none_of_ours_gets_the_whole(folder: str, asked: str, get: Get) -> None:
    response = get(folder + SEGMENT, HTTP_RANGE=asked)
    assert response.status_code == 200
    assert response.content == segment_bytes("video-720", 1)


def test_what_the_player_has_is_not_sent_again(folder: str, get: Get) -> None:
    etag = get(folder + SEGMENT)["ETag"]
    response = get(folder + SEGMENT, HTTP_IF_NONE_MATCH=etag)
    assert (response.status_code, response.content) == (304, b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE"])
def test_media_can_only_be_read(folder: str, method: str, get: Get) -> None:
    response = get(folder + SEGMENT, method)
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert response.content == b""


def test_a_forged_token_opens_nothing(folder: str, get: Get) -> None:
    token = folder.split("/")[2]
    for place, right in enumerate(token):
        wrong = "A" if right != "A" else "B"
        forged = token[:place] + wrong + token[place + 1 :]
        response = get(folder.replace(token, forged) + SEGMENT)
        assert response.status_code in (403, 404)
        assert response.content == b""
    assert get(folder.replace(token, "a.b.c") + SEGMENT).status_code == 403


def test_a_token_opens_its_own_film_only(folder: str, stranger: Person, start: Start, get: Get) -> None:
    other = make_film("Another film")
    make_segments(other.version, "video-720")
    token = folder.split("/")[2]

    response = get(f"/stream/{token}/{other.version.pk}/{SEGMENT}")

    assert (response.status_code, response.content) == (403, b"")


def test_a_stopped_stream_gets_no_more_bytes(owner: Person, folder: str, say: Say, get: Get) -> None:
    assert get(folder + SEGMENT).status_code == 200
    session = PlaybackSession.objects.get()

    say("StopPlayback", owner, sessionId=encode_id("PlaybackSession", session.pk))

    for name in ("master.m3u8", SEGMENT, "video-720/index.m3u8", "no/such.m4s"):
        response = get(folder + name)
        assert (response.status_code, response.content) == (403, b""), name


def test_signing_out_ends_what_was_started_there_and_nothing_else(
    owner: Person, made: Film, folder: str, start: Start, gql: Ask, get: Get
) -> None:
    elsewhere = Person(owner.user, owner.profile, make_token(owner.user, owner.profile))
    other = start(elsewhere, made)["session"]["manifestUrl"].removesuffix("master.m3u8")

    gql("SignOut", as_=owner)

    assert get(folder + SEGMENT).status_code == 403
    assert get(other + SEGMENT).status_code == 200


def test_signing_out_of_a_browser_ends_its_stream(owner: Person, made: Film, gql: Ask, get: Get) -> None:
    browser = Client()
    account = {"email": owner.user.email, "password": PASSWORD, "transport": "COOKIE"}
    gql("SignIn", {"input": account}, client=browser)
    gql("ActivateProfile", {"input": {"profileId": owner.global_profile_id}}, client=browser)
    given = {"videoId": made.id, "deviceName": "Browser"}
    payload = gql("StartPlayback", {"input": given}, client=browser)["data"]["startPlayback"]
    url = payload["session"]["manifestUrl"]
    assert get(url).status_code == 200

    gql("SignOut", client=browser)

    assert get(url).status_code == 403


def test_a_player_that_never_beats_is_cut_off(folder: str, get: Get) -> None:
    PlaybackSession.objects.update(lease_expires_at=timezone.now() - timedelta(milliseconds=1))
    assert get(folder + SEGMENT).status_code == 403


def test_a_closed_account_is_cut_off(owner: Person, folder: str, get: Get) -> None:
    owner.user.is_active = False
    owner.user.save()
    assert get(folder + SEGMENT).status_code == 403


def test_a_withdrawn_title_is_cut_off(made: Film, folder: str, get: Get) -> None:
    made.title.available_until = timezone.now() - timedelta(seconds=1)
    made.title.save()
    assert get(folder + SEGMENT).status_code == 403


def test_a_child_at_an_operators_television_is_cut_off_from_a_withdrawn_title(
    operator: Person, made: Film, start: Start, get: Get
) -> None:
    child = make_person(operator.user, "Kim", is_kids=True, maturity_limit=7)
    folders = [
        start(person, made, device=device)["session"]["manifestUrl"].removesuffix("master.m3u8")
        for person, device in ((child, "Nursery"), (operator, "Desk"))
    ]

    made.title.published_at = None
    made.title.save()

    assert [get(folder + SEGMENT).status_code for folder in folders] == [403, 200]


def test_a_profile_whose_limit_is_lowered_is_cut_off(
    owner: Person, made: Film, folder: str, get: Get
) -> None:
    made.title.minimum_age = 16
    made.title.save()
    assert get(folder + SEGMENT).status_code == 200
    owner.profile.maturity_limit = 7
    owner.profile.save()
    assert get(folder + SEGMENT).status_code == 403


def test_rungs_above_the_plan_are_neither_named_nor_sent(
    stranger: Person, made: Film, start: Start, get: Get
) -> None:
    Plan.objects.update(max_height=720)
    url = start(stranger, made)["session"]["manifestUrl"]
    base = url.removesuffix("master.m3u8")

    master = get(url).content.decode()

    assert "video-720/" in master
    assert "video-1080/" not in master
    for name in ("index.m3u8", "init.mp4", "00000.m4s"):
        assert get(f"{base}video-1080/{name}").status_code == 404
    assert get(f"{base}{SEGMENT}").status_code == 200


def test_the_lowest_rung_is_for_every_plan(stranger: Person, made: Film, start: Start, get: Get) -> None:
    Plan.objects.update(max_height=144)
    url = start(stranger, made)["session"]["manifestUrl"]

    master = get(url).content.decode()
    (child,) = [line for line in master.splitlines() if not line.startswith("#")]

    assert get(url.replace("master.m3u8", child.replace("index.m3u8", "00000.m4s"))).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "../../{version}/video-720/00001.m4s",
        "video-720/../video-720/00001.m4s",
        "video-720/./00001.m4s",
        "./video-720/00001.m4s",
        "video-720//00001.m4s",
        "/video-720/00001.m4s",
        "video-720/00001.m4s/",
        "video-720/00001.m4s%00",
        "video-720/00001.m4s%0a",
        "video-720%2f00001.m4s",
        "video-720/00001%2em4s",
        "%76ideo-720/00001.m4s",
        "video-720/%2e%2e/video-720/00001.m4s",
        "video-720%5c00001.m4s",
        "video-720/%252e%252e/00001.m4s",
        "Video-720/00001.m4s",
        "video-720/1.m4s",
        "video-720/\u0661\u0661\u0661\u0661\u0661.m4s",
        "video-720/00001.m4s;x=1",
        "../../../../../../../etc/passwd",
        "..%2f..%2f..%2fsecret",
        "source",
        "",
    ],
)  # fmt: skip
def test_no_second_spelling_of_a_path_gets_a_byte(folder: str, made: Film, path: str, get: Get) -> None:
    sent = folder + path.format(version=made.version.pk)

    # As gunicorn tells it: the address as it came, beside the decoded one.
    response = get(sent, RAW_URI=sent)

    assert response.status_code in (403, 404)
    assert response.content == b""


def test_no_second_spelling_of_a_folder_gets_a_byte(folder: str, made: Film, get: Get) -> None:
    version = str(made.version.pk)
    for wrong in (
        version.upper(),
        version.replace("-", ""),
        f"{{{version}}}",
        f"urn:uuid:{version}",
        "x",
        "",
    ):
        response = get(folder.replace(version, wrong) + SEGMENT)
        assert response.status_code in (403, 404), wrong
        assert response.content == b""


@pytest.mark.parametrize("path", ["", "x", "x/y", "x/y/z", "robots.txt", "../admin/"])
def test_anything_else_under_stream_is_404_with_no_page(client: Client, path: str) -> None:
    response = client.get(f"/stream/{path}")
    assert (response.status_code, response.content) == (404, b"")


def test_a_segment_that_is_lost_from_the_store_is_404(folder: str, made: Film, get: Get) -> None:
    objects().delete_prefix(f"{made.version.key_prefix}/video-720")
    assert get(folder + SEGMENT).status_code == 404
