"""Whoever sends the bytes, a player sees the same answers."""

import random

import pytest

from tests.edge.installation import Way
from tests.edge.library import BIG_BYTES
from tests.playback.library import segment_bytes

SEGMENT = "video-720/00001.m4s"
BIG = "video-720/00003.m4s"
WHOLE = segment_bytes("video-720", 1)
IMMUTABLE = "private, max-age=31536000, immutable"


def test_a_segment_comes_whole_with_headers_that_let_it_be_kept(way: Way, folder: str) -> None:
    for _cold_then_warm in range(2):
        answer = way.get(folder + SEGMENT)

        assert (answer.status, answer.body) == (200, WHOLE)
        assert answer["Content-Type"] == "video/mp4"
        assert answer["Content-Length"] == str(len(WHOLE))
        assert answer["Cache-Control"] == IMMUTABLE
        assert answer["Accept-Ranges"] == "bytes"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "no-referrer"
        # Nobody's page asked; that the answer would be another one then is said all the same.
        assert answer["Vary"] == "Origin"
        for absent in (
            "Set-Cookie",
            "Access-Control-Allow-Origin",
            "Last-Modified",
            "Content-Encoding",
        ):
            assert answer[absent] is None, absent


def test_the_entity_tag_is_the_same_everywhere(way: Way, folder: str, by_application: Way) -> None:
    reference = by_application.get(by_application.folder + SEGMENT)
    assert way.get(folder + SEGMENT)["ETag"] == reference["ETag"]


@pytest.mark.parametrize(
    ("name", "kind"), [("video-720/init.mp4", "video/mp4"), ("audio-0/00000.m4s", "video/mp4")]
)
def test_other_objects_have_their_types(way: Way, folder: str, name: str, kind: str) -> None:
    answer = way.get(folder + name)
    assert (answer.status, answer["Content-Type"]) == (200, kind)


@pytest.mark.parametrize(
    ("name", "cache"), [("master.m3u8", "private, no-store"), ("video-720/index.m3u8", "private, no-cache")]
)
def test_playlists_are_written_for_the_moment(way: Way, folder: str, name: str, cache: str) -> None:
    answer = way.get(folder + name)
    assert answer.status == 200
    assert answer.body.startswith(b"#EXTM3U")
    assert answer["Content-Type"] == "application/vnd.apple.mpegurl"
    assert answer["Cache-Control"] == cache
    assert answer["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("name", [SEGMENT, BIG, "video-720/init.mp4", "video-720/index.m3u8"])
def test_head_says_what_get_would(way: Way, folder: str, name: str) -> None:
    head = way.get(folder + name, "HEAD")
    whole = way.get(folder + name)
    assert (head.status, head.body) == (200, b"")
    for header in ("Content-Type", "Content-Length", "ETag", "Cache-Control", "Accept-Ranges"):
        assert head[header] == whole[header] is not None, header
    assert whole["Content-Length"] == str(len(whole.body))


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-0", 0, 0), ("bytes=10-19", 10, 19), ("bytes=-5", -5, -1), ("bytes=20-", 20, -1), ("bytes=5-99999", 5, -1)],
)  # fmt: skip
def test_a_range_comes_exactly(way: Way, folder: str, asked: str, first: int, last: int) -> None:
    start, end = first % len(WHOLE), last % len(WHOLE)

    answer = way.get(folder + SEGMENT, Range=asked)

    assert (answer.status, answer.body) == (206, WHOLE[start : end + 1])
    assert answer["Content-Range"] == f"bytes {start}-{end}/{len(WHOLE)}"
    assert answer["Content-Length"] == str(end + 1 - start)
    assert answer["Content-Type"] == "video/mp4"
    assert answer["ETag"] is not None


def test_an_object_of_several_slices_is_whole_and_so_are_its_ranges(way: Way, folder: str) -> None:
    whole = random.Random(1).randbytes(BIG_BYTES)
    mib = 1 << 20

    assert way.get(folder + BIG).body == whole
    for first, last in ((mib - 1, mib), (mib, 2 * mib - 1), (5, 3 * mib + 7), (3 * mib, BIG_BYTES - 1)):
        answer = way.get(folder + BIG, Range=f"bytes={first}-{last}")
        assert (answer.status, answer["Content-Range"]) == (206, f"bytes {first}-{last}/{BIG_BYTES}")
        assert answer.body == whole[first : last + 1]
    assert way.get(folder + BIG, Range="bytes=-9").body == whole[-9:]


@pytest.mark.parametrize("name", [SEGMENT, BIG])
def test_a_range_beyond_the_end_is_refused(way: Way, folder: str, name: str) -> None:
    size = len(WHOLE) if name == SEGMENT else BIG_BYTES
    answer = way.get(folder + name, Range="bytes=99999999-")
    assert answer.status == 416
    assert answer["Content-Range"] == f"bytes */{size}"


@pytest.mark.parametrize("asked", ["bytes=0-1,4-5", "bytes=1-2, 9-", "lines=1-2"])
def test_a_range_that_is_none_of_ours_gets_the_whole(way: Way, folder: str, asked: str) -> None:
    answer = way.get(folder + SEGMENT, Range=asked)
    assert (answer.status, answer.body) == (200, WHOLE)


@pytest.mark.parametrize("asked", ["bytes=9-3", "bytes=a-b", "bytes=-"])
def test_a_range_that_means_nothing_is_ignored_or_refused(way: Way, folder: str, asked: str) -> None:
    """RFC 9110, section 14.2, leaves both to the server; nginx refuses what the application ignores."""
    answer = way.get(folder + SEGMENT, Range=asked)
    if answer.status != 416:
        assert (answer.status, answer.body) == (200, WHOLE)


def test_what_the_player_has_is_not_sent_again(way: Way, folder: str) -> None:
    etag = way.get(folder + SEGMENT)["ETag"]
    assert etag is not None
    for said in (etag, f"W/{etag}", f'"x", {etag}', f'{etag}, "y"', "*"):
        answer = way.get(folder + SEGMENT, If_None_Match=said)
        assert (answer.status, answer.body, answer["ETag"]) == (304, b"", etag), said
        assert answer["Cache-Control"] == IMMUTABLE
    for said in ('"x"', etag[:-2] + '"', etag.replace('"', "")):
        assert way.get(folder + SEGMENT, If_None_Match=said).status == 200, said


def test_a_range_is_of_what_the_player_has_or_the_whole_comes(way: Way, folder: str) -> None:
    etag = way.get(folder + SEGMENT)["ETag"]
    assert etag is not None
    same = way.get(folder + SEGMENT, Range="bytes=0-9", If_Range=etag)
    other = way.get(folder + SEGMENT, Range="bytes=0-9", If_Range='"other"')
    dated = way.get(folder + SEGMENT, Range="bytes=0-9", If_Range="Sat, 01 Jan 2000 00:00:00 GMT")
    assert (same.status, same.body) == (206, WHOLE[:10])
    assert (other.status, other.body) == (dated.status, dated.body) == (200, WHOLE)


def test_old_dates_mean_nothing_since_none_is_given(way: Way, folder: str) -> None:
    answer = way.get(folder + SEGMENT, If_Modified_Since="Fri, 31 Dec 2100 00:00:00 GMT")
    assert (answer.status, answer.body) == (200, WHOLE)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("name", [SEGMENT, "master.m3u8"])
def test_media_can_only_be_read(way: Way, folder: str, name: str, method: str) -> None:
    answer = way.get(folder + name, method)
    assert (answer.status, answer.body) == (405, b"")
    assert answer["Allow"] == "GET, HEAD, OPTIONS"


def test_options_are_told(way: Way, folder: str) -> None:
    answer = way.get(folder + SEGMENT, "OPTIONS")
    assert (answer.status, answer["Allow"], answer.body) == (204, "GET, HEAD, OPTIONS", b"")


def test_a_query_changes_nothing(way: Way, folder: str) -> None:
    answer = way.get(folder + SEGMENT + "?_HLS_msn=1&x=/../y")
    assert (answer.status, answer.body) == (200, WHOLE)


TV = "https://tv.example"


@pytest.mark.parametrize("name", [SEGMENT, "master.m3u8", "no/such.m4s"])
def test_pages_of_a_listed_site_may_read_and_those_of_no_other(way: Way, folder: str, name: str) -> None:
    listed = way.get(folder + name, Origin=TV)
    assert listed["Access-Control-Allow-Origin"] == TV
    assert "ETag" in (listed["Access-Control-Expose-Headers"] or "")
    assert listed["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert listed["Vary"] == "Origin"
    for other in (
        "https://evil.example",
        f"{TV}.evil.example",
        "https://tv-example",
        "null",
        f"x {TV}",
        "https://t",
    ):
        answer = way.get(folder + name, Origin=other)
        assert answer.status == listed.status
        assert answer["Access-Control-Allow-Origin"] is None, other
        assert answer["Vary"] == "Origin"


def test_preflights_are_answered(way: Way, folder: str) -> None:
    asked = {"Access_Control_Request_Method": "GET", "Access_Control_Request_Headers": "range,cmcd-request"}
    answer = way.get(folder + SEGMENT, "OPTIONS", Origin=TV, **asked)
    assert (answer.status, answer["Access-Control-Allow-Origin"]) == (204, TV)
    assert "CMCD-Request" in (answer["Access-Control-Allow-Headers"] or "")
    assert (
        way.get(folder + SEGMENT, "OPTIONS", Origin="https://x.example", **asked)[
            "Access-Control-Allow-Methods"
        ]
        is None
    )
