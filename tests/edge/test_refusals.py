"""What nobody gets, through nginx and past it: no byte of any object without a live token for its exact path."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.edge.installation import SECRET, YES_SECONDS, Way, until_refused
from tests.edge.raw import Answer, fetch
from vod.lib.graphql.ids import decode_id

SEGMENT = "video-720/00001.m4s"


def is_nothing(answer: Answer, *statuses: int) -> bool:
    """Refused with one of those, without a page and without a byte of an object."""
    return answer.status in statuses and answer.body == b"" and "Lantern" not in str(answer.headers)


@pytest.mark.parametrize("name", [SEGMENT, "master.m3u8", "video-720/index.m3u8"])
def test_without_a_token_there_is_nothing(way: Way, folder: str, name: str) -> None:
    version = folder.split("/")[3]
    for path in (f"/stream/{version}/{name}", f"/stream//{version}/{name}", f"/stream/{name}", "/stream/"):
        assert is_nothing(way.get(path), 403, 404), path
    assert is_nothing(way.get(f"/stream/a.b.c/{version}/{name}"), 403)


def test_a_forged_token_opens_nothing(way: Way, folder: str) -> None:
    token = folder.split("/")[2]
    for place in range(0, len(token), 7):
        wrong = "A" if token[place] != "A" else "B"
        forged = token[:place] + wrong + token[place + 1 :]
        assert is_nothing(way.get(folder.replace(token, forged) + SEGMENT), 403, 404)


def test_a_token_opens_its_own_film_only(way: Way, folder: str) -> None:
    other = way.start(film=way.library.other)[0]
    assert way.get(other + SEGMENT).status == 200
    mixed = f"/stream/{folder.split('/')[2]}/{other.split('/')[3]}/{SEGMENT}"

    refused = way.get(mixed)

    assert is_nothing(refused, 403)
    assert refused["Cache-Control"] == "no-store"
    assert refused["Referrer-Policy"] == "no-referrer"


def test_a_stopped_stream_is_cut_off_soon(way: Way) -> None:
    folder, session = way.start()
    for name in (SEGMENT, "video-720/index.m3u8"):
        assert way.get(folder + name).status == 200
    other = way.folder

    way.stop_stream(session)

    assert until_refused(way, folder + SEGMENT) < YES_SECONDS + 1.5
    for name in ("video-720/00000.m4s", "master.m3u8", "no/such.m4s"):
        assert is_nothing(way.get(folder + name), 403), name
    assert way.get(other + SEGMENT).status == 200


def test_a_stream_whose_lease_ended_is_cut_off(way: Way, ground: Path) -> None:
    folder, session = way.start()
    assert way.get(folder + SEGMENT).status == 200
    key = decode_id(session, "PlaybackSession")
    assert key is not None
    (database,) = (ground / "home").glob("*.sqlite3")

    with closing(sqlite3.connect(database, timeout=20)) as connection, connection:
        change = "UPDATE playback_playbacksession SET lease_expires_at = '2020-01-01 00:00:00' WHERE id = ?"
        assert connection.execute(change, [key.hex]).rowcount == 1

    assert until_refused(way, folder + SEGMENT) < YES_SECONDS + 1.5


_OF_STREAM = "SELECT {} FROM playback_playbacksession s {} WHERE s.id = ?"
_USER = "JOIN accounts_user u ON u.id = s.user_id"
_VIDEO = "JOIN catalog_video v ON v.id = s.video_id"
#: What is taken away from whom a stream belongs to: table, column, what it becomes, and how its row is found.
LOSSES = {
    "another password": ("accounts_user", "password", "!", _OF_STREAM.format("s.user_id", "")),
    "a closed account": ("accounts_user", "is_active", 0, _OF_STREAM.format("s.user_id", "")),
    "no place in the plan": ("accounts_plan", "max_streams", 0, _OF_STREAM.format("u.plan_id", _USER)),
    "a title whose time is over": (
        *("catalog_title", "available_until", "2020-01-01 00:00:00"),
        _OF_STREAM.format("v.title_id", _VIDEO),
    ),
    "a title withdrawn": ("catalog_title", "published_at", None, _OF_STREAM.format("v.title_id", _VIDEO)),
}


@pytest.mark.parametrize("loss", LOSSES)
def test_what_ends_the_right_to_watch_ends_the_stream_soon(way: Way, ground: Path, loss: str) -> None:
    table, column, value, row = LOSSES[loss]
    folder, session = way.start(token=way.library.narrow, film=way.library.fleeting)
    assert way.get(folder + SEGMENT).status == 200
    key = decode_id(session, "PlaybackSession")
    assert key is not None
    (database,) = (ground / "home").glob("*.sqlite3")
    change = f"UPDATE {table} SET {column} = ? WHERE id = (?)"

    with closing(sqlite3.connect(database, timeout=20)) as connection:
        (found,) = connection.execute(row, [key.hex]).fetchone()
        (before,) = connection.execute(f"SELECT {column} FROM {table} WHERE id = ?", [found]).fetchone()
        try:
            with connection:
                assert connection.execute(change, [value, found]).rowcount == 1
            until_refused(way, folder + SEGMENT)
        finally:
            with connection:
                connection.execute(change, [before, found])
    assert way.get(way.folder + SEGMENT).status == 200


def test_rungs_above_the_plan_are_not_sent(way: Way) -> None:
    wide, narrow = way.folder, way.start(token=way.library.narrow)[0]
    assert way.get(wide + "video-1080/00001.m4s").status == 200
    for name in ("init.mp4", "00000.m4s", "00001.m4s", "index.m3u8"):
        assert is_nothing(way.get(f"{narrow}video-1080/{name}"), 404), name
    assert way.get(narrow + SEGMENT).status == 200


SPELLINGS = [
    "{folder}video-720/../video-720/00001.m4s",
    "{folder}video-720/./00001.m4s",
    "{folder}./video-720/00001.m4s",
    "{folder}video-720//00001.m4s",
    "{folder}/video-720/00001.m4s",
    "{folder}video-720/00001.m4s/",
    "{folder}video-720/00001.m4s.",
    "{folder}video-720/00001.m4s%20",
    "{folder}video-720/00001.m4s%0a",
    "{folder}video-720%2f00001.m4s",
    "{folder}video-720/00001%2em4s",
    "{folder}%76ideo-720/00001.m4s",
    "{folder}video-720/%2e%2e/video-720/00001.m4s",
    "{folder}video-720/..%2fvideo-720/00001.m4s",
    "{folder}video-720/%252e%252e/video-720/00001.m4s",
    "{folder}video-720%5c00001.m4s",
    "{folder}video-720\\00001.m4s",
    "{folder}..\\..\\secret",
    "{folder}Video-720/00001.m4s",
    "{folder}video-720/00001.M4S",
    "{folder}video-720/1.m4s",
    "{folder}video-720/00001.m4s;x=1",
    "{folder};/video-720/00001.m4s",
    "{folder}video-720/%D9%A1%D9%A1%D9%A1%D9%A1%D9%A1.m4s",
    "{folder}video-720/\u0661\u0661\u0661\u0661\u0661.m4s",
    "{folder}video-720/00001.m4s%23",
    "{folder}video-720/00001.m4s#x",
    "{folder}video-720/00001.m4s#.m3u8",
    "{folder}video-720/00001.m4s%3f",
    "{folder}..%2f..%2f..%2fsecret",
    "{folder}%c0%ae%c0%ae/video-720/00001.m4s",
    "{folder}video-720/00001.m4s%3f.m3u8",
    "{folder}video-720/00001.m4s/.m3u8",
    "{folder}video-720/00001.m4s%0a.m3u8",
    "//{folder}video-720/00001.m4s",
    "/stream/../{folder}video-720/00001.m4s",
    "/x/..{folder}video-720/00001.m4s",
    "/%73tream/{token}/{version}/video-720/00001.m4s",
    "/stream/%2e%2e/stream/{token}/{version}/video-720/00001.m4s",
    "/stream/{token}/{VERSION}/video-720/00001.m4s",
    "/stream/{token}/{{{version}}}/video-720/00001.m4s",
    "/stream/{token}/{version}/http://lantern.test{folder}video-720/00001.m4s",
    "/stream/{prefix}/video-720/00001.m4s",
    "/stream/{token}/{prefix}/video-720/00001.m4s",
    "{folder}source",
    "{folder}",
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_second_spelling_of_a_path_gets_a_byte(edge: Way, spelling: str, edge_folder: str) -> None:
    folder = edge_folder
    _, _, token, version, _ = folder.split("/")
    path = spelling.format(
        folder=folder, token=token, version=version, VERSION=version.upper(), prefix=edge.library.prefix
    )
    for method in ("GET", "HEAD"):
        assert is_nothing(edge.get(path, method), 403, 404), path


@pytest.mark.parametrize(
    "path",
    [
        "{folder}video-720/00001.m4s%00",
        "{folder}video-720/00001.m4s%00.m3u8",
        "{folder}video-720/00001.m4s\x00",
        "{folder}video-720/\x01",
        "/../../..{folder}video-720/00001.m4s",
        "{folder}../../../../../../etc/passwd",
        "{folder}video-720/%zz",
        "http://elsewhere.test{folder}video-720/00001.m4s",
    ],
)
def test_what_is_no_address_at_all_gets_no_byte_either(edge: Way, path: str, edge_folder: str) -> None:
    answer = edge.get(path.format(folder=edge_folder))
    # 0: nginx hung up.
    assert answer.status in (0, 400, 403, 404)
    assert b"secret bytes" not in answer.body


def test_an_absolute_address_is_judged_by_its_path(edge: Way, edge_folder: str) -> None:
    """RFC 9112, section 3.2.2: a server must take it, and its host stands above the header's."""
    assert edge.get(f"http://lantern.test{edge_folder}{SEGMENT}").status == 200
    assert is_nothing(edge.get(f"http://lantern.test{edge_folder}x/../{SEGMENT}"), 404)
    assert edge.get(f"http://elsewhere.test{edge_folder}{SEGMENT}").status == 0


def test_a_yes_to_one_is_nobody_elses(edge: Way) -> None:
    live, (dead, session) = edge.folder, edge.start()
    edge.stop_stream(session)
    assert edge.get(live + SEGMENT).status == 200
    assert is_nothing(edge.get(dead + SEGMENT), 403)
    assert edge.get(live + SEGMENT).status == 200


def test_neither_cache_nor_objects_have_an_address_of_their_own(edge: Way, edge_folder: str) -> None:
    assert edge.get(edge_folder + SEGMENT).status == 200
    key = f"{edge.library.prefix}/{SEGMENT}"
    for path in (
        f"/{key}",
        f"/objects/{key}",
        f"/static/../{key}",
        f"/static/..%2f..%2fhome/objects/{key}",
        f"/static../objects/{key}",
        f"/static/%2e%2e/%2e%2e/home/objects/{key}",
        f"/media/{key}",
        "/@lantern_object",
        "/lantern_object",
        "/.lantern-none",
        f"/images/x/{key}",
    ):
        answer = edge.get(path)
        assert b"secret bytes" not in answer.body, path
        assert answer["Lantern-Key"] is None


def test_what_edges_ask_is_for_edges(edge: Way, edge_folder: str) -> None:
    said = {"Lantern_Edge": SECRET, "Lantern_Address": edge_folder + SEGMENT}
    for path in (
        "/internal/stream-auth",
        "/internal/",
        "/%69nternal/stream-auth",
        "/x/../internal/stream-auth",
    ):
        assert is_nothing(edge.get(path, **said), 404), path
    for path in ("/metrics", "/metrics/", "/%6detrics"):
        assert is_nothing(edge.get(path), 404), path

    direct = edge.application.port
    assert fetch(direct, "/internal/stream-auth", **said).status == 204
    for secret in ("", "x", SECRET[:-1], SECRET + "x", SECRET.upper(), "ü"):
        refused = fetch(direct, "/internal/stream-auth", **{**said, "Lantern_Edge": secret})
        assert is_nothing(refused, 404), secret


def test_the_application_sends_no_segment_where_an_edge_is_there_to(edge: Way, edge_folder: str) -> None:
    assert is_nothing(fetch(edge.application.port, edge_folder + SEGMENT), 421)
    assert fetch(edge.application.port, edge_folder + "master.m3u8").status == 200


def test_an_application_without_edges_answers_none(by_application: Way) -> None:
    folder = by_application.folder
    said = {"Lantern_Edge": SECRET, "Lantern_Address": folder + SEGMENT}
    assert is_nothing(by_application.get("/internal/stream-auth", **said), 404)
    assert is_nothing(by_application.get("/internal/stream-auth", **{**said, "Lantern_Edge": ""}), 404)


@pytest.mark.parametrize(
    "host", ["elsewhere.test", "lantern.test.elsewhere.test", "127.0.0.1", "", "_", "x@y"]
)
def test_another_host_gets_no_answer(edge: Way, edge_folder: str, host: str) -> None:
    answer = fetch(edge.port, edge_folder + SEGMENT, host=host)
    assert answer.status in (0, 400)
    assert b"secret bytes" not in answer.body


def test_the_log_tells_no_token(edge: Way, edge_folder: str) -> None:
    assert edge.nginx is not None
    token = edge_folder.split("/")[2]
    query = f"?token={token}"
    paths = [
        edge_folder + SEGMENT,
        edge_folder + "master.m3u8",
        f"/x/..{edge_folder}{SEGMENT}",
        f"/%73tream/{token}/",
        f"//stream/{token}/",
        f"/stream/%2e/{token}",
        f"/stream//{token}/",
        f"/images/{token}/assets/x.jpg",
        f"/search{query}",
        f"/stream;/{token}",
    ]
    for path in paths:
        edge.get(path, Referer=f"https://lantern.test{edge_folder}", User_Agent="log-test")
    deadline = time.monotonic() + 5
    while sum('agent="log-test"' in line for line in edge.nginx.access_log()) < len(paths):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    # Its last part is the signature; its beginning is what two streams are told apart by.
    secret = token.rpartition(".")[2][4:]
    for text in ("\n".join(edge.nginx.access_log()), edge.nginx.error_log()):
        assert secret not in text
        assert token[10:] not in text
        assert "X-Amz-Signature" not in text
    assert any(f"/stream/{token[:8]}.." in line for line in edge.nginx.access_log())
