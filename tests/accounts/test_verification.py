"""Where addresses must be verified, an account is of no use before, and no answer says which addresses are known."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client
from pytest_django import Settings

from accounts.even_time import STEP_SECONDS
from accounts.models import AccessToken, User
from tests.accounts.headless import Browser, codes, flows, signed_in
from tests.accounts.mail import key_in, to
from tests.conftest import Ask
from tests.people import PASSWORD, Person

NEW, KNOWN = "nora@example.org", "olive@example.org"


@pytest.fixture(autouse=True)
def verifying(settings: Settings) -> None:
    settings.VERIFY_EMAIL = True
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.MFA_ALLOW_UNVERIFIED_EMAIL = False


def sign_up(gql: Ask, email: str, client: Client | None = None, **more: Any) -> dict[str, Any]:
    values = {"email": email, "password": PASSWORD, **more}
    payload: dict[str, Any] = gql("SignUp", {"input": values}, client=client)["data"]["signUp"]
    return payload


def sign_in(gql: Ask, email: str) -> dict[str, Any]:
    payload: dict[str, Any] = gql("SignIn", {"input": {"email": email, "password": PASSWORD}})["data"][
        "signIn"
    ]
    return payload


@pytest.mark.parametrize("transport", ["TOKEN", "COOKIE"])
def test_signing_up_signs_nobody_in_and_says_the_same_of_every_address(
    gql: Ask, owner: Person, transport: str
) -> None:
    client, tokens = Client(), AccessToken.objects.count()

    answers = [
        sign_up(gql, email, client, transport=transport) for email in (NEW, KNOWN, "OLIVE@example.org")
    ]

    assert answers == [{"token": None, "viewer": None, "errors": []}] * 3
    assert AccessToken.objects.count() == tokens
    assert gql("Viewer", client=client)["data"]["viewer"] is None
    assert (len(to(NEW)), len(to(KNOWN))) == (1, 1)
    assert "/verify-email/" in to(NEW)[0]
    assert "/verify-email/" not in to(KNOWN)[0]
    assert owner.user.check_password(PASSWORD)
    assert User.objects.count() == 2


def test_signing_up_takes_as_long_and_as_many_hashes_for_every_address(
    gql: Ask, owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashes: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(*given: Any) -> str:
        hashes.append("one")
        return encode(*given)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    browser = Browser()
    doors: dict[str, Callable[[str], Any]] = {
        "GraphQL": lambda email: sign_up(gql, email),
        "JSON": lambda email: browser.call("POST", "/auth/signup", {"email": email, "password": PASSWORD}),
        "page": lambda email: Client().post("/accounts/signup/", {"email": email, "password1": PASSWORD}),
        "reset": lambda email: browser.call("POST", "/auth/password/request", {"email": email}),
    }
    cost: dict[str, list[int]] = {}
    for name, door in doors.items():
        for email in (f"{name.lower()}@example.org", KNOWN):
            hashes.clear()
            began = time.monotonic()
            door(email)
            assert time.monotonic() - began >= STEP_SECONDS * 0.98
            cost.setdefault(name, []).append(len(hashes))

    assert cost == {"GraphQL": [1, 1], "JSON": [1, 1], "page": [1, 1], "reset": [0, 0]}


def test_the_json_says_the_same_of_every_address(owner: Person) -> None:
    answers = [
        Browser().call("POST", "/auth/signup", {"email": email, "password": PASSWORD})
        for email in (NEW, KNOWN)
    ]

    assert [status for status, _ in answers] == [401, 401]
    assert [flow for _, body in answers for flow in flows(body) if flow == "verify_email"] == [
        "verify_email"
    ] * 2
    assert answers[0][1]["data"] == answers[1][1]["data"]


def test_the_link_makes_the_account_of_use(gql: Ask, db: None) -> None:
    sign_up(gql, NEW)
    refused = sign_in(gql, NEW)
    assert [error["code"] for error in refused["errors"]] == ["EMAIL_UNVERIFIED"]
    assert refused["token"] is None
    browser = Browser()
    assert browser.sign_in(NEW)[0] == 401
    assert not browser.is_signed_in
    page = Client()
    page.post("/accounts/login/", {"login": NEW, "password": PASSWORD})
    assert "_auth_user_id" not in page.session

    key = key_in(to(NEW)[0], "verify-email")
    assert browser.call("GET", "/auth/email/verify", HTTP_X_EMAIL_VERIFICATION_KEY=key)[0] == 200
    assert sign_in(gql, NEW)["token"] is None
    assert browser.call("POST", "/auth/email/verify", {"key": key})[0] in (200, 401)

    assert sign_in(gql, NEW)["token"]
    assert browser.sign_in(NEW)[0] == 200


def test_a_made_up_link_verifies_nothing(gql: Ask, db: None) -> None:
    sign_up(gql, NEW)
    key = key_in(to(NEW)[0], "verify-email")

    for wrong in (key[:-1], key + "x", "made-up"):
        status, body = Browser().call("POST", "/auth/email/verify", {"key": wrong})
        assert (status, codes(body)) == (400, [("key", "invalid_or_expired_key")])
    assert not EmailAddress.objects.get(email=NEW).verified


def test_the_admin_wants_a_verified_address_too(operator: Person) -> None:
    client = Client()
    form = {"username": "oscar@example.org", "password": PASSWORD}

    client.post("/admin/login/", form)

    assert "_auth_user_id" not in client.session
    assert len(to("oscar@example.org")) == 1
    EmailAddress.objects.filter(user=operator.user).update(verified=True)
    client.post("/admin/login/", form)
    assert "_auth_user_id" in client.session


def test_a_wrong_password_says_nothing_of_the_address(gql: Ask, owner: Person) -> None:
    answer = gql("SignIn", {"input": {"email": KNOWN, "password": "not the password"}})

    assert answer["data"]["signIn"]["errors"][0]["code"] == "WRONG_CREDENTIALS"
    assert mail.outbox == []


def test_so_many_sign_ups_from_one_client_and_no_more(gql: Ask, db: None, settings: Settings) -> None:
    settings.SIGN_IN_ADDRESS_ATTEMPTS = 2
    for number in range(2):
        assert sign_up(gql, f"nora{number}@example.org")["errors"] == []

    (error,) = sign_up(gql, NEW)["errors"]

    assert error["code"] == "TOO_MANY_ATTEMPTS"
    assert to(NEW) == []


def test_a_verified_address_stays_when_another_account_wants_it(gql: Ask, owner: Person) -> None:
    EmailAddress.objects.create(user=owner.user, email=KNOWN, primary=True, verified=True)
    browser = signed_in(KNOWN)
    browser.prove()
    assert browser.call("POST", "/account/email", {"email": NEW})[0] == 200
    key = key_in(to(NEW)[-1], "verify-email")
    User.objects.create_user(NEW, PASSWORD)

    status, body = browser.call("POST", "/auth/email/verify", {"key": key})

    assert (status, codes(body)) == (400, [("key", "email_taken")])
    assert User.objects.get(pk=owner.user.pk).email == KNOWN
