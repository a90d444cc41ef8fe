"""Sessions of browsers: listed, ended from elsewhere, ended by a new password."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.test import Client
from pytest_django import Settings

from accounts.models import AccessToken, User
from tests.accounts.headless import Browser, codes, signed_in
from tests.conftest import Ask
from tests.people import PASSWORD, Person

NEW = "another lantern in the window"


def listed(browser: Browser) -> list[dict[str, Any]]:
    status, body = browser.call("GET", "/auth/sessions")
    assert status == 200
    return list(body["data"])


def test_a_browser_signs_in_and_out(owner: Person, gql: Ask) -> None:
    browser = signed_in()
    assert gql("Viewer", client=browser.client)["data"]["viewer"]["email"] == "olive@example.org"

    assert browser.call("DELETE", "/auth/session")[0] == 401

    assert gql("Viewer", client=browser.client)["data"]["viewer"] is None
    assert not UserSession.objects.exists()


def test_no_form_is_taken_without_the_csrf_token(owner: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    sent = client.post(
        "/_allauth/browser/v1/auth/login",
        {"email": "olive@example.org", "password": PASSWORD},
        content_type="application/json",
    )

    assert sent.status_code == 403
    assert "sessionid" not in client.cookies


def test_every_door_of_a_browser_puts_its_session_on_the_list(operator: Person, gql: Ask) -> None:
    first = signed_in("oscar@example.org", HTTP_USER_AGENT="Firefox", REMOTE_ADDR="192.0.2.1")
    by_graphql, by_page, by_admin = Client(), Client(), Client()
    mine = {"email": "oscar@example.org", "password": PASSWORD}
    gql("SignIn", {"input": {**mine, "transport": "COOKIE"}}, client=by_graphql, HTTP_USER_AGENT="GraphQL")
    by_page.post("/accounts/login/", {"login": mine["email"], "password": PASSWORD}, HTTP_USER_AGENT="Page")
    by_admin.post("/admin/login/", {"username": mine["email"], "password": PASSWORD}, HTTP_USER_AGENT="Admin")

    found = {session["user_agent"]: session for session in listed(first)}

    assert set(found) == {"Firefox", "GraphQL", "Page", "Admin"}
    assert found["Firefox"]["ip"] == "192.0.2.1"
    assert [agent for agent, session in found.items() if session["is_current"]] == ["Firefox"]


def test_one_signs_out_there_from_here(owner: Person, gql: Ask) -> None:
    here, there = signed_in(HTTP_USER_AGENT="here"), signed_in(HTTP_USER_AGENT="there")
    (other,) = [session["id"] for session in listed(here) if not session["is_current"]]

    status, _ = here.call("DELETE", "/auth/sessions", {"sessions": [other]})

    assert status == 200
    assert not there.is_signed_in
    assert gql("Viewer", client=there.client)["data"]["viewer"] is None
    assert here.is_signed_in


def test_nobody_ends_the_session_of_another_account(owner: Person, stranger: Person) -> None:
    mine, theirs = signed_in(), signed_in("stella@example.org")
    (key,) = [session["id"] for session in listed(mine)]

    assert theirs.call("DELETE", "/auth/sessions", {"sessions": [key]})[0] == 400
    assert mine.is_signed_in


def test_a_new_password_ends_every_other_login(owner: Person, other_adult: Person, gql: Ask) -> None:
    here, there = signed_in(), signed_in()

    status, _ = here.call(
        "POST", "/account/password/change", {"current_password": PASSWORD, "new_password": NEW}
    )

    assert status == 200
    assert (here.is_signed_in, there.is_signed_in) == (True, False)
    assert not AccessToken.objects.filter(user=owner.user).exists()
    assert gql("Viewer", as_=other_adult)["data"]["viewer"] is None
    assert [session["is_current"] for session in listed(here)] == [True]


def test_a_new_password_wants_the_old_one_and_must_be_hard_to_guess(owner: Person) -> None:
    browser = signed_in()

    wrong = browser.call("POST", "/account/password/change", {"current_password": "no", "new_password": NEW})
    weak = browser.call(
        "POST", "/account/password/change", {"current_password": PASSWORD, "new_password": "short"}
    )

    assert (wrong[0], codes(wrong[1])) == (400, [("current_password", "enter_current_password")])
    assert weak[0] == 400
    assert User.objects.get(pk=owner.user.pk).check_password(PASSWORD)


def test_attempts_at_the_json_count_with_the_others(owner: Person, gql: Ask, settings: Settings) -> None:
    settings.SIGN_IN_ATTEMPTS = 2
    browser = Browser()
    for _ in range(2):
        status, body = browser.sign_in(password="not the password")
        assert (status, codes(body)) == (400, [("password", "email_password_mismatch")])

    status, body = browser.sign_in()

    assert (status, [error["code"] for error in body["errors"]]) == (400, ["too_many_login_attempts"])
    answer = gql("SignIn", {"input": {"email": "olive@example.org", "password": PASSWORD}})
    assert answer["data"]["signIn"]["errors"][0]["code"] == "TOO_MANY_ATTEMPTS"


def test_a_password_that_an_operator_gives_ends_every_login_of_the_account(
    owner: Person, operator: Person
) -> None:
    browser, admin = signed_in(), signed_in("oscar@example.org").client
    form = {"usable_password": "true", "password1": NEW, "password2": NEW}

    for user in (owner.user, operator.user):
        assert admin.post(f"/admin/accounts/user/{user.pk}/password/", form).status_code == 302

    assert not browser.is_signed_in
    assert not AccessToken.objects.filter(user=owner.user).exists()
    assert admin.get("/admin/accounts/user/").status_code == 200
    assert [session.user for session in UserSession.objects.all()] == [operator.user]
