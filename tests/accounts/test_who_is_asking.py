from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.test import Client, RequestFactory
from django.utils import timezone
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from accounts.api import BearerOrSessionAuthentication
from accounts.authentication import actor_of
from accounts.models import AccessToken, Plan, Profile, User
from accounts.services.issue_token import issue_token
from tests.conftest import Ask
from tests.people import PASSWORD, Person, make_person
from vod.lib.actor import NOBODY


def browser(person: Person, *, enforce_csrf_checks: bool = False) -> Client:
    client = Client(enforce_csrf_checks=enforce_csrf_checks)
    client.force_login(person.user)
    return client


def test_a_token_makes_its_person_the_actor(kid: Person) -> None:
    actor = kid.actor

    assert actor.user_id == kid.user.pk
    assert actor.profile_id == kid.profile.pk
    assert (actor.is_kids, actor.maturity_limit, actor.is_operator) == (True, 7, False)
    assert (actor.max_streams, actor.max_height) == (2, 2160)


@pytest.mark.parametrize("own", [False, True])
def test_ones_own_plan_counts_or_else_the_default_one(owner: Person, own: bool) -> None:
    if own:
        owner.user.plan = Plan.objects.create(name="Large", max_streams=7, max_height=480)
        owner.user.save()
    signed_in = RequestFactory().get("/")
    signed_in.session = browser(owner).session
    signed_in.user = get_user(signed_in)

    by_cookie, _ = actor_of(signed_in)

    for actor in (by_cookie, owner.actor):
        assert (actor.max_streams, actor.max_height) == ((7, 480) if own else (2, 2160))


def test_a_token_is_read_with_everything_about_its_owner_in_one_statement(
    owner: Person, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    with django_assert_num_queries(1):
        assert owner.actor.is_signed_in


@pytest.mark.django_db
@pytest.mark.parametrize("header", ["Bearer ltn_made-up", "Bearer", "bearer  ", "BEARER é"])
def test_a_bad_token_is_nobody(header: str) -> None:
    request = RequestFactory().get("/", HTTP_AUTHORIZATION=header)

    assert actor_of(request) == (NOBODY, False)


def test_only_the_digest_of_a_token_is_kept(owner: Person) -> None:
    _, secret = issue_token(user=owner.user, name="television")

    row = AccessToken.objects.get(name="television")
    assert secret.startswith("ltn_")
    assert len(secret) == 4 + 43
    assert all(secret not in str(value) for value in vars(row).values())
    assert len(row.digest) == 64
    assert timedelta(days=89) < row.expires_at - timezone.now() < timedelta(days=91)


def test_an_expired_token_is_nobody(owner: Person) -> None:
    AccessToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert owner.actor == NOBODY


def test_each_token_and_session_is_a_login_of_its_own(owner: Person, other_adult: Person) -> None:
    assert owner.actor.login
    assert owner.actor.login != other_adult.actor.login
    assert owner.token not in owner.actor.login


def test_a_bearer_token_is_judged_alone_though_cookies_come_along(
    gql: Ask, owner: Person, stranger: Person
) -> None:
    client = browser(owner)

    assert gql("Viewer", as_=stranger, client=client)["data"]["viewer"]["email"] == "stella@example.org"
    bad = gql("Viewer", client=client, HTTP_AUTHORIZATION="Bearer ltn_made-up")
    assert bad["data"]["viewer"] is None
    refused = gql(
        "CreateProfile", {"input": {"name": "Ghost"}}, client=client, HTTP_AUTHORIZATION="Bearer ltn_made-up"
    )
    assert refused["data"]["createProfile"]["errors"][0]["code"] == "UNAUTHENTICATED"
    assert not Profile.objects.filter(name="Ghost").exists()


def test_a_cookie_session_needs_the_csrf_token(gql: Ask, owner: Person) -> None:
    client = browser(owner, enforce_csrf_checks=True)

    refused = gql("CreateProfile", {"input": {"name": "Forged"}}, client=client)

    assert [error["extensions"]["code"] for error in refused["errors"]] == ["FORBIDDEN"]
    assert not Profile.objects.filter(name="Forged").exists()


def test_a_cookie_session_with_the_csrf_token_may_write(gql: Ask, owner: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    credentials = {"email": "olive@example.org", "password": PASSWORD, "transport": "COOKIE"}
    gql("SignIn", {"input": credentials}, client=client)

    answer = gql(
        "CreateProfile",
        {"input": {"name": "Real"}},
        client=client,
        HTTP_X_CSRFTOKEN=client.cookies["csrftoken"].value,
    )

    assert answer["data"]["createProfile"]["errors"] == []


def test_a_bearer_token_needs_no_csrf_token(gql: Ask, owner: Person) -> None:
    answer = gql(
        "CreateProfile", {"input": {"name": "Real"}}, as_=owner, client=Client(enforce_csrf_checks=True)
    )

    assert answer["data"]["createProfile"]["errors"] == []


def test_a_new_password_kills_tokens_and_sessions(gql: Ask, owner: Person) -> None:
    client = browser(owner)
    assert gql("Viewer", client=client)["data"]["viewer"] is not None
    user = User.objects.get(pk=owner.user.pk)
    user.set_password("another lantern in the window")
    user.save()

    assert gql("Viewer", as_=owner)["data"]["viewer"] is None
    assert gql("Viewer", client=client)["data"]["viewer"] is None


def test_a_profile_of_another_account_in_a_session_counts_for_nothing(
    gql: Ask, owner: Person, stranger: Person
) -> None:
    client = browser(owner)
    session = client.session
    session["active_profile"] = str(stranger.profile.pk)
    session.save()

    assert gql("Viewer", client=client)["data"]["viewer"]["activeProfile"] is None


def test_a_profile_of_another_account_on_a_token_counts_for_nothing(
    gql: Ask, owner: Person, stranger: Person
) -> None:
    AccessToken.objects.filter(user=owner.user).update(active_profile=stranger.profile)

    assert owner.actor.profile_id is None
    assert gql("Viewer", as_=owner)["data"]["viewer"]["activeProfile"] is None


def test_staff_who_lose_their_role_lose_it_with_the_next_request(operator: Person) -> None:
    assert operator.actor.is_operator

    User.objects.filter(pk=operator.user.pk).update(is_staff=False)

    assert not operator.actor.is_operator


def test_a_child_on_an_operators_account_is_no_operator(operator: Person) -> None:
    child = make_person(operator.user, "Kai", is_kids=True, maturity_limit=7)

    assert not child.actor.is_operator
    assert operator.actor.is_operator


def test_rest_knows_a_person_by_token(owner: Person) -> None:
    request = Request(RequestFactory().post("/", HTTP_AUTHORIZATION=f"Bearer {owner.token}"))

    answer = BearerOrSessionAuthentication().authenticate(request)

    assert answer == (owner.user, owner.actor)


def test_rest_answers_401_to_a_bad_token_though_cookies_come_along(owner: Person) -> None:
    request = RequestFactory().post("/", HTTP_AUTHORIZATION="Bearer ltn_made-up")
    request.user = owner.user

    authentication = BearerOrSessionAuthentication()

    assert authentication.authenticate(Request(request)) is None
    assert authentication.authenticate_header(Request(request)) == "Bearer"


def test_rest_wants_the_csrf_token_of_a_cookie_session(owner: Person) -> None:
    request = RequestFactory().post("/")
    request.user = owner.user
    request.session = browser(owner).session

    with pytest.raises(PermissionDenied):
        BearerOrSessionAuthentication().authenticate(Request(request))


def test_node_shows_ones_own_and_nobody_elses(
    gql: Ask, owner: Person, stranger: Person, operator: Person
) -> None:
    mine = {"id": owner.global_profile_id}

    assert gql("Node", mine, as_=owner)["data"]["node"] == {"__typename": "Profile", **mine}
    assert gql("Node", mine, as_=operator)["data"]["node"] == {"__typename": "Profile", **mine}
    assert gql("Node", mine, as_=stranger)["data"]["node"] is None
    assert gql("Node", mine)["data"]["node"] is None


def test_an_account_is_shown_to_itself_and_to_operators(
    gql: Ask, owner: Person, stranger: Person, operator: Person
) -> None:
    viewer = gql("Viewer", as_=owner)["data"]["viewer"]
    ask = "query($id: ID!) { node(id: $id) { ... on User { email plan { id } activeProfile { name } } } }"

    def shown(person: Person) -> object:
        return gql(ask, {"id": viewer["id"]}, as_=person)["data"]["node"]

    mine = shown(owner)
    assert isinstance(mine, dict)
    assert mine["activeProfile"] == {"name": "Olive"}
    assert gql("Node", {"id": mine["plan"]["id"]}, as_=stranger)["data"]["node"] is not None
    assert gql("Node", {"id": mine["plan"]["id"]})["data"]["node"] is None
    assert shown(stranger) is None
    seen = shown(operator)
    assert isinstance(seen, dict)
    assert seen["activeProfile"] is None


def test_the_viewer_costs_few_queries(
    gql: Ask, owner: Person, other_adult: Person, kid: Person, django_assert_max_num_queries: object
) -> None:
    assert callable(django_assert_max_num_queries)
    with django_assert_max_num_queries(5):
        viewer = gql("Viewer", as_=owner)["data"]["viewer"]

    assert [profile["name"] for profile in viewer["profiles"]] == ["Olive", "Arthur", "Kit"]
    assert viewer["activeProfile"]["name"] == "Olive"
