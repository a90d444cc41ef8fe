from io import BytesIO
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from vod.lib.http import parse_range, send_object

CONTENT = bytes(range(200))


def send(method: str = "get", **headers: str) -> Any:
    request = getattr(RequestFactory(), method)("/x", **headers)
    return send_object(
        request,
        lambda first, _length: BytesIO(CONTENT[first:]),
        size=len(CONTENT),
        content_type="video/mp4",
        etag="abc",
        cache="public, max-age=31536000, immutable",
    )


def body(response: Any) -> bytes:
    content = b"".join(response) if response.streaming else response.content
    return bytes(content)


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("bytes=0-0", (0, 0)),
        ("bytes=10-19", (10, 19)),
        ("bytes=190-", (190, 199)),
        ("bytes=190-999", (190, 199)),
        ("bytes=-10", (190, 199)),
        ("bytes=-999", (0, 199)),
        ("bytes=0-1,5-6", None),
        ("bytes=20-10", None),
        ("bytes=-", None),
        ("items=0-1", None),
        ("nonsense", None),
    ],
)
def test_one_range_of_bytes_is_understood(header: str, found: tuple[int, int] | None) -> None:
    assert parse_range(header, 200) == found


@pytest.mark.parametrize("header", ["bytes=200-", "bytes=999-1000", "bytes=-0", f"bytes={'9' * 5000}-"])
def test_a_range_beyond_the_end_cannot_be_satisfied(header: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_range(header, 200)


def test_the_whole_object_comes_with_what_caches_need() -> None:
    response = send()

    assert body(response) == CONTENT
    assert response.status_code == 200
    assert response["Content-Length"] == "200"
    assert response["Content-Type"] == "video/mp4"
    assert response["Accept-Ranges"] == "bytes"
    assert response["ETag"] == '"abc"'
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_range_comes_as_206() -> None:
    response = send(HTTP_RANGE="bytes=10-19")

    assert body(response) == CONTENT[10:20]
    assert (response.status_code, response["Content-Range"], response["Content-Length"]) == (
        206,
        "bytes 10-19/200",
        "10",
    )


def test_a_range_that_cannot_be_satisfied_is_416() -> None:
    response = send(HTTP_RANGE="bytes=500-")

    assert (response.status_code, response["Content-Range"], body(response)) == (416, "bytes */200", b"")


def test_several_ranges_get_the_whole() -> None:
    response = send(HTTP_RANGE="bytes=0-1,5-6")

    assert (response.status_code, body(response)) == (200, CONTENT)


def test_a_range_of_an_older_object_gets_the_whole() -> None:
    assert send(HTTP_RANGE="bytes=0-1", HTTP_IF_RANGE='"older"').status_code == 200
    assert send(HTTP_RANGE="bytes=0-1", HTTP_IF_RANGE='"abc"').status_code == 206


@pytest.mark.parametrize("headers", [{}, {"HTTP_RANGE": "bytes=5-9"}, {"HTTP_RANGE": "bytes=999-"}])
def test_head_tells_of_the_whole_without_a_body(headers: dict[str, str]) -> None:
    """Ranges are for GET alone (RFC 9110, section 14.2)."""
    response = send("head", **headers)

    assert (response.status_code, response["Content-Length"], body(response)) == (200, "200", b"")


@pytest.mark.parametrize("header", ['"abc"', 'W/"abc"', '"x", "abc"', "*"])
def test_what_the_client_has_is_not_sent_again(header: str) -> None:
    response = send(HTTP_IF_NONE_MATCH=header)

    assert (response.status_code, response["ETag"], body(response)) == (304, '"abc"', b"")


def test_what_the_client_has_of_another_version_is_sent() -> None:
    assert send(HTTP_IF_NONE_MATCH='"other"').status_code == 200


@pytest.mark.django_db
def test_every_answer_has_an_id_of_the_servers_own() -> None:
    answers: list[HttpResponse] = [Client().get("/favicon.ico", HTTP_X_REQUEST_ID="mine") for _ in range(2)]  # type: ignore[misc]

    ids = [answer["X-Request-Id"] for answer in answers]
    assert len(set(ids)) == 2
    assert "mine" not in ids
