"""The browsers and devices of an account in GraphQL, and "sign out there"."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts import sessions
from accounts.authentication import login_of_session, login_of_token
from accounts.models import AccessToken
from tests.accounts.headless import Browser, signed_in
from tests.conftest import Ask
from tests.people import Person, make_token

LIST = """{ viewer { browserSessions(first: 10) { totalCount
    edges { node { id browser address createdAt lastSeenAt isCurrent } } } } }"""
END = """mutation($input: EndBrowserSessionInput!) {
    endBrowserSession(input: $input) { endedBrowserSessionId errors { field code } } }"""
EVERYWHERE = "mutation { signOutElsewhere { errors { code } } }"


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The logins of which all that hangs on them was ended."""
    found: list[str] = []
    monkeypatch.setattr(sessions, "ends_with_login", [found.append])
    return found


def listed(gql: Ask, browser: Browser) -> list[dict[str, Any]]:
    page = gql(LIST, client=browser.client)["data"]["viewer"]["browserSessions"]
    assert page["totalCount"] == len(page["edges"])
    return [edge["node"] for edge in page["edges"]]


def end(gql: Ask, key: str, **how: Any) -> dict[str, Any]:
    payload: dict[str, Any] = gql(END, {"input": {"browserSessionId": key}}, **how)["data"][
        "endBrowserSession"
    ]
    return payload


def test_one_sees_ones_browsers_and_nobody_elses(gql: Ask, owner: Person, stranger: Person) -> None:
    here = signed_in(HTTP_USER_AGENT="Firefox", REMOTE_ADDR="192.0.2.1")
    signed_in(HTTP_USER_AGENT="Chromium", REMOTE_ADDR="2001:db8::1")
    signed_in("stella@example.org", HTTP_USER_AGENT="Safari")

    found = {session["browser"]: session for session in listed(gql, here)}

    assert set(found) == {"Firefox", "Chromium"}
    assert found["Chromium"]["address"] == "2001:db8::1"
    assert [name for name, session in found.items() if session["isCurrent"]] == ["Firefox"]
    keys = str(Session.objects.values_list("session_key", flat=True))
    assert not any(key in str(found) for key in keys.split("'")[1::2])


def test_what_ended_by_itself_is_not_listed(gql: Ask, owner: Person) -> None:
    here, there, elsewhere = signed_in(), signed_in(), signed_in()
    Session.objects.filter(session_key=there.client.session.session_key).delete()
    Session.objects.filter(session_key=elsewhere.client.session.session_key).update(
        expire_date=timezone.now() - timedelta(seconds=1)
    )

    assert [session["isCurrent"] for session in listed(gql, here)] == [True]


def test_signing_out_there_ends_the_session_and_what_hangs_on_it(
    gql: Ask, owner: Person, ended: list[str]
) -> None:
    here, there = signed_in(), signed_in()
    login = login_of_session(there.client.session.session_key or "")
    (other,) = [session["id"] for session in listed(gql, here) if not session["isCurrent"]]

    assert end(gql, other, client=here.client) == {"endedBrowserSessionId": other, "errors": []}

    assert (here.is_signed_in, there.is_signed_in) == (True, False)
    assert ended == [login]
    assert end(gql, other, client=here.client)["errors"] == [
        {"field": "browserSessionId", "code": "NOT_FOUND"}
    ]


def test_allauths_own_door_ends_what_hangs_on_a_session_too(
    gql: Ask, owner: Person, ended: list[str]
) -> None:
    here, there = signed_in(), signed_in()
    key = there.client.session.session_key or ""

    here.call("DELETE", "/auth/sessions", {"sessions": [UserSession.objects.get(session_key=key).pk]})

    assert ended == [login_of_session(key)]


def test_ending_ones_own_session_signs_out(gql: Ask, owner: Person) -> None:
    here = signed_in()
    (mine,) = [session["id"] for session in listed(gql, here)]

    assert end(gql, mine, client=here.client)["errors"] == []

    assert not here.is_signed_in


def test_a_token_of_the_account_ends_a_browser_and_no_stranger_does(
    gql: Ask, owner: Person, stranger: Person, kid: Person
) -> None:
    browser = signed_in()
    (mine,) = [session["id"] for session in listed(gql, browser)]
    for person, code in ((stranger, "NOT_FOUND"), (None, "UNAUTHENTICATED"), (kid, "FORBIDDEN")):
        assert [error["code"] for error in end(gql, mine, as_=person)["errors"]] == [code]
    assert browser.is_signed_in
    node = "query($id: ID!) { node(id: $id) { id } }"
    assert gql(node, {"id": mine}, as_=stranger)["data"]["node"] is None
    assert gql(node, {"id": mine}, as_=owner)["data"]["node"] == {"id": mine}

    assert end(gql, mine, as_=owner)["errors"] == []

    assert not browser.is_signed_in


def test_a_child_does_not_see_where_the_account_is_signed_in(gql: Ask, kid: Person) -> None:
    answer = gql(LIST, as_=kid)

    assert [error["extensions"]["code"] for error in answer["errors"]] == ["FORBIDDEN"]


def test_signing_out_elsewhere_leaves_only_the_login_that_asked(
    gql: Ask, owner: Person, stranger: Person, ended: list[str]
) -> None:
    here, there = signed_in(), signed_in()
    tokens = {login_of_token(token.pk) for token in AccessToken.objects.filter(user=owner.user)}
    other = login_of_session(there.client.session.session_key or "")

    assert gql(EVERYWHERE, client=here.client)["data"]["signOutElsewhere"]["errors"] == []

    assert (here.is_signed_in, there.is_signed_in) == (True, False)
    assert set(ended) == {other, *tokens}
    assert gql("Viewer", as_=owner)["data"]["viewer"] is None
    assert gql("Viewer", as_=stranger)["data"]["viewer"] is not None


def test_a_program_signs_out_elsewhere_and_stays(gql: Ask, owner: Person, other_adult: Person) -> None:
    browser = signed_in()
    make_token(owner.user)

    assert gql(EVERYWHERE, as_=owner)["data"]["signOutElsewhere"]["errors"] == []

    assert not browser.is_signed_in
    assert gql("Viewer", as_=owner)["data"]["viewer"] is not None
    assert AccessToken.objects.filter(user=owner.user).count() == 1


def test_a_browser_in_use_is_noted_now_and_then(gql: Ask, owner: Person) -> None:
    browser = signed_in(REMOTE_ADDR="192.0.2.1")
    long_ago = timezone.now() - timedelta(days=2)
    UserSession.objects.update(last_seen_at=long_ago)
    gql("Viewer", client=browser.client, REMOTE_ADDR="192.0.2.2")
    assert UserSession.objects.get().last_seen_at == long_ago

    store = browser.client.session
    store[sessions.SEEN_KEY] -= 16 * 60
    store.save()
    gql("Viewer", client=browser.client, REMOTE_ADDR="192.0.2.2")

    seen = UserSession.objects.get()
    assert seen.last_seen_at > long_ago
    assert seen.ip == "192.0.2.2"
