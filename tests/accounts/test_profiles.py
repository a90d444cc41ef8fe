import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AttemptCount, Plan, Profile, User
from accounts.services.update_profile import update_profile
from tests.conftest import Ask
from tests.people import Person, make_token
from vod.lib.graphql.ids import encode_id


def create(gql: Ask, person: Person | None, **values: Any) -> dict[str, Any]:
    payload: dict[str, Any] = gql("CreateProfile", {"input": values}, as_=person)["data"]["createProfile"]
    return payload


def update(gql: Ask, person: Person | None, profile_id: str, **values: Any) -> dict[str, Any]:
    variables = {"input": {"profileId": profile_id, **values}}
    payload: dict[str, Any] = gql("UpdateProfile", variables, as_=person)["data"]["updateProfile"]
    return payload


def delete(gql: Ask, person: Person | None, profile_id: str) -> dict[str, Any]:
    variables = {"input": {"profileId": profile_id}}
    payload: dict[str, Any] = gql("DeleteProfile", variables, as_=person)["data"]["deleteProfile"]
    return payload


def activate(gql: Ask, person: Person | None, profile_id: str, **values: Any) -> dict[str, Any]:
    variables = {"input": {"profileId": profile_id, **values}}
    payload: dict[str, Any] = gql("ActivateProfile", variables, as_=person)["data"]["activateProfile"]
    return payload


def codes(payload: dict[str, Any]) -> list[tuple[str | None, str]]:
    return [(error["field"], error["code"]) for error in payload["errors"]]


def give_pin(person: Person, pin: str | None) -> None:
    update_profile(actor=person.actor, profile_id=person.profile.pk, pin=pin)


def test_a_profile_needs_only_a_name(gql: Ask, owner: Person) -> None:
    payload = create(gql, owner, name="  Nora   Ann ")

    assert payload["errors"] == []
    assert payload["profile"] == {
        "id": payload["profile"]["id"],
        "name": "Nora Ann",
        "isKids": False,
        "maturityLimit": None,
        "hasPin": False,
    }
    made = Profile.objects.get(name="Nora Ann")
    assert (made.user_id, made.avatar, made.language) == (owner.user.pk, "lantern", "en")


def test_nobody_makes_no_profile(gql: Ask, owner: Person) -> None:
    assert codes(create(gql, None, name="Ghost")) == [(None, "UNAUTHENTICATED")]
    assert Profile.objects.count() == 1


@pytest.mark.parametrize(
    ("asked", "given"), [({}, 7), ({"maturityLimit": 3}, 3), ({"maturityLimit": 18}, 12)]
)
def test_a_childs_profile_has_a_limit_whatever_was_asked(
    gql: Ask, owner: Person, asked: dict[str, int], given: int
) -> None:
    payload = create(gql, owner, name="Kim", isKids=True, **asked)

    assert payload["profile"]["maturityLimit"] == given


def test_an_adults_profile_that_becomes_a_childs_gets_a_limit(
    gql: Ask, owner: Person, other_adult: Person
) -> None:
    payload = update(gql, owner, other_adult.global_profile_id, isKids=True, maturityLimit=None)

    assert (payload["profile"]["isKids"], payload["profile"]["maturityLimit"]) == (True, 7)
    assert (other_adult.actor.is_kids, other_adult.actor.maturity_limit) == (True, 7)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("name", {"name": " "}),
        ("name", {"name": "n" * 41}),
        ("name", {"name": "bell\x07"}),
        ("avatar", {"avatar": "../../secret"}),
        ("language", {"language": "English, please"}),
        ("language", {"language": "en" + "-abcdefgh" * 4}),
        ("maturityLimit", {"maturityLimit": -1}),
        ("maturityLimit", {"maturityLimit": 22}),
        ("pin", {"pin": "123"}),
        ("pin", {"pin": "12345"}),
        ("pin", {"pin": "12a4"}),
        ("pin", {"pin": "１２３４"}),
        ("pin", {"pin": ""}),
    ],
)
def test_what_a_profile_cannot_hold_is_refused(
    gql: Ask, owner: Person, field: str, values: dict[str, Any]
) -> None:
    payload = create(gql, owner, **{"name": "Nora", **values})

    assert codes(payload) == [(field, "INVALID")]
    assert payload["profile"] is None
    assert Profile.objects.count() == 1


def test_names_of_a_household_differ_in_more_than_case(gql: Ask, owner: Person, stranger: Person) -> None:
    assert codes(create(gql, owner, name="oLIVE")) == [("name", "NAME_TAKEN")]
    assert codes(create(gql, owner, name="Stella")) == []
    assert owner.user.profiles.count() == 2


def test_an_account_has_as_many_profiles_as_its_plan_and_no_more(gql: Ask, owner: Person) -> None:
    Plan.objects.filter(is_default=True).update(max_profiles=2)
    assert codes(create(gql, owner, name="Second")) == []

    assert codes(create(gql, owner, name="Third")) == [(None, "TOO_MANY_PROFILES")]
    assert owner.user.profiles.count() == 2

    User.objects.filter(pk=owner.user.pk).update(plan=Plan.objects.create(name="Large", max_profiles=3))
    assert codes(create(gql, owner, name="Third")) == []


def test_what_an_update_does_not_name_stays(gql: Ask, owner: Person) -> None:
    give_pin(owner, "1234")

    payload = update(gql, owner, owner.global_profile_id, name="Olivia")

    assert payload["errors"] == []
    assert (payload["profile"]["name"], payload["profile"]["hasPin"]) == ("Olivia", True)


def test_a_null_pin_takes_the_pin_away(gql: Ask, owner: Person) -> None:
    give_pin(owner, "1234")

    assert update(gql, owner, owner.global_profile_id, pin=None)["profile"]["hasPin"] is False


def test_a_pin_is_kept_as_a_hash(owner: Person) -> None:
    give_pin(owner, "4711")

    assert "4711" not in Profile.objects.get(pk=owner.profile.pk).pin_hash


@pytest.mark.parametrize("kind", ["another household's", "another type's", "nobody's", "nothing"])
def test_a_foreign_profile_is_not_found_and_not_touched(
    gql: Ask, owner: Person, stranger: Person, kind: str
) -> None:
    profile_id = {
        "another household's": stranger.global_profile_id,
        "another type's": encode_id("User", owner.profile.pk),
        "nobody's": encode_id("Profile", owner.user.pk),
        "nothing": "%%%",
    }[kind]

    assert codes(update(gql, owner, profile_id, name="Mine now")) == [("profileId", "NOT_FOUND")]
    assert codes(delete(gql, owner, profile_id)) == [("profileId", "NOT_FOUND")]
    assert codes(activate(gql, owner, profile_id)) == [("profileId", "NOT_FOUND")]
    assert {profile.name for profile in Profile.objects.all()} == {"Olive", "Stella"}
    assert owner.actor.profile_id == owner.profile.pk


def test_an_operator_changes_no_profile_of_another_account(gql: Ask, owner: Person, operator: Person) -> None:
    assert codes(delete(gql, operator, owner.global_profile_id)) == [("profileId", "NOT_FOUND")]
    assert Profile.objects.filter(pk=owner.profile.pk).exists()


def test_from_a_childs_profile_none_is_created_changed_or_deleted(
    gql: Ask, owner: Person, kid: Person
) -> None:
    assert codes(create(gql, kid, name="Grown up")) == [(None, "FORBIDDEN")]
    assert codes(update(gql, kid, kid.global_profile_id, isKids=False)) == [(None, "FORBIDDEN")]
    assert codes(update(gql, kid, kid.global_profile_id, maturityLimit=18)) == [(None, "FORBIDDEN")]
    assert codes(delete(gql, kid, owner.global_profile_id)) == [(None, "FORBIDDEN")]

    assert {profile.name for profile in Profile.objects.all()} == {"Olive", "Kit"}
    assert (kid.actor.is_kids, kid.actor.maturity_limit) == (True, 7)


def test_deleting_a_profile_takes_it_away(gql: Ask, owner: Person, other_adult: Person) -> None:
    payload = delete(gql, owner, other_adult.global_profile_id)

    assert payload == {"deletedProfileId": other_adult.global_profile_id, "errors": []}
    assert not Profile.objects.filter(pk=other_adult.profile.pk).exists()


def test_deleting_the_active_profile_leaves_none_active(gql: Ask, owner: Person) -> None:
    client = Client()
    client.force_login(owner.user)
    gql("ActivateProfile", {"input": {"profileId": owner.global_profile_id}}, client=client)

    assert codes(delete(gql, owner, owner.global_profile_id)) == []

    assert owner.actor.profile_id is None
    assert gql("Viewer", client=client)["data"]["viewer"]["activeProfile"] is None


def test_activating_binds_the_profile_to_this_token_only(
    gql: Ask, owner: Person, other_adult: Person, kid: Person
) -> None:
    payload = activate(gql, owner, kid.global_profile_id)

    assert payload["profile"] == {"id": kid.global_profile_id, "name": "Kit"}
    assert owner.actor.is_kids
    assert other_adult.actor.profile_id == other_adult.profile.pk


def test_activating_binds_the_profile_to_this_session_only(gql: Ask, owner: Person, kid: Person) -> None:
    here, there = Client(), Client()
    for client in (here, there):
        client.force_login(owner.user)

    gql("ActivateProfile", {"input": {"profileId": kid.global_profile_id}}, client=here)

    assert gql("Viewer", client=here)["data"]["viewer"]["activeProfile"]["name"] == "Kit"
    assert gql("Viewer", client=there)["data"]["viewer"]["activeProfile"] is None
    assert owner.actor.profile_id == owner.profile.pk


def test_nobody_activates_nothing(gql: Ask, owner: Person) -> None:
    assert codes(activate(gql, None, owner.global_profile_id)) == [(None, "UNAUTHENTICATED")]


def test_a_profile_with_a_pin_wants_it(gql: Ask, owner: Person, kid: Person) -> None:
    give_pin(owner, "4711")

    assert codes(activate(gql, kid, owner.global_profile_id)) == [("pin", "PIN_REQUIRED")]
    assert codes(activate(gql, kid, owner.global_profile_id, pin="0000")) == [("pin", "WRONG_PIN")]
    assert kid.actor.is_kids

    assert codes(activate(gql, kid, owner.global_profile_id, pin="4711")) == []
    assert not kid.actor.is_kids


def test_five_wrong_pins_lock_a_profile_for_fifteen_minutes_at_every_device(
    gql: Ask, owner: Person, other_adult: Person, kid: Person
) -> None:
    give_pin(owner, "4711")
    for guess in range(5):
        assert codes(activate(gql, kid, owner.global_profile_id, pin=f"000{guess}")) == [("pin", "WRONG_PIN")]

    locked = activate(gql, other_adult, owner.global_profile_id, pin="4711")

    assert codes(locked) == [(None, "TOO_MANY_ATTEMPTS")]
    # A slow machine has spent some of the fifteen minutes by then.
    message = re.fullmatch(
        r"Too many attempts\. Try again in (\d+) seconds\.", locked["errors"][0]["message"]
    )
    assert message is not None
    assert 840 <= int(message[1]) <= 900
    assert other_adult.actor.profile_id == other_adult.profile.pk

    AttemptCount.objects.update(since=timezone.now() - timedelta(minutes=15, seconds=1))
    assert codes(activate(gql, other_adult, owner.global_profile_id, pin="4711")) == []


def test_five_wrong_pins_are_five_however_they_are_sent(
    gql: Ask, owner: Person, other_adult: Person, kid: Person
) -> None:
    give_pin(owner, "4711")
    tries = " ".join(
        f'a{guess}: activateProfile(input: {{profileId: "{owner.global_profile_id}", pin: "000{guess}"}}) '
        "{ errors { code } }"
        for guess in range(4)
    )

    many = gql(f"mutation {{ {tries} }}", as_=kid)["data"]
    batch = [{"query": f"mutation {{ {tries} }}"}] * 3
    header = {"HTTP_AUTHORIZATION": f"Bearer {kid.token}"}
    refused = Client().post("/graphql/", batch, content_type="application/json", **header)  # type: ignore[arg-type]
    client = Client()
    client.force_login(owner.user)
    by_cookie = gql(f"mutation {{ {tries} }}", client=client)["data"]

    assert [each["errors"][0]["code"] for each in many.values()] == ["WRONG_PIN"] * 4
    assert refused.status_code == 400
    assert [each["errors"][0]["code"] for each in by_cookie.values()] == [
        "WRONG_PIN",
        *["TOO_MANY_ATTEMPTS"] * 3,
    ]
    # The right one opens nothing while the pause lasts, at no device of the household.
    assert codes(activate(gql, other_adult, owner.global_profile_id, pin="4711")) == [
        (None, "TOO_MANY_ATTEMPTS")
    ]


def test_a_session_without_a_profile_may_make_one_and_choose_it(gql: Ask, owner: Person) -> None:
    fresh = Person(owner.user, owner.profile, make_token(owner.user))

    made = create(gql, fresh, name="Nora")["profile"]

    assert codes(activate(gql, fresh, made["id"])) == []
    assert fresh.actor.profile_name == "Nora"
