from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from accounts.models import AccessToken, Profile, User
from tests.conftest import Ask
from tests.people import PASSWORD, Person


def sign_up(gql: Ask, email: str, password: str = PASSWORD, **more: Any) -> dict[str, Any]:
    client = more.pop("client", None)
    answer = gql("SignUp", {"input": {"email": email, "password": password, **more}}, client=client)
    payload: dict[str, Any] = answer["data"]["signUp"]
    return payload


def test_signing_up_makes_an_account_without_profiles_and_answers_a_token(gql: Ask) -> None:
    payload = sign_up(gql, " Nora@Example.ORG ")

    assert payload["errors"] == []
    assert payload["viewer"]["email"] == "nora@example.org"
    assert User.objects.get().email == "nora@example.org"
    assert EmailAddress.objects.get().email == "nora@example.org"
    assert Profile.objects.count() == 0
    viewer = gql("Viewer", HTTP_AUTHORIZATION=f"Bearer {payload['token']}")["data"]["viewer"]
    assert (viewer["email"], viewer["profiles"], viewer["activeProfile"]) == ("nora@example.org", [], None)
    assert viewer["plan"] == {"name": "Standard", "maxStreams": 2, "maxHeight": 2160}
    assert viewer["isStaff"] is False


def test_signing_up_by_token_sets_no_cookie(gql: Ask) -> None:
    client = Client()

    sign_up(gql, "nora@example.org", client=client)

    assert "sessionid" not in client.cookies


def test_signing_up_by_cookie_sets_the_session_and_answers_no_token(gql: Ask) -> None:
    client = Client(enforce_csrf_checks=True)

    payload = sign_up(gql, "nora@example.org", transport="COOKIE", client=client)

    assert payload["token"] is None
    assert client.cookies["sessionid"]["httponly"]
    assert client.cookies["sessionid"]["samesite"] == "Lax"
    assert AccessToken.objects.count() == 0


@pytest.mark.parametrize("email", ["olive@example.org", "OLIVE@example.org"])
def test_a_taken_address_is_told_and_nothing_is_made(gql: Ask, owner: Person, email: str) -> None:
    payload = sign_up(gql, email)

    assert payload["errors"] == [
        {
            "field": "email",
            "code": "EMAIL_TAKEN",
            "message": "There is already an account with this address. Sign in instead.",
        }
    ]
    assert payload["token"] is None
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "email", ["", "nora", "nora@", "a@b", f"{'n' * 250}@example.org", "no\x00ra@example.org"]
)
def test_what_is_no_address_is_refused(gql: Ask, email: str) -> None:
    payload = sign_up(gql, email)

    assert [(error["field"], error["code"]) for error in payload["errors"]] == [("email", "INVALID")]
    assert payload["errors"][0]["message"] == "Enter an e-mail address, such as name@example.org."
    assert User.objects.count() == 0


@pytest.mark.parametrize("password", ["", "short", "password123", "nora@example.org"])
def test_a_weak_password_is_refused_with_a_sentence(gql: Ask, password: str) -> None:
    payload = sign_up(gql, "nora@example.org", password)

    (error,) = payload["errors"]
    assert (error["field"], error["code"]) == ("password", "WEAK_PASSWORD")
    assert error["message"].endswith(".")
    assert "!" not in error["message"]
    assert User.objects.count() == 0
