"""A second factor is asked for at every door, and its codes can neither be guessed nor used twice."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from pytest_django import Settings

from accounts.models import AccessToken
from tests.accounts.authenticator import App, recovery_codes, with_app
from tests.accounts.headless import Browser, codes, flows, signed_in
from tests.conftest import Ask
from tests.people import PASSWORD, Person

EMAIL = "olive@example.org"


def sign_in(gql: Ask, code: str | None = None, client: Client | None = None, **more: Any) -> dict[str, Any]:
    values = {"email": EMAIL, "password": PASSWORD, "code": code, **more}
    payload: dict[str, Any] = gql("SignIn", {"input": values}, client=client)["data"]["signIn"]
    return payload


def errors(payload: dict[str, Any]) -> list[tuple[str | None, str]]:
    return [(error["field"], error["code"]) for error in payload["errors"]]


@pytest.fixture
def app(owner: Person) -> App:
    return with_app(owner.user)


@pytest.mark.parametrize("transport", ["TOKEN", "COOKIE"])
def test_graphql_signs_nobody_in_without_the_code(gql: Ask, app: App, transport: str) -> None:
    before, client = AccessToken.objects.count(), Client()

    for code in (None, ""):
        payload = sign_in(gql, code, client, transport=transport)
        assert errors(payload) == [("code", "SECOND_FACTOR_REQUIRED")]
        assert (payload["token"], payload["viewer"]) == (None, None)

    assert errors(sign_in(gql, app.wrong(), client, transport=transport)) == [("code", "WRONG_CREDENTIALS")]
    assert AccessToken.objects.count() == before
    assert gql("Viewer", client=client)["data"]["viewer"] is None


def test_graphql_signs_in_with_the_code_of_the_app(gql: Ask, app: App) -> None:
    payload = sign_in(gql, f"{app.code()[:3]} {app.code()[3:]}")

    assert payload["errors"] == []
    answer = gql("Viewer", HTTP_AUTHORIZATION=f"Bearer {payload['token']}")
    assert answer["data"]["viewer"]["email"] == EMAIL


def test_a_wrong_password_with_the_right_code_says_no_more_than_without(gql: Ask, app: App) -> None:
    payload = sign_in(gql, app.code(), password="not the password")

    assert errors(payload) == [(None, "WRONG_CREDENTIALS")]
    assert errors(sign_in(gql, app.code())) == []


def test_a_code_works_once_at_all_doors_together(gql: Ask, app: App) -> None:
    code = app.code(1)
    assert errors(sign_in(gql, code)) == []

    assert errors(sign_in(gql, code)) == [("code", "WRONG_CREDENTIALS")]
    assert errors(sign_in(gql, app.code(0))) == [("code", "WRONG_CREDENTIALS")]
    browser = Browser()
    browser.sign_in()
    status, body = browser.call("POST", "/auth/2fa/authenticate", {"code": code})
    assert (status, codes(body)) == (400, [("code", "incorrect_code")])


def test_a_recovery_code_works_once(gql: Ask, app: App, owner: Person) -> None:
    code, other, *_ = recovery_codes(owner.user)
    assert errors(sign_in(gql, code)) == []

    assert errors(sign_in(gql, code)) == [("code", "WRONG_CREDENTIALS")]
    assert errors(sign_in(gql, other)) == []


def test_the_json_asks_for_the_second_factor(app: App) -> None:
    browser = Browser()

    status, body = browser.sign_in()
    assert (status, flows(body)[-1]) == (401, "mfa_authenticate")
    assert not browser.is_signed_in
    wrong = browser.call("POST", "/auth/2fa/authenticate", {"code": app.wrong()})
    assert (wrong[0], codes(wrong[1])) == (400, [("code", "incorrect_code")])

    assert browser.call("POST", "/auth/2fa/authenticate", {"code": app.code()})[0] == 200
    assert browser.is_signed_in


def test_the_page_asks_for_the_second_factor(app: App, owner: Person) -> None:
    client = Client()

    page = client.post("/accounts/login/", {"login": EMAIL, "password": PASSWORD})
    assert page.headers["Location"] == "/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in client.session
    client.post("/accounts/2fa/authenticate/", {"code": app.code()})

    assert client.session["_auth_user_id"] == str(owner.user.pk)


def test_the_admin_asks_for_the_second_factor(operator: Person) -> None:
    app, client = with_app(operator.user), Client()
    form = {"username": "oscar@example.org", "password": PASSWORD}
    assert 'name="code"' in client.get("/admin/login/").content.decode()

    for code in ("", app.wrong()):
        client.post("/admin/login/", {**form, "code": code})
        assert "_auth_user_id" not in client.session

    client.post("/admin/login/", {**form, "code": app.code()})
    assert client.session["_auth_user_id"] == str(operator.user.pk)


def test_guesses_at_codes_count_across_doors(gql: Ask, app: App, settings: Settings) -> None:
    settings.SIGN_IN_ATTEMPTS = 3
    browser = Browser()
    browser.sign_in()
    assert errors(sign_in(gql, app.wrong())) == [("code", "WRONG_CREDENTIALS")]
    browser.call("POST", "/auth/2fa/authenticate", {"code": app.wrong()})
    browser.call("POST", "/auth/2fa/authenticate", {"code": app.wrong()})

    assert errors(sign_in(gql, app.code())) == [(None, "TOO_MANY_ATTEMPTS")]
    status, body = browser.call("POST", "/auth/2fa/authenticate", {"code": app.code()})
    assert (status, codes(body)) == (400, [("code", "too_many_login_attempts")])
    assert not browser.is_signed_in


def test_one_gives_oneself_an_app_and_takes_it_away(owner: Person, gql: Ask) -> None:
    browser = signed_in()
    status, body = browser.call("GET", "/account/authenticators/totp")
    assert status == 404
    app = App(body["meta"]["secret"])
    assert "issuer=Lantern" in body["meta"]["totp_url"]

    status, body = browser.call("POST", "/account/authenticators/totp", {"code": app.code()})
    assert (status, flows(body)[0]) == (401, "reauthenticate")
    assert not Authenticator.objects.exists()
    browser.prove()
    assert browser.call("POST", "/account/authenticators/totp", {"code": app.code()})[0] == 200

    kept = Authenticator.objects.get(type="totp")
    assert app.secret not in str(kept.data)
    status, body = browser.call("GET", "/account/authenticators/recovery-codes")
    assert (status, len(body["data"]["unused_codes"])) == (200, 10)
    assert errors(sign_in(gql)) == [("code", "SECOND_FACTOR_REQUIRED")]

    assert browser.call("DELETE", "/account/authenticators/totp")[0] == 200
    assert not Authenticator.objects.exists()
    assert errors(sign_in(gql)) == []


def test_guesses_at_ones_own_password_count(owner: Person, settings: Settings) -> None:
    settings.SIGN_IN_ATTEMPTS = 3
    browser = signed_in()
    change = {"current_password": "a guess", "new_password": "another lantern in the window"}
    browser.call("POST", "/auth/reauthenticate", {"password": "a guess"})
    browser.call("POST", "/account/password/change", change)
    browser.call("POST", "/auth/reauthenticate", {"password": "a guess"})

    status, body = browser.call("POST", "/account/password/change", {**change, "current_password": PASSWORD})

    assert (status, codes(body)) == (400, [("current_password", "too_many_login_attempts")])
    assert browser.call("POST", "/auth/reauthenticate", {"password": PASSWORD})[0] == 400
