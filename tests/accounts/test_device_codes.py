"""Televisions and command lines sign in by device code (RFC 8628)."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.device_codes import ALPHABET, GRANT_TYPE
from accounts.models import AccessToken, DeviceGrant, User
from tests.conftest import Ask
from tests.people import Person

Codes = dict[str, Any]


def begin(**more: str) -> Codes:
    sent = Client(enforce_csrf_checks=True).post("/oauth/device_authorization", {"client_id": "tv", **more})
    assert sent.status_code == 200, sent.content
    assert sent.headers["Cache-Control"] == "no-store"
    codes: Codes = sent.json()
    return codes


def poll(codes: Codes, **more: str) -> tuple[int, dict[str, Any]]:
    form = {"grant_type": GRANT_TYPE, "device_code": codes["device_code"], "client_id": "tv", **more}
    sent = Client(enforce_csrf_checks=True).post("/oauth/token", form)
    return sent.status_code, sent.json()


def error(answer: tuple[int, dict[str, Any]]) -> str:
    assert answer[0] == 400
    assert "access_token" not in answer[1]
    return str(answer[1]["error"])


def ask_device(gql: Ask, name: str, codes: Codes | str, as_: Person | None, **more: Any) -> dict[str, Any]:
    code = codes if isinstance(codes, str) else codes["user_code"]
    document = f"""mutation($input: {name[0].upper()}{name[1:]}Input!) {{
        {name}(input: $input) {{ device {{ name address scopes }} errors {{ field code }} }}
    }}"""
    payload: dict[str, Any] = gql(document, {"input": {"userCode": code, **more}}, as_=as_)["data"][name]
    return payload


def decide(gql: Ask, codes: Codes | str, as_: Person | None, *, allow: bool = True) -> dict[str, Any]:
    return ask_device(gql, "decideDevice", codes, as_, allow=allow)


def rewind(seconds: int) -> None:
    """Lets time pass for all that waits."""
    for grant in DeviceGrant.objects.all():
        asked = grant.asked_at and grant.asked_at - timedelta(seconds=seconds)
        DeviceGrant.objects.filter(pk=grant.pk).update(
            asked_at=asked, expires_at=grant.expires_at - timedelta(seconds=seconds)
        )


def test_a_device_gets_codes_and_the_address_of_a_page(db: None) -> None:
    codes = begin(device_name="Living room")

    assert re.fullmatch(f"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}", codes["user_code"])
    assert codes["verification_uri"] == "http://testserver/device"
    assert codes["verification_uri_complete"] == f"http://testserver/device?user_code={codes['user_code']}"
    assert (codes["expires_in"], codes["interval"]) == (900, 5)
    kept = DeviceGrant.objects.get()
    assert all(codes["device_code"] not in str(value) for value in vars(kept).values())


def test_where_the_endpoints_are_is_written_down(db: None, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://films.example.org"

    found = Client().get("/.well-known/oauth-authorization-server", HTTP_HOST="evil.example.net").json()

    assert found["issuer"] == "https://films.example.org"
    assert found["token_endpoint"] == "https://films.example.org/oauth/token"
    assert found["device_authorization_endpoint"] == "https://films.example.org/oauth/device_authorization"
    assert begin()["verification_uri"] == "https://films.example.org/device"


def test_a_device_waits_until_somebody_allows_it_and_gets_a_token_like_any(gql: Ask, owner: Person) -> None:
    codes = begin(device_name="Living room")
    assert error(poll(codes)) == "authorization_pending"
    seen = ask_device(gql, "reviewDevice", codes["user_code"].lower().replace("-", " "), owner)
    assert seen == {
        "device": {"name": "Living room", "address": "127.0.0.1", "scopes": None},
        "errors": [],
    }
    assert decide(gql, codes, owner)["errors"] == []

    status, answer = poll(codes)

    assert (status, answer["token_type"]) == (200, "Bearer")
    assert abs(answer["expires_in"] - 90 * 24 * 3600) <= 2
    viewer = gql("Viewer", HTTP_AUTHORIZATION=f"Bearer {answer['access_token']}")["data"]["viewer"]
    assert (viewer["email"], viewer["activeProfile"]) == ("olive@example.org", None)
    made = gql(
        "CreateProfile", {"input": {"name": "Tv"}}, HTTP_AUTHORIZATION=f"Bearer {answer['access_token']}"
    )
    assert made["data"]["createProfile"]["errors"] == []
    assert AccessToken.objects.latest("pk").name == "Living room"
    assert error(poll(codes)) == "invalid_grant"


def test_who_asks_too_often_is_told_to_slow_down_and_has_to(db: None) -> None:
    codes = begin()
    assert error(poll(codes)) == "authorization_pending"
    assert error(poll(codes)) == "slow_down"

    rewind(7)
    assert error(poll(codes)) == "slow_down"
    rewind(16)
    assert error(poll(codes)) == "authorization_pending"


def test_who_is_not_allowed_is_told(gql: Ask, owner: Person) -> None:
    codes, before = begin(), AccessToken.objects.count()

    decide(gql, codes, owner, allow=False)

    assert error(poll(codes)) == "access_denied"
    assert error(poll(codes)) == "access_denied"
    assert decide(gql, codes, owner)["errors"] == [{"field": "userCode", "code": "NOT_FOUND"}]
    assert AccessToken.objects.count() == before


def test_codes_run_out(gql: Ask, owner: Person) -> None:
    codes = begin()

    rewind(901)

    assert error(poll(codes)) == "expired_token"
    assert decide(gql, codes, owner)["errors"] == [{"field": "userCode", "code": "NOT_FOUND"}]
    allowed = begin()
    decide(gql, allowed, owner)
    rewind(901)
    assert error(poll(allowed)) == "expired_token"


def test_what_ran_out_long_ago_is_forgotten(db: None) -> None:
    codes = begin()
    rewind(2 * 3600)

    begin()

    assert DeviceGrant.objects.count() == 1
    assert error(poll(codes)) == "invalid_grant"


def test_a_new_password_or_a_closed_account_takes_back_what_was_allowed(gql: Ask, owner: Person) -> None:
    first, second = begin(), begin()
    decide(gql, first, owner)
    decide(gql, second, owner)
    user = User.objects.get(pk=owner.user.pk)
    user.is_active = False
    user.save()
    assert error(poll(first)) == "access_denied"

    user.is_active = True
    user.set_password("another lantern in the window")
    user.save()
    assert error(poll(second)) == "access_denied"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"grant_type": ""}, "invalid_request"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"device_code": ""}, "invalid_request"),
        ({"device_code": "made-up"}, "invalid_grant"),
        ({"device_code": "\0"}, "invalid_request"),
        ({"client_id": ""}, "invalid_request"),
        ({"client_id": "another"}, "invalid_grant"),
    ],
)
def test_what_is_wrong_with_a_question_is_said_in_the_words_of_the_protocol(
    gql: Ask, owner: Person, change: dict[str, str], expected: str
) -> None:
    codes = begin()
    decide(gql, codes, owner)

    assert error(poll(codes, **change)) == expected
    assert poll(codes)[0] == 200


@pytest.mark.parametrize(
    ("form", "status", "expected"),
    [
        ({}, 401, "invalid_client"),
        ({"client_id": "c" * 81}, 401, "invalid_client"),
        ({"client_id": "tv", "scope": "ACCOUNT"}, 400, "invalid_scope"),
        ({"client_id": "tv", "device_name": "\x07"}, 400, "invalid_request"),
        ({"client_id": ["tv", "tv"]}, 400, "invalid_request"),
    ],
)
def test_not_every_device_gets_codes(db: None, form: dict[str, Any], status: int, expected: str) -> None:
    sent = Client().post("/oauth/device_authorization", form)

    assert (sent.status_code, sent.json()["error"]) == (status, expected)
    assert Client().get("/oauth/device_authorization").status_code == 405
    assert not DeviceGrant.objects.exists()


def test_a_device_can_ask_for_less(gql: Ask, owner: Person, operator: Person) -> None:
    codes = begin(scope="watch")
    decide(gql, codes, owner)
    _, answer = poll(codes)
    assert answer["scope"] == "READ WATCH"
    made = gql(
        "CreateProfile", {"input": {"name": "Tv"}}, HTTP_AUTHORIZATION=f"Bearer {answer['access_token']}"
    )
    assert made["data"]["createProfile"]["errors"][0]["code"] == "FORBIDDEN"

    codes = begin(scope="OPERATE")
    assert decide(gql, codes, owner)["errors"] == [{"field": None, "code": "FORBIDDEN"}]
    assert decide(gql, codes, operator)["errors"] == []


def test_nobody_no_child_and_no_program_lets_a_device_in(gql: Ask, owner: Person, kid: Person) -> None:
    codes = begin()
    assert decide(gql, codes, None)["errors"] == [{"field": None, "code": "UNAUTHENTICATED"}]
    assert decide(gql, codes, kid)["errors"] == [{"field": None, "code": "FORBIDDEN"}]
    AccessToken.objects.filter(user=owner.user).update(scopes=["READ", "WATCH"])
    assert decide(gql, codes, owner)["errors"] == [{"field": None, "code": "FORBIDDEN"}]

    assert error(poll(codes)) == "authorization_pending"


def test_guesses_at_codes_are_counted(gql: Ask, owner: Person, settings: Settings) -> None:
    settings.SIGN_IN_ATTEMPTS = 3
    codes = begin()
    for guess in ("BBBB-BBBB", "", "CCCC-CCCC-C"):
        assert decide(gql, guess, owner)["errors"][0]["code"] == "NOT_FOUND"

    assert decide(gql, codes, owner)["errors"] == [{"field": None, "code": "TOO_MANY_ATTEMPTS"}]
    assert error(poll(codes)) == "authorization_pending"


def test_one_client_address_gets_so_many_codes(db: None, settings: Settings) -> None:
    settings.SIGN_IN_ADDRESS_ATTEMPTS = 2
    begin()
    begin()

    sent = Client().post("/oauth/device_authorization", {"client_id": "tv"})

    assert (sent.status_code, sent.json()["error"]) == (429, "temporarily_unavailable")


def test_the_plain_page_shows_who_asks_before_it_lets_anybody_in(owner: Person) -> None:
    codes, client = begin(device_name="<b>Living room"), Client()
    page = client.get("/accounts/device/", {"user_code": codes["user_code"]}, follow=True)
    assert page.redirect_chain[-1][0].startswith("/accounts/login/?next=/accounts/device/")
    client.force_login(owner.user)

    page = client.get("/accounts/device/", {"user_code": codes["user_code"]}, follow=True)
    assert f'value="{codes["user_code"]}"' in page.content.decode()
    assert error(poll(codes)) == "authorization_pending"
    shown = client.post("/accounts/device/", {"user_code": codes["user_code"]}).content.decode()
    assert "&lt;b&gt;Living room" in shown
    assert "127.0.0.1" in shown
    assert DeviceGrant.objects.get().state == "PENDING"

    client.post("/accounts/device/", {"user_code": codes["user_code"], "decision": "allow"})

    assert poll(codes)[0] == 200


def test_the_plain_page_takes_no_form_of_another_site(owner: Person) -> None:
    codes, client = begin(), Client(enforce_csrf_checks=True)
    client.force_login(owner.user)

    sent = client.post("/accounts/device/", {"user_code": codes["user_code"], "decision": "allow"})

    assert sent.status_code == 403
    assert DeviceGrant.objects.get().state == "PENDING"


def test_the_plain_page_says_when_no_device_shows_the_code(owner: Person) -> None:
    client = Client()
    client.force_login(owner.user)

    page = client.post("/accounts/device/", {"user_code": "BBBB-BBBB", "decision": "allow"})

    assert "No device waits with this code" in page.content.decode()
