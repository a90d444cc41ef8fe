"""What the application answers an edge, and what that costs it."""

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from playback.checks import edges_are_believed
from tests.people import Person
from tests.playback.conftest import Start
from tests.playback.library import Film, make_segments, segment_bytes
from transcoding.models import Segment
from vod.lib.storage import LocalStore, StoreError

SECRET = "told-to-edges-and-to-nobody-else-0123456789"
SEGMENT = "video-720/00001.m4s"
AT_MOST = 3


@pytest.fixture(autouse=True)
def edges(settings: Settings) -> None:
    settings.DELIVERY, settings.EDGE_SECRET = "nginx", SECRET


@pytest.fixture
def folder(owner: Person, night_train: Film, start: Start) -> str:
    names = list(night_train.version.renditions.values_list("name", flat=True))
    make_segments(night_train.version, *names)
    url: str = start(owner, night_train)["session"]["manifestUrl"]
    return url.removesuffix("master.m3u8")


def ask(address: str, secret: str = SECRET) -> HttpResponse:
    answer = Client().get("/internal/stream-auth", HTTP_LANTERN_EDGE=secret, HTTP_LANTERN_ADDRESS=address)
    assert answer.content == b"" or answer.status_code == 503
    return answer  # type: ignore[return-value]


def test_a_yes_names_the_object_and_what_the_viewer_is_told(folder: str) -> None:
    row = Segment.objects.get(rendition__name="video-720", number=1)

    answer = ask(folder + SEGMENT)

    assert answer.status_code == 204
    assert answer["Lantern-Key"] == row.key
    assert answer["Lantern-Origin"] == ""
    assert answer["Lantern-Size"] == str(len(segment_bytes("video-720", 1)))
    assert answer["Lantern-Type"] == "video/mp4"
    assert answer["Lantern-Cache"] == "private, max-age=31536000, immutable"
    assert answer["X-Accel-Expires"] == "5"
    assert not answer.cookies


def test_the_key_is_the_rows_and_not_the_paths(folder: str) -> None:
    """Where a store lets late writers in, the fence is part of it (ADR 0008)."""
    row = Segment.objects.get(rendition__name="video-720", number=1)
    row.key = row.key.replace(".m4s", ".f7.m4s")
    row.save()
    assert ask(folder + SEGMENT)["Lantern-Key"].endswith("/00001.f7.m4s")


def test_a_key_that_no_path_could_hold_is_not_named(folder: str) -> None:
    for key in ("../secret", "/etc/passwd", "assets//x", "assets/x y", "assets/x\r\nLantern-Key: y", "a/.b"):
        Segment.objects.filter(rendition__name="video-720", number=1).update(key=key)
        assert ask(folder + SEGMENT).status_code == 401, key


def test_a_no_is_kept_by_nobody(folder: str) -> None:
    token = folder.split("/")[2]
    for address, status in (
        (folder.replace(token, "a.b.c") + SEGMENT, 403),
        (folder + "video-720/09999.m4s", 401),
        (folder + "%76ideo-720/00001.m4s", 401),
        (folder.removeprefix("/stream/") + SEGMENT, 401),
        ("", 401),
        # Playlists are the application's own to send.
        (folder + "master.m3u8", 401),
        (folder + "video-720/index.m3u8", 401),
    ):
        answer = ask(address)
        assert (answer.status_code, answer["X-Accel-Expires"]) == (status, "0"), address
        assert not answer.has_header("Lantern-Key")


@pytest.mark.parametrize("secret", ["", "x", SECRET[:-1], SECRET.upper()])
def test_nobody_else_is_answered(folder: str, secret: str, settings: Settings) -> None:
    assert ask(folder + SEGMENT, secret).status_code == 404
    settings.DELIVERY = "application"
    assert ask(folder + SEGMENT).status_code == 404


def test_a_yes_costs_three_statements_and_a_forged_token_none(folder: str) -> None:
    token = folder.split("/")[2]
    with CaptureQueriesContext(connection) as statements:
        assert ask(folder + SEGMENT).status_code == 204
    assert len(statements) <= AT_MOST, [query["sql"][:90] for query in statements.captured_queries]
    with CaptureQueriesContext(connection) as statements:
        assert ask(folder.replace(token, token[:-1] + "_") + SEGMENT).status_code == 403
    assert len(statements) == 0


def test_the_store_is_asked_once_about_what_no_row_measures(
    folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that a store which is away stops nobody whose edge has the bytes."""
    assert ask(folder + "video-720/init.mp4").status_code == 204
    monkeypatch.setattr(LocalStore, "size", _is_away)
    again = ask(folder + "video-720/init.mp4")
    assert (again.status_code, again["Lantern-Size"]) == (204, str(len("init of video-720")))
    assert ask(folder + "audio-0/init.mp4").status_code == 503


def _is_away(_store: LocalStore, key: str) -> int:
    raise StoreError(key)


def test_an_edge_that_is_not_believed_is_warned_of(settings: Settings) -> None:
    settings.BEHIND_PROXY = False
    assert [message.id for message in edges_are_believed(None)] == ["playback.W001"]
    settings.BEHIND_PROXY = True
    assert edges_are_believed(None) == []


def test_the_application_sends_playlists_and_no_segments(folder: str, client: Client) -> None:
    for name, status in ((SEGMENT, 421), ("video-720/init.mp4", 421), ("master.m3u8", 200)):
        assert client.get(folder + name).status_code == status, name
