"""Passkeys (WebAuthn): as a second factor, and alone in place of a password."""

from typing import Any

from allauth.mfa.models import Authenticator

from accounts.models import User
from tests.accounts.authenticator import recovery_codes
from tests.accounts.headless import Browser, flows, signed_in
from tests.accounts.passkey import Passkey
from tests.conftest import Ask
from tests.people import PASSWORD, Person

HERE = {"HTTP_HOST": "localhost"}
KEYS = "/account/authenticators/webauthn"


def add(browser: Browser, key: Passkey, *, alone: bool = False) -> tuple[int, dict[str, Any]]:
    status, body = browser.call("GET", KEYS + ("?passwordless" if alone else ""))
    assert status == 200, body
    credential = key.create(body["data"]["creation_options"])
    return browser.call("POST", KEYS, {"name": "Phone", "credential": credential, "passwordless": alone})


def given(key: Passkey, *, alone: bool = False) -> None:
    browser = signed_in(**HERE)
    browser.prove()
    status, body = add(browser, key, alone=alone)
    assert (status, body["data"]["type"]) == (200, "webauthn")


def answer(browser: Browser, key: Passkey, door: str) -> tuple[int, dict[str, Any]]:
    options = browser.call("GET", door)[1]["data"]["request_options"]
    return browser.call("POST", door, {"credential": key.get(options)})


def test_a_key_is_the_second_factor_after_the_password(owner: Person, gql: Ask) -> None:
    key = Passkey()
    given(key)
    browser = Browser(**HERE)
    status, body = browser.sign_in()
    assert (status, flows(body)[-1]) == (401, "mfa_authenticate")

    assert answer(browser, Passkey(), "/auth/webauthn/authenticate")[0] == 400
    assert not browser.is_signed_in
    assert answer(browser, key, "/auth/webauthn/authenticate")[0] == 200
    assert browser.is_signed_in


def test_graphql_wants_a_recovery_code_where_there_are_only_keys(owner: Person, gql: Ask) -> None:
    given(Passkey())
    code = recovery_codes(owner.user)[0]
    mine = {"email": "olive@example.org", "password": PASSWORD}

    refused = gql("SignIn", {"input": mine})["data"]["signIn"]
    assert [error["code"] for error in refused["errors"]] == ["SECOND_FACTOR_REQUIRED"]
    assert gql("SignIn", {"input": {**mine, "code": code}})["data"]["signIn"]["token"]


def test_a_passkey_signs_in_alone(owner: Person, stranger: Person) -> None:
    key = Passkey()
    given(key, alone=True)
    browser = Browser(**HERE)

    assert answer(browser, key, "/auth/webauthn/login")[0] == 200

    status, body = browser.call("GET", "/auth/session")
    assert (status, body["data"]["user"]["email"]) == (200, "olive@example.org")


def test_a_passkey_that_asked_nobody_does_not_sign_in_alone(owner: Person) -> None:
    key = Passkey()
    given(key, alone=True)
    key.flags = Passkey(verifies=False).flags
    browser = Browser(**HERE)

    assert answer(browser, key, "/auth/webauthn/login")[0] == 400
    assert not browser.is_signed_in


def test_a_signature_is_for_one_challenge_one_origin_and_one_account(owner: Person, stranger: Person) -> None:
    key = Passkey()
    given(key, alone=True)
    browser, door = Browser(**HERE), "/auth/webauthn/login"
    first = key.get(browser.call("GET", door)[1]["data"]["request_options"])
    browser.call("GET", door)
    assert browser.call("POST", door, {"credential": first})[0] == 400

    options = browser.call("GET", door)[1]["data"]["request_options"]
    key.origin = "https://evil.example.net"
    assert browser.call("POST", door, {"credential": key.get(options)})[0] == 400

    key.origin = "http://localhost"
    forged = key.get(browser.call("GET", door)[1]["data"]["request_options"])
    forged["response"]["userHandle"] = Passkey().handle or "c3RlbGxh"
    assert browser.call("POST", door, {"credential": forged})[0] == 400

    broken = key.get(browser.call("GET", door)[1]["data"]["request_options"])
    broken["response"]["signature"] = first["response"]["signature"]
    assert browser.call("POST", door, {"credential": broken})[0] == 400
    assert not browser.is_signed_in


def test_what_is_no_credential_is_refused_with_a_sentence(owner: Person) -> None:
    browser = Browser(**HERE)
    nonsense: tuple[Any, ...] = (
        None,
        1,
        "x",
        [],
        {},
        {"id": "x"},
        {"id": "x", "rawId": "x", "response": {}, "type": "y"},
    )
    for wrong in nonsense:
        browser.call("GET", "/auth/webauthn/login")
        status, body = browser.call("POST", "/auth/webauthn/login", {"credential": wrong})
        assert status == 400, wrong
        assert body["errors"]
    browser = signed_in(**HERE)
    browser.prove()
    browser.call("GET", KEYS)
    half = Passkey()._credential({"clientDataJSON": "e30"}, {})
    for wrong in ({"id": "x"}, [], half):
        assert browser.call("POST", KEYS, {"name": "x", "credential": wrong})[0] == 400


def test_a_key_is_named_and_taken_away_by_its_owner_only(owner: Person, stranger: Person) -> None:
    given(Passkey())
    key = Authenticator.objects.get(type="webauthn").pk
    thief = signed_in("stella@example.org", **HERE)
    thief.prove()
    assert thief.call("PUT", KEYS, {"id": key, "name": "Mine"})[0] == 400
    assert thief.call("DELETE", KEYS, {"authenticators": [key]})[0] == 400

    browser = Browser(**HERE)
    browser.sign_in()
    assert browser.call("POST", "/auth/2fa/authenticate", {"code": recovery_codes(owner.user)[0]})[0] == 200
    browser.prove()
    assert browser.call("PUT", KEYS, {"id": key, "name": "Blue key"})[1]["data"]["name"] == "Blue key"
    assert browser.call("DELETE", KEYS, {"authenticators": [key]})[0] == 200

    assert not Authenticator.objects.exists()
    assert User.objects.get(pk=owner.user.pk).check_password(PASSWORD)


def test_a_session_that_was_left_open_adds_no_key(owner: Person) -> None:
    browser = signed_in(**HERE)

    status, body = browser.call("GET", KEYS)

    assert (status, flows(body)[0]) == (401, "reauthenticate")
