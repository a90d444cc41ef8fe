"""tus 1.0.0 at /api/uploads/: who may not, and what is not well formed."""

import base64
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.people import PASSWORD, Person
from tests.transcoding.tus_client import BASE, Send, b64, patch
from transcoding.models import Upload
from transcoding.services import uploads


@pytest.mark.parametrize("said", ["crc32 AAAA", "sha1 !!!", "sha1 AAAA"])
def test_a_checksum_that_is_none_is_refused(send: Send, begin: Callable[..., str], said: str) -> None:
    address = begin(10)

    assert patch(send, address, 0, b"abc", **{"Upload-Checksum": said}).status_code == 400


def test_others_do_not_see_an_upload(send: Send, begin: Callable[..., str], db: None) -> None:
    from tests.people import make_person, make_user

    other = make_person(make_user("olga@example.org", is_staff=True), "Olga")
    address = begin(10)

    for method in ("HEAD", "GET", "PATCH", "DELETE"):
        response = send(method, address, as_=other, headers={"Upload-Offset": "0"})
        assert response.status_code == 404
    assert Upload.objects.count() == 1


def test_only_operators_upload(send: Send, owner: Person) -> None:
    refused = send("POST", headers={"Upload-Length": "5"}, as_=owner)
    nobody = send("POST", headers={"Upload-Length": "5"}, as_=None)

    assert (refused.status_code, refused.json()["code"]) == (403, "FORBIDDEN")
    assert (nobody.status_code, nobody.json()["code"]) == (401, "UNAUTHENTICATED")
    assert Upload.objects.count() == 0


def test_a_cookie_needs_its_csrf_token(operator: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.login(email=operator.user.email, password=PASSWORD)
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": "5"}

    bare = client.post(BASE, headers=headers)
    client.cookies["csrftoken"] = "a" * 32
    with_token = client.post(BASE, headers={**headers, "X-CSRFToken": "a" * 32})

    assert bare.status_code == 403
    assert with_token.status_code == 201


def test_an_operator_who_is_none_any_more_is_refused_at_the_next_part(
    send: Send, begin: Callable[..., str], operator: Person
) -> None:
    address = begin(10)
    operator.user.is_staff = False
    operator.user.save()

    assert patch(send, address, 0, b"abc").status_code == 403


@pytest.mark.parametrize("version", [None, "0.2.2", "1.0"])
def test_another_version_of_the_protocol_is_refused(send: Send, version: str | None) -> None:
    response = send("POST", headers={"Tus-Resumable": version, "Upload-Length": "5"})

    assert response.status_code == 412
    assert response["Tus-Version"] == "1.0.0"


@pytest.mark.parametrize("length", [None, "-1", "1e3", "٣", "", "9" * 20])
def test_a_length_that_is_none_is_refused(send: Send, length: str | None) -> None:
    headers = {"Upload-Length": length.encode().decode("latin-1") if length else length}

    assert send("POST", headers=headers, content_type="").status_code == 400
    assert Upload.objects.count() == 0


def test_a_file_above_the_limit_is_refused(send: Send, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 100

    assert send("POST", headers={"Upload-Length": "101"}, content_type="").status_code == 413


@pytest.mark.parametrize(
    "said",
    [
        "filename not-base64!",
        f"filename {b64('a')},filename {b64('b')}",
        "filename " + base64.b64encode(b"\xff\xfe").decode(),
        f"kind {b64('archive')}",
        f"videoId {b64('Title:nonsense')}",
        f" ,filename {b64('a')}",
    ],
)
def test_metadata_that_is_not_well_formed_is_refused(send: Send, said: str) -> None:
    response = send("POST", headers={"Upload-Length": "5", "Upload-Metadata": said}, content_type="")

    assert response.status_code == 400
    assert Upload.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\films\\Alien.mkv", "Alien.mkv"),
        ("a\x00b\nc.mkv", "a b c.mkv"),
        ("..", "Untitled"),
        ("", "Untitled"),
        ("Amélie.mkv", "Amélie.mkv"),
    ],
)
def test_a_file_name_is_for_people_only(begin: Callable[..., str], name: str, shown: str) -> None:
    begin(5, f"filename {b64(name)}")

    upload = Upload.objects.get()
    assert upload.file_name == shown
    assert uploads.upload_file(upload.pk).name == str(upload.pk)


def test_bytes_of_another_type_are_refused(send: Send, begin: Callable[..., str]) -> None:
    address = begin(10)

    response = send("PATCH", address, b"abc", headers={"Upload-Offset": "0"}, content_type="text/plain")

    assert response.status_code == 415
