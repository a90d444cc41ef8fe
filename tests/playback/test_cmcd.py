"""What players say in their requests (CMCD), and which sites' pages may make them."""

import json
import logging
from collections.abc import Iterator

import pytest
from django.http import HttpResponseBase
from django.test import Client
from pytest_django import Settings

from playback.api.cmcd import parse
from playback.models import PlaybackSession
from tests.people import Person
from tests.playback.conftest import Start
from tests.playback.library import Film, make_segments
from vod.lib.logs import JsonFormatter
from vod.lib.metrics import exposition

SEGMENT = "video-720/00001.m4s"
TV = "https://tv.example"


@pytest.fixture
def folder(owner: Person, night_train: Film, start: Start) -> str:
    make_segments(night_train.version, "video-720")
    url: str = start(owner, night_train)["session"]["manifestUrl"]
    return url.removesuffix("master.m3u8")


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """Lines of requests as they are logged."""
    found: list[str] = []
    formatter = JsonFormatter()
    listener = logging.Handler()
    listener.emit = lambda record: found.append(formatter.format(record))  # type: ignore[method-assign]
    logger = logging.getLogger("vod.lib.requests")
    logger.addHandler(listener)
    yield found
    logger.removeHandler(listener)


def fetch(path: str, **headers: str) -> HttpResponseBase:
    """An answer whose body has been read."""
    answer: HttpResponseBase = Client().get(path, **headers)  # type: ignore[arg-type]
    getattr(answer, "getvalue", bytes)()
    answer.close()
    return answer


def counted() -> dict[str, float]:
    names = (
        'lantern_cmcd_requests_total{object="v"}',
        'lantern_cmcd_requests_total{object="other"}',
        "lantern_cmcd_buffer_seconds_sum",
        "lantern_cmcd_throughput_bits_count",
        "lantern_cmcd_starved_total",
    )
    said = dict(line.rsplit(" ", 1) for line in exposition().decode().splitlines() if line[0] != "#")
    return {name: float(said.get(name, 0)) for name in names}


def change(before: dict[str, float]) -> list[float]:
    return [after - before[name] for name, after in counted().items()]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", {}),
        ('bl=21300,br=3200,bs,sid="6e2f,b550"', {"bl": "21300", "br": "3200", "bs": "", "sid": ""}),
        ("bl=1, mtp=48100 ,ot=v", {"bl": "1", "mtp": "48100", "ot": "v"}),
        ("com.example-key=x,bs", {"com.example-key": "x", "bs": ""}),
        (",,=,=1,BL=3,\x00,bl=", {}),
        ("bs," * 2000, {"bs": ""}),
    ],
)
def test_keys_and_values_are_told_apart(text: str, found: dict[str, str]) -> None:
    assert parse(text) == found


@pytest.mark.parametrize("by", ["headers", "query"])
def test_what_a_player_says_is_counted_and_logged_beside_its_session(
    folder: str, lines: list[str], by: str
) -> None:
    before = counted()
    lines.clear()
    if by == "headers":
        said = {
            "HTTP_CMCD_REQUEST": "bl=21300,mtp=25400",
            "HTTP_CMCD_OBJECT": "br=3200,ot=v",
            "HTTP_CMCD_STATUS": "bs",
            "HTTP_CMCD_SESSION": 'sid="x\\ny"',
        }
        fetch(folder + SEGMENT, **said)
    else:
        fetch(folder + SEGMENT + "?CMCD=bl%3D21300%2Cmtp%3D25400%2Cbr%3D3200%2Cot%3Dv%2Cbs%2Csid%3D%22x%22")

    assert change(before) == [1, 0, pytest.approx(21.3), 1, 1]
    told = json.loads(lines[-1])
    assert told["cmcd"] == "bl=21300,mtp=25400,br=3200,bs"
    assert told["session"] == str(PlaybackSession.objects.get().pk)


def test_nonsense_and_requests_that_are_refused_count_for_nothing(folder: str) -> None:
    before = counted()
    fetch(folder + SEGMENT, HTTP_CMCD_REQUEST="bl=-5,mtp=999999999999999,bl=1e9,ot=\xff")
    fetch(folder + "video-720/09999.m4s", HTTP_CMCD_REQUEST="bl=1000,ot=v,bs")
    fetch(folder.replace("stream/", "stream/x") + SEGMENT, HTTP_CMCD_REQUEST="bl=1000,ot=v,bs")
    assert change(before) == [0, 1, 0, 0, 0]


def test_pages_of_other_sites_may_read_nothing_unless_they_are_listed(
    folder: str, settings: Settings
) -> None:
    answer = fetch(folder + SEGMENT, HTTP_ORIGIN=TV)
    assert not answer.has_header("Access-Control-Allow-Origin")
    assert not answer.has_header("Vary")

    settings.MEDIA_ORIGINS = [TV]
    for origin in ("https://evil.example", "null", f"{TV}.evil.example", f"{TV}:444", TV.upper(), "*", ""):
        answer = fetch(folder + SEGMENT, HTTP_ORIGIN=origin)
        assert not answer.has_header("Access-Control-Allow-Origin"), origin
        assert answer["Vary"] == "Origin"
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(("name", "status"), [(SEGMENT, 200), ("master.m3u8", 200), ("x/00001.m4s", 404)])
def test_a_listed_site_may_read_what_comes(folder: str, settings: Settings, name: str, status: int) -> None:
    settings.MEDIA_ORIGINS = ["https://other.example", TV]

    answer = fetch(folder + name, HTTP_ORIGIN=TV)

    assert answer.status_code == status
    assert answer["Access-Control-Allow-Origin"] == TV
    assert "Content-Range" in answer["Access-Control-Expose-Headers"]
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert not answer.has_header("Access-Control-Allow-Credentials")


def test_preflights_are_answered_for_what_players_send(folder: str, settings: Settings) -> None:
    settings.MEDIA_ORIGINS = [TV]
    asked = {"HTTP_ACCESS_CONTROL_REQUEST_METHOD": "GET", "HTTP_ACCESS_CONTROL_REQUEST_HEADERS": "range"}

    ours = Client().options(folder + SEGMENT, HTTP_ORIGIN=TV, **asked)  # type: ignore[arg-type]
    others = Client().options(folder + SEGMENT, HTTP_ORIGIN="https://x.example", **asked)  # type: ignore[arg-type]

    assert (ours.status_code, ours["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    assert {"Range", "CMCD-Request"} <= set(ours["Access-Control-Allow-Headers"].split(", "))
    assert not others.has_header("Access-Control-Allow-Methods")
