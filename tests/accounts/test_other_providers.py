"""Signing in with the account of an OpenID Connect provider, which really is one: PKCE, signed tokens, userinfo."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from tests.accounts.authenticator import with_app
from tests.accounts.headless import ROOT, Browser, flows, signed_in
from tests.conftest import Ask
from tests.people import Person
from tests.servers.identity import CLIENT, SECRET, IdentityServer


@pytest.fixture(scope="module")
def server() -> Iterator[IdentityServer]:
    with IdentityServer() as running:
        yield running


@pytest.fixture
def provider(server: IdentityServer, settings: Settings, db: None) -> IdentityServer:
    app = {
        "provider_id": "sso",
        "name": "House",
        "client_id": CLIENT,
        "secret": SECRET,
        "settings": {"server_url": server.issuer},
    }
    kind = {**settings.SOCIALACCOUNT_PROVIDERS["openid_connect"], "APPS": [app]}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": kind}
    server.claims = {"sub": "olive-there", "email": "Olive@example.org", "email_verified": True}
    return server


def go(client: Client, *, process: str = "login") -> str:
    """To the provider and back; where the browser is sent then."""
    form = {"provider": "sso", "process": process, "callback_url": "/welcome"}
    away = client.post(f"{ROOT}/auth/provider/redirect", form).headers["Location"]
    back = requests.get(away, allow_redirects=False, timeout=60).headers["Location"]
    assert back.startswith("http://testserver/accounts/oidc/sso/login/callback/")
    place = urlsplit(back)
    return str(client.get(f"{place.path}?{place.query}").headers["Location"])


def who(gql: Ask, client: Client) -> Any:
    viewer = gql("Viewer", client=client)["data"]["viewer"]
    return viewer and viewer["email"]


def test_the_sign_in_page_knows_the_provider(provider: IdentityServer) -> None:
    _, body = Browser().call("GET", "/config")

    assert [(found["id"], found["name"]) for found in body["data"]["socialaccount"]["providers"]] == [
        ("sso", "House")
    ]
    assert "House" in Client().get("/accounts/login/").content.decode()


def test_somebody_new_gets_an_account(provider: IdentityServer, gql: Ask) -> None:
    client = Client()

    assert go(client) == "/welcome"

    assert who(gql, client) == "olive@example.org"
    user = User.objects.get()
    assert (user.is_staff, user.has_usable_password()) == (False, False)
    assert EmailAddress.objects.get().verified
    assert not SocialToken.objects.exists()
    again = Client()
    go(again)
    assert who(gql, again) == "olive@example.org"
    assert User.objects.count() == 1


def test_the_account_of_an_address_is_not_given_away(
    provider: IdentityServer, gql: Ask, owner: Person
) -> None:
    client = Client()

    go(client)

    assert who(gql, client) is None
    assert not SocialAccount.objects.exists()


def test_where_the_provider_is_trusted_a_verified_address_is_enough(
    provider: IdentityServer, gql: Ask, owner: Person, settings: Settings
) -> None:
    settings.SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
    settings.SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
    provider.claims["email_verified"] = False
    client = Client()
    go(client)
    assert who(gql, client) is None

    provider.claims["email_verified"] = True
    client = Client()
    go(client)

    assert who(gql, client) == "olive@example.org"
    assert SocialAccount.objects.get().user == owner.user


def test_one_connects_ones_account_and_signs_in_with_it(
    provider: IdentityServer, gql: Ask, owner: Person
) -> None:
    browser = signed_in()
    browser.prove()
    go(browser.client, process="connect")
    assert SocialAccount.objects.get().user == owner.user

    client = Client()
    go(client)

    assert who(gql, client) == "olive@example.org"
    status, body = browser.call("DELETE", "/account/providers", {"provider": "sso", "account": "olive-there"})
    assert (status, body["data"]) == (200, [])


def test_a_provider_is_no_way_around_the_second_factor(
    provider: IdentityServer, gql: Ask, owner: Person
) -> None:
    SocialAccount.objects.create(user=owner.user, provider="sso", uid="olive-there")
    app, browser = with_app(owner.user), Browser()

    go(browser.client)

    assert who(gql, browser.client) is None
    status, body = browser.call("GET", "/auth/session")
    assert (status, "mfa_authenticate" in flows(body)) == (401, True)
    assert browser.call("POST", "/auth/2fa/authenticate", {"code": app.code()})[0] == 200
    assert who(gql, browser.client) == "olive@example.org"


def test_an_account_that_was_closed_stays_closed(provider: IdentityServer, gql: Ask, owner: Person) -> None:
    SocialAccount.objects.create(user=owner.user, provider="sso", uid="olive-there")
    User.objects.update(is_active=False)
    client = Client()

    go(client)

    assert who(gql, client) is None


def test_an_answer_that_nobody_here_asked_for_signs_nobody_in(provider: IdentityServer, gql: Ask) -> None:
    asked, other = Client(), Client()
    form = {"provider": "sso", "process": "login", "callback_url": "/"}
    away = asked.post(f"{ROOT}/auth/provider/redirect", form).headers["Location"]
    back = urlsplit(requests.get(away, allow_redirects=False, timeout=60).headers["Location"])

    other.get(f"{back.path}?{back.query}")

    assert who(gql, other) is None
    assert not User.objects.exists()


@pytest.mark.parametrize("place", ["https://evil.example.net/", "//evil.example.net/"])
def test_nobody_is_sent_on_to_another_site(provider: IdentityServer, place: str) -> None:
    form = {"provider": "sso", "process": "login", "callback_url": place}

    sent = Client().post(f"{ROOT}/auth/provider/redirect", form)

    assert "Location" not in sent.headers
