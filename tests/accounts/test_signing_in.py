import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import AccessToken, AttemptCount, User
from tests.conftest import Ask
from tests.people import PASSWORD, Person

WRONG = {
    "field": None,
    "code": "WRONG_CREDENTIALS",
    "message": "The address or the password is wrong. Try again.",
}


def sign_in(gql: Ask, email: str, password: str = PASSWORD, **more: Any) -> dict[str, Any]:
    headers = {
        name: more.pop(name) for name in ("client", "REMOTE_ADDR", "HTTP_X_FORWARDED_FOR") if name in more
    }
    answer = gql("SignIn", {"input": {"email": email, "password": password, **more}}, **headers)
    payload: dict[str, Any] = answer["data"]["signIn"]
    return payload


def codes(payload: dict[str, Any]) -> list[str]:
    return [error["code"] for error in payload["errors"]]


def test_signing_in_answers_a_token_that_works_and_sets_no_cookie(gql: Ask, owner: Person) -> None:
    client = Client()

    payload = sign_in(gql, "Olive@Example.org", client=client, code="123456")

    assert payload["errors"] == []
    assert "sessionid" not in client.cookies
    viewer = gql("Viewer", HTTP_AUTHORIZATION=f"Bearer {payload['token']}")["data"]["viewer"]
    assert viewer["email"] == "olive@example.org"
    assert viewer["activeProfile"] is None


def test_signing_in_by_cookie_sets_a_session_and_answers_no_token(gql: Ask, owner: Person) -> None:
    client = Client()
    before = AccessToken.objects.count()

    payload = sign_in(gql, "olive@example.org", transport="COOKIE", client=client)

    assert payload["token"] is None
    assert AccessToken.objects.count() == before
    assert gql("Viewer", client=client)["data"]["viewer"]["email"] == "olive@example.org"


def test_signing_in_by_cookie_changes_the_session_key_and_forgets_the_profile(
    gql: Ask, owner: Person
) -> None:
    client = Client()
    sign_in(gql, "olive@example.org", transport="COOKIE", client=client)
    first = client.cookies["sessionid"].value
    gql("ActivateProfile", {"input": {"profileId": owner.global_profile_id}}, client=client)

    sign_in(gql, "olive@example.org", transport="COOKIE", client=client)

    assert client.cookies["sessionid"].value != first
    assert gql("Viewer", client=client)["data"]["viewer"]["activeProfile"] is None


def test_a_wrong_password_and_an_unknown_address_answer_the_same(gql: Ask, owner: Person) -> None:
    assert sign_in(gql, "olive@example.org", "not the password")["errors"] == [WRONG]
    assert sign_in(gql, "nobody@example.org", "not the password")["errors"] == [WRONG]


def test_an_unknown_address_costs_a_hash_too(
    gql: Ask, owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str | None] = []
    original = User.set_password

    def set_password(user: User, raw: str | None) -> None:
        hashed.append(raw)
        original(user, raw)

    monkeypatch.setattr(User, "set_password", set_password)

    sign_in(gql, "nobody@example.org", "not the password")

    assert hashed == ["not the password"]


def test_an_account_that_was_closed_cannot_sign_in_or_use_its_token(gql: Ask, stranger: Person) -> None:
    User.objects.filter(pk=stranger.user.pk).update(is_active=False)

    assert sign_in(gql, "stella@example.org")["errors"] == [WRONG]
    assert gql("Viewer", as_=stranger)["data"]["viewer"] is None


def test_after_too_many_failures_even_the_right_password_waits(
    gql: Ask, owner: Person, settings: Settings
) -> None:
    settings.SIGN_IN_ATTEMPTS = 3
    for _ in range(3):
        assert codes(sign_in(gql, "olive@example.org", "not the password")) == ["WRONG_CREDENTIALS"]

    refused = sign_in(gql, "OLIVE@example.org")

    assert refused["token"] is None
    (error,) = refused["errors"]
    assert (error["field"], error["code"]) == (None, "TOO_MANY_ATTEMPTS")
    # A slow machine has used some of them up already.
    assert re.fullmatch(r"Too many attempts\. Try again in (900|8[0-9]{2}) seconds\.", error["message"])


def test_the_pause_of_one_account_is_no_pause_of_another(
    gql: Ask, owner: Person, stranger: Person, settings: Settings
) -> None:
    settings.SIGN_IN_ATTEMPTS = 1
    sign_in(gql, "olive@example.org", "not the password")

    assert sign_in(gql, "stella@example.org")["errors"] == []


def test_the_pause_ends(gql: Ask, owner: Person, settings: Settings) -> None:
    settings.SIGN_IN_ATTEMPTS = 1
    sign_in(gql, "olive@example.org", "not the password")
    assert codes(sign_in(gql, "olive@example.org")) == ["TOO_MANY_ATTEMPTS"]

    AttemptCount.objects.update(since=timezone.now() - timedelta(seconds=901))

    assert codes(sign_in(gql, "olive@example.org")) == []


def test_a_success_clears_the_account_and_gives_the_addresss_attempt_back(
    gql: Ask, owner: Person, settings: Settings
) -> None:
    settings.SIGN_IN_ATTEMPTS = settings.SIGN_IN_ADDRESS_ATTEMPTS = 2
    for _ in range(4):
        assert codes(sign_in(gql, "olive@example.org")) == []

    assert codes(sign_in(gql, "olive@example.org", "not the password")) == ["WRONG_CREDENTIALS"]


def test_attempts_on_many_accounts_count_for_the_client_address(
    gql: Ask, owner: Person, settings: Settings
) -> None:
    settings.SIGN_IN_ADDRESS_ATTEMPTS = 3
    for number in range(3):
        sign_in(gql, f"guess{number}@example.org", REMOTE_ADDR="192.0.2.7")

    assert codes(sign_in(gql, "olive@example.org", REMOTE_ADDR="192.0.2.7")) == ["TOO_MANY_ATTEMPTS"]
    assert codes(sign_in(gql, "olive@example.org", REMOTE_ADDR="192.0.2.8")) == []


def test_a_forwarded_address_is_believed_only_behind_a_proxy_and_only_its_last_word(
    gql: Ask, owner: Person, settings: Settings
) -> None:
    settings.SIGN_IN_ADDRESS_ATTEMPTS = 1
    sign_in(gql, "one@example.org", HTTP_X_FORWARDED_FOR="198.51.100.1")
    assert codes(sign_in(gql, "olive@example.org", HTTP_X_FORWARDED_FOR="198.51.100.2")) == [
        "TOO_MANY_ATTEMPTS"
    ]

    settings.BEHIND_PROXY = True
    assert codes(sign_in(gql, "olive@example.org", HTTP_X_FORWARDED_FOR="127.0.0.1, 198.51.100.3")) == []


def test_attempts_in_one_document_count_one_by_one(gql: Ask, owner: Person, settings: Settings) -> None:
    settings.SIGN_IN_ATTEMPTS = 3
    guesses = "\n".join(
        f'g{i}: signIn(input: {{email: "olive@example.org", password: "guess {i}"}}) {{ errors {{ code }} }}'
        for i in range(5)
    )

    answer = gql(f"mutation {{ {guesses} }}")["data"]

    assert [payload["errors"][0]["code"] for payload in answer.values()] == (
        ["WRONG_CREDENTIALS"] * 3 + ["TOO_MANY_ATTEMPTS"] * 2
    )


def test_the_admins_door_counts_with_the_others(gql: Ask, operator: Person, settings: Settings) -> None:
    settings.SIGN_IN_ATTEMPTS = 2
    client = Client()
    for _ in range(2):
        client.post("/admin/login/", {"username": "oscar@example.org", "password": "not the password"})

    page = client.post("/admin/login/", {"username": "oscar@example.org", "password": PASSWORD})

    assert page.status_code == 200
    assert "sessionid" not in client.cookies
    assert codes(sign_in(gql, "oscar@example.org")) == ["TOO_MANY_ATTEMPTS"]


def test_signing_out_kills_this_token_and_no_other(gql: Ask, owner: Person, other_adult: Person) -> None:
    assert gql("SignOut", as_=owner)["data"]["signOut"] == {"errors": []}

    assert gql("Viewer", as_=owner)["data"]["viewer"] is None
    assert gql("Viewer", as_=other_adult)["data"]["viewer"]["email"] == "olive@example.org"


def test_signing_out_ends_this_session(gql: Ask, owner: Person) -> None:
    client = Client()
    sign_in(gql, "olive@example.org", transport="COOKIE", client=client)
    stolen = client.cookies["sessionid"].value

    assert gql("SignOut", client=client)["data"]["signOut"] == {"errors": []}

    thief = Client()
    thief.cookies["sessionid"] = stolen
    assert gql("Viewer", client=thief)["data"]["viewer"] is None


def test_signing_out_of_nobody_says_so(gql: Ask) -> None:
    (error,) = gql("SignOut")["data"]["signOut"]["errors"]

    assert error["code"] == "UNAUTHENTICATED"


def test_after_signing_out_the_rest_of_a_document_is_nobodys(gql: Ask, owner: Person) -> None:
    answer = gql(
        'mutation { signOut { errors { code } } createProfile(input: {name: "Late"}) { errors { code } } }',
        as_=owner,
    )["data"]

    assert answer["createProfile"]["errors"] == [{"code": "UNAUTHENTICATED"}]
    assert owner.user.profiles.count() == 1
