"""Previews, whoever sends their bytes: judged as the paths of a stream are, by a token that opens nothing else."""

from tests.edge.installation import SECRET, YES_SECONDS, Way, until_refused
from tests.edge.raw import fetch
from tests.edge.test_refusals import is_nothing
from tests.playback.library import CLIP

SEGMENT = "video-720/00001.m4s"


def test_a_preview_comes_whole_and_in_ranges(way: Way) -> None:
    path = way.preview()
    for _cold_then_warm in range(2):
        answer, part = way.get(path), way.get(path, Range="bytes=5-9")

        assert (answer.status, answer.body) == (200, CLIP)
        assert answer["Content-Type"] == "video/mp4"
        assert answer["Cache-Control"] == "private, max-age=3600"
        assert answer["Accept-Ranges"] == "bytes"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert (part.status, part.body) == (206, CLIP[5:10])
        assert part["Content-Range"] == f"bytes 5-9/{len(CLIP)}"
        assert way.get(path, If_None_Match=str(answer["ETag"])).status == 304
    assert way.get(path, "POST").status == 405


def test_a_token_opens_its_own_preview_only(way: Way, folder: str) -> None:
    path, other = way.preview(), way.preview(way.library.other)
    token, version = path.split("/")[2:4]
    stream = folder.split("/")[2]
    for wrong, status in (
        (path.replace(version, other.split("/")[3]), 403),
        (path.replace(token, stream), 403),
        (path.replace(token, "a.b.c"), 403),
        (path[:-4], 404),
        (path.replace("/preview.mp4", f"/{SEGMENT}"), 404),
        (path.replace("preview.mp4", "%70review.mp4"), 404),
        (path.replace("/preview.mp4", "//preview.mp4"), 404),
        (path.replace("/preview.mp4", "/x/../preview.mp4"), 404),
        (path.replace("/previews/", "/stream/"), 404),
        (folder + "preview.mp4", 404),
        (f"/stream/{token}/{version}/{SEGMENT}", 404),
    ):
        assert is_nothing(way.get(wrong), status), wrong


def test_a_title_that_is_withdrawn_takes_its_preview_along(way: Way) -> None:
    given = {"titleId": way.library.fleeting_title}
    path = way.preview(way.library.fleeting)
    assert way.get(path).status == 200

    way.ask("UnpublishTitle", way.library.operator, **given)
    try:
        assert until_refused(way, path) < YES_SECONDS + 1.5
    finally:
        way.ask("PublishTitle", way.library.operator, **given)


def test_nginx_sends_it_and_the_log_has_no_token(edge: Way) -> None:
    path = edge.preview()
    token = path.split("/")[2]
    assert fetch(edge.application.port, path).status == 421
    assert edge.get(path).status == 200
    assert edge.nginx is not None
    lines = edge.nginx.access_log()
    assert any(f"/previews/{token[:8]}../" in line for line in lines)
    assert not [line for line in lines if token in line or SECRET in line]
