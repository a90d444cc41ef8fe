"""A forgotten password, and a change of address: links go to who has the address, and nobody learns who that is."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from pytest_django import Settings

from accounts.models import AccessToken, User
from tests.accounts.authenticator import with_app
from tests.accounts.headless import Browser, codes, flows, signed_in
from tests.accounts.mail import key_in, to
from tests.conftest import Ask
from tests.people import PASSWORD, Person

KNOWN, NEW_PASSWORD = "olive@example.org", "another lantern in the window"


def ask(email: str = KNOWN, **headers: str) -> tuple[int, dict[str, object]]:
    return Browser().call("POST", "/auth/password/request", {"email": email}, **headers)


def key() -> str:
    return key_in(to(KNOWN)[-1], "reset-password")


def choose(key: str, password: str = NEW_PASSWORD) -> tuple[int, dict[str, object]]:
    return Browser().call("POST", "/auth/password/reset", {"key": key, "password": password})


def test_the_answer_is_the_same_and_mail_goes_out_either_way(owner: Person) -> None:
    known, unknown = ask(), ask("nobody@example.org")

    assert known == unknown
    assert known[0] == 200
    assert (len(to(KNOWN)), len(to("nobody@example.org"))) == (1, 1)
    assert "/reset-password/" in to(KNOWN)[0]
    assert "/reset-password/" not in to("nobody@example.org")[0]


def test_the_link_gives_a_new_password_once(owner: Person, gql: Ask) -> None:
    there = signed_in()
    ask()
    link = key()
    assert Browser().call("GET", "/auth/password/reset", HTTP_X_PASSWORD_RESET_KEY=link)[0] == 200

    assert choose(link)[0] == 401

    assert User.objects.get(pk=owner.user.pk).check_password(NEW_PASSWORD)
    assert not there.is_signed_in
    assert not AccessToken.objects.filter(user=owner.user).exists()
    assert choose(link, "a third lantern in the window")[0] == 400
    assert signed_in_by(NEW_PASSWORD)


def signed_in_by(password: str) -> bool:
    return Browser().sign_in(password=password)[0] == 200


def test_a_link_of_another_account_or_time_is_worth_nothing(owner: Person, settings: Settings) -> None:
    ask()
    link = key()
    user, _, token = link.partition("-")

    for wrong in (f"{user}-{token[:-1]}", f"x{user}-{token}", "", "-"):
        assert choose(wrong)[0] == 400
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert choose(link)[0] == 400
    assert User.objects.get(pk=owner.user.pk).check_password(PASSWORD)


def test_a_reset_ends_the_pause_after_too_many_failures(owner: Person, settings: Settings) -> None:
    settings.SIGN_IN_ATTEMPTS = 2
    browser = Browser()
    for _ in range(2):
        browser.sign_in(password="not the password")
    assert codes(browser.sign_in()[1]) == [(None, "too_many_login_attempts")]

    ask()
    choose(key())

    assert signed_in_by(NEW_PASSWORD)


def test_a_reset_is_no_way_around_the_second_factor(owner: Person) -> None:
    app = with_app(owner.user)
    ask()
    browser = Browser()
    browser.call("POST", "/auth/password/reset", {"key": key(), "password": NEW_PASSWORD})
    assert not browser.is_signed_in

    status, body = browser.sign_in(password=NEW_PASSWORD)

    assert (status, flows(body)[-1]) == (401, "mfa_authenticate")
    assert browser.call("POST", "/auth/2fa/authenticate", {"code": app.code()})[0] == 200


def test_links_name_the_installation_and_never_a_host_that_a_request_made_up(
    owner: Person, settings: Settings
) -> None:
    settings.PUBLIC_URL = "https://films.example.org"
    settings.HEADLESS_FRONTEND_URLS = {
        name: f"https://films.example.org{page}" for name, page in settings.HEADLESS_FRONTEND_URLS.items()
    }

    ask(HTTP_HOST="evil.example.net")
    ask("nobody@example.org", HTTP_HOST="evil.example.net")

    assert "https://films.example.org/reset-password/" in to(KNOWN)[0]
    assert all("evil" not in str(message.message()) for message in mail.outbox)
    assert [message.subject.partition(":")[0] for message in mail.outbox] == ["Lantern", "Lantern"]


@pytest.mark.parametrize("twin", ["olıve@example.org", "olive@example.org\r\nBcc: eve@example.net"])
def test_an_address_that_only_looks_alike_gets_no_link(owner: Person, twin: str) -> None:
    ask(twin)

    assert all("/reset-password/" not in str(message.body) for message in mail.outbox)


def test_a_new_address_takes_the_place_of_the_old_one_when_it_is_verified(owner: Person, gql: Ask) -> None:
    browser = signed_in()
    status, body = browser.call("POST", "/account/email", {"email": "Ola@Example.org"})
    assert (status, flows(body)[0]) == (401, "reauthenticate")
    browser.prove()

    status, body = browser.call("POST", "/account/email", {"email": "Ola@Example.org"})
    assert status == 200
    assert {(row["email"], row["primary"]) for row in body["data"]} == {
        (KNOWN, True),
        ("ola@example.org", False),
    }
    assert User.objects.get(pk=owner.user.pk).email == KNOWN
    browser.call("POST", "/auth/email/verify", {"key": key_in(to("ola@example.org")[0], "verify-email")})

    assert gql("Viewer", as_=owner)["data"]["viewer"]["email"] == "ola@example.org"
    assert [row.email for row in EmailAddress.objects.all()] == ["ola@example.org"]
    assert "ola@example.org" in to(KNOWN)[-1]
    assert Browser().sign_in(KNOWN)[0] == 400
    assert Browser().sign_in("ola@example.org")[0] == 200


def test_a_change_of_address_can_be_given_up_and_made_again(owner: Person) -> None:
    browser = signed_in()
    browser.prove()
    for email in ("one@example.org", "two@example.org"):
        assert browser.call("POST", "/account/email", {"email": email})[0] == 200

    status, body = browser.call("DELETE", "/account/email", {"email": "two@example.org"})

    assert (status, [row["email"] for row in body["data"]]) == (200, [KNOWN])
    old = browser.call(
        "POST", "/auth/email/verify", {"key": key_in(to("one@example.org")[0], "verify-email")}
    )
    assert old[0] == 400
    assert User.objects.get(pk=owner.user.pk).email == KNOWN
    assert browser.call("DELETE", "/account/email", {"email": KNOWN})[0] == 400


def test_the_address_of_another_account_cannot_be_taken(owner: Person, stranger: Person) -> None:
    browser = signed_in()
    browser.prove()
    browser.call("POST", "/account/email", {"email": "stella@example.org"})

    for body in to("stella@example.org"):
        if "/verify-email/" in body:
            browser.call("POST", "/auth/email/verify", {"key": key_in(body, "verify-email")})

    assert User.objects.get(pk=owner.user.pk).email == KNOWN
    assert User.objects.get(pk=stranger.user.pk).email == "stella@example.org"


def test_a_mail_server_that_is_away_changes_no_answer(
    owner: Person, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_backend: object, _messages: object) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)

    assert ask() == ask("nobody@example.org") == (200, {"status": 200})
