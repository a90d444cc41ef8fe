"""Plans: what counts, until when, and who hears of a change."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts import signals
from accounts.models import Plan, User
from accounts.services.change_plan import change_plan
from tests.conftest import Ask
from tests.people import PASSWORD, Person
from tests.playback.library import make_film, make_segments

VIEWER = "{ viewer { plan { id name maxStreams maxHeight maxProfiles downloads } } }"


@pytest.fixture
def large(db: None) -> Plan:
    return Plan.objects.create(name="Large", max_streams=5, max_height=4320, max_profiles=9, downloads=True)


@pytest.fixture
def heard(django_capture_on_commit_callbacks: Any) -> Iterator[list[tuple[str, dict[str, Any]]]]:
    """What a program beside ours hears, in order."""
    said: list[tuple[str, dict[str, Any]]] = []

    def listen(name: str) -> Any:
        def receiver(sender: Any, signal: Any, **told: Any) -> None:
            said.append((name, told))

        return receiver

    receivers = {
        signal: listen(name)
        for name, signal in {
            "made": signals.account_made,
            "plan": signals.plan_changed,
            "erased": signals.account_erased,
        }.items()
    }
    for signal, receiver in receivers.items():
        signal.connect(receiver)
    yield said
    for signal, receiver in receivers.items():
        signal.disconnect(receiver)


def plan_seen(gql: Ask, person: Person) -> dict[str, Any]:
    seen: dict[str, Any] = gql(VIEWER, as_=person)["data"]["viewer"]["plan"]
    return seen


def test_an_account_has_the_default_plan_or_its_own_until_that_ends(
    gql: Ask, owner: Person, stranger: Person, large: Plan
) -> None:
    change_plan(user_id=owner.user.pk, plan=large, until=timezone.now() + timedelta(hours=1))

    assert plan_seen(gql, owner) == {
        "id": plan_seen(gql, owner)["id"],
        "name": "Large",
        "maxStreams": 5,
        "maxHeight": 4320,
        "maxProfiles": 9,
        "downloads": True,
    }
    assert (owner.actor.max_streams, owner.actor.max_height) == (5, 4320)
    assert plan_seen(gql, stranger)["name"] == "Standard"

    User.objects.filter(pk=owner.user.pk).update(plan_until=timezone.now() - timedelta(seconds=1))

    assert plan_seen(gql, owner)["name"] == "Standard"
    assert (owner.actor.max_streams, owner.actor.max_height) == (2, 2160)
    large_id = f'{{ node(id: "{_id_of(large)}") {{ id }} }}'
    assert gql(large_id, as_=owner)["data"] == {"node": None}


def _id_of(plan: Plan) -> str:
    from vod.lib.graphql.ids import encode_id

    return encode_id("Plan", plan.pk)


def test_a_plan_that_ends_is_felt_by_a_cookie_too(gql: Ask, owner: Person, large: Plan) -> None:
    client = Client()
    client.force_login(owner.user)
    nothing = Plan.objects.create(name="Nothing", max_streams=0)
    Plan.objects.filter(is_default=True).update(is_default=False)
    Plan.objects.filter(pk=nothing.pk).update(is_default=True)
    change_plan(user_id=owner.user.pk, plan=large, until=timezone.now() - timedelta(seconds=1))

    assert gql(VIEWER, client=client)["data"]["viewer"]["plan"]["maxStreams"] == 0


def test_a_stream_ends_with_the_plan_that_had_a_place_for_it(gql: Ask, owner: Person, large: Plan) -> None:
    film = make_film()
    make_segments(film.version, "video-720")
    Plan.objects.filter(is_default=True).update(max_streams=0)
    change_plan(user_id=owner.user.pk, plan=large, until=timezone.now() + timedelta(hours=1))
    given = {"input": {"videoId": film.id, "deviceName": "Sofa"}}
    session = gql("StartPlayback", given, as_=owner)["data"]["startPlayback"]["session"]
    segment = session["manifestUrl"].replace("master.m3u8", "video-720/00001.m4s")
    assert status_of(segment) == 200

    # Nobody does anything: the time has come.
    User.objects.filter(pk=owner.user.pk).update(plan_until=timezone.now())

    assert status_of(segment) == 403


def status_of(address: str) -> int:
    answer = Client().get(address)
    answer.close()
    return answer.status_code


def test_who_listens_hears_of_a_change_once_it_is_committed(
    owner: Person, large: Plan, heard: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    until = timezone.now() + timedelta(days=30)

    with django_capture_on_commit_callbacks(execute=True):
        change_plan(user_id=owner.user.pk, plan=large, until=until)
        change_plan(user_id=owner.user.pk, plan=large, until=until)
        assert heard == []
    with django_capture_on_commit_callbacks(execute=True):
        change_plan(user_id=owner.user.pk, plan=None)

    assert [(name, told["before"], told["after"], told["until"]) for name, told in heard] == [
        ("plan", None, large, until),
        ("plan", large, None, None),
    ]
    assert {told["user"] for _, told in heard} == {owner.user}


def test_a_listener_that_fails_stops_nobody(
    owner: Person, large: Plan, heard: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    def broken(**_told: Any) -> None:
        raise RuntimeError("no payment today")

    signals.plan_changed.connect(broken)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            change_plan(user_id=owner.user.pk, plan=large)
    finally:
        signals.plan_changed.disconnect(broken)

    assert User.objects.get(pk=owner.user.pk).plan == large
    assert len(heard) == 1


def test_a_new_account_is_heard_of(
    gql: Ask, heard: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        gql("SignUp", {"input": {"email": "nora@example.org", "password": PASSWORD}})

    assert [(name, told["user"].email) for name, told in heard] == [("made", "nora@example.org")]


def test_accounts_of_other_doors_are_heard_of_too(
    heard: list[Any], db: None, django_capture_on_commit_callbacks: Any
) -> None:
    form = {"email": "nora@example.org", "password": PASSWORD}
    with django_capture_on_commit_callbacks(execute=True):
        Client().post("/_allauth/browser/v1/auth/signup", form, content_type="application/json")

    assert [(name, told["user"].email) for name, told in heard] == [("made", "nora@example.org")]


def test_operators_set_plans_and_who_has_them(
    operator: Person, owner: Person, large: Plan, heard: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    client = Client()
    client.force_login(operator.user)
    plan = {"name": "Small", "max_streams": "1", "max_height": "720", "max_profiles": "2", "downloads": "on"}
    client.post("/admin/accounts/plan/add/", plan)
    small = Plan.objects.get(name="Small")
    assert (small.max_streams, small.max_height, small.max_profiles, small.downloads) == (1, 720, 2, True)

    form = {
        "email": owner.user.email,
        "plan": str(small.pk),
        "plan_until_0": "2099-01-01",
        "plan_until_1": "00:00",
        "is_active": "on",
        "profiles-TOTAL_FORMS": "1",
        "profiles-INITIAL_FORMS": "1",
        "profiles-0-id": str(owner.profile.pk),
        "profiles-0-user": str(owner.user.pk),
        "profiles-0-name": "Olive",
        "profiles-0-language": "en",
        "profiles-0-is_kids": "on",
    }
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(f"/admin/accounts/user/{owner.user.pk}/change/", form)

    assert page.status_code == 302, page.content.decode()
    user = User.objects.get(pk=owner.user.pk)
    assert (user.plan, user.plan_until and user.plan_until.year) == (small, 2099)
    assert [(name, told["before"], told["after"]) for name, told in heard] == [("plan", None, small)]
    # A child's profile gets its limit from whoever makes it one.
    owner.profile.refresh_from_db()
    assert (owner.profile.is_kids, owner.profile.maturity_limit) == (True, 7)
