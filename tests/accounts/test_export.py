"""One's data, whole and readable for programs: who gets it, what stands in it, and what never does."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.test import Client

from accounts import exporting
from accounts.models import AccessToken, Profile, User
from accounts.services.update_profile import update_profile
from playback.models import PlaybackSession
from tests.conftest import Ask
from tests.matrix.world import PEOPLE, World, make_world
from tests.people import PASSWORD, Person
from vod.lib.personal import sections

DOCUMENT = """mutation($password: String) {
    exportAccount(input: {password: $password}) { url expiresAt errors { field code } }
}"""
#: What hangs on an account or a profile and is in no export, and why.
NOT_THEIRS = {
    "accounts.devicegrant": "lives for minutes, until a television is signed in",
    "account.emailconfirmation": "hangs on an address, and is a secret for three days",
    "socialaccount.socialtoken": "a secret of another provider's",
}


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def ask(gql: Ask, person: Person | None, password: str | None = PASSWORD, **more: Any) -> dict[str, Any]:
    told: dict[str, Any] = gql(DOCUMENT, {"password": password}, as_=person, **more)["data"]["exportAccount"]
    return told


def fetch(url: str, person: Person | None) -> HttpResponse:
    headers = {"HTTP_AUTHORIZATION": f"Bearer {person.token}"} if person else {}
    return Client().get(url, **headers)  # type: ignore[arg-type, return-value]


def body_of(answer: Any) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(answer.getvalue())
    return told


def test_everything_that_hangs_on_an_account_is_covered() -> None:
    """Rows of a user, of a profile, and of a stream."""
    people = {User, Profile, PlaybackSession}
    hanging = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model in people
    }
    covered = {label for section in sections() for label in section.covers}
    left = {label for label in hanging - covered if label.lower() not in NOT_THEIRS}
    assert left == set()


def test_it_holds_all_of_the_household_and_nothing_of_others(gql: Ask, world: World) -> None:
    owner = world.people["owner"]
    assert owner
    update_profile(actor=owner.actor, profile_id=owner.profile.pk, caption_style={"size_percent": 150})

    answer = fetch(ask(gql, owner)["url"], owner)

    assert answer["Content-Type"] == "application/json"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Disposition"].startswith('attachment; filename="lantern-')
    told = body_of(answer)
    assert (told["format"], told["version"]) == ("lantern-account", 1)
    assert [row["email"] for row in told["account"]] == ["olive@example.org"]
    profiles = {row["name"]: row for row in told["profiles"]}
    assert set(profiles) == {"Olive", "Arthur", "Kit", "Pia"}
    assert profiles["Olive"]["caption_style"]["size_percent"] == 150
    assert (profiles["Kit"]["is_kids"], profiles["Pia"]["has_pin"]) == (True, True)
    seen = {(row["title"], row["profile_id"]) for row in told["positions"]}
    assert seen == {
        ("Garden", profiles["Olive"]["id"]),
        ("Cellar", profiles["Olive"]["id"]),
        ("Cellar", profiles["Kit"]["id"]),
    }
    assert len(told["list"]) == len(told["ratings"]) == 3
    assert [row["device_name"] for row in told["streams"]] == ["Sofa"]
    assert len(told["tokens"]) == 4

    text = json.dumps(told)
    assert "stella" not in text
    assert "oscar" not in text


def test_it_holds_no_secret(gql: Ask, world: World) -> None:
    owner = world.people["owner"]
    assert owner
    told = b"".join(fetch(ask(gql, owner)["url"], owner)).decode()

    secrets = [User.objects.get(pk=owner.user.pk).password, Profile.objects.get(name="Pia").pin_hash]
    for token in AccessToken.objects.filter(user=owner.user):
        secrets += [token.digest, token.password_stamp]
    assert [secret for secret in secrets if secret in told] == []


def test_only_the_account_itself_may_ask_and_only_with_the_password(gql: Ask, world: World) -> None:
    codes = {who: [error["code"] for error in ask(gql, world.people[who])["errors"]] for who in PEOPLE}
    assert codes == {
        "nobody": ["UNAUTHENTICATED"],
        "owner": [],
        "other_adult": [],
        "kid": ["FORBIDDEN"],
        "stranger": [],
        "operator": [],
    }
    for wrong in ("not it", "", None):
        told = ask(gql, world.people["owner"], wrong)
        assert (told["url"], [error["code"] for error in told["errors"]]) == (None, ["WRONG_CREDENTIALS"])


def test_the_address_opens_for_the_accounts_own_logins_alone(
    gql: Ask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = ask(gql, world.people["owner"])["url"]
    statuses = {who: fetch(url, world.people[who]).status_code for who in PEOPLE}
    assert statuses == {
        "nobody": 401,
        "owner": 200,
        "other_adult": 200,
        "kid": 403,
        "stranger": 404,
        "operator": 404,
    }

    signed = url.rpartition("/")[2]
    for other in (signed[:-1], signed.replace(":", "."), "x", str(world.people["owner"].user.pk)):  # type: ignore[union-attr]
        assert fetch(f"/api/account/export/{other}", world.people["owner"]).status_code == 404
    monkeypatch.setattr(exporting, "LINK_LASTS", -exporting.LINK_LASTS)
    assert fetch(url, world.people["owner"]).status_code == 404


def test_guesses_at_the_password_count_with_those_at_the_door(gql: Ask, owner: Person, settings: Any) -> None:
    settings.SIGN_IN_ATTEMPTS = 2
    for _ in range(2):
        ask(gql, owner, "wrong")

    assert [error["code"] for error in ask(gql, owner)["errors"]] == ["TOO_MANY_ATTEMPTS"]
    given = {"input": {"email": owner.user.email, "password": PASSWORD}}
    assert gql("SignIn", given)["data"]["signIn"]["errors"][0]["code"] == "TOO_MANY_ATTEMPTS"


def test_an_account_without_a_password_has_to_have_signed_in_just_now(gql: Ask, owner: Person) -> None:
    owner.user.set_unusable_password()
    owner.user.save()
    from accounts.tokens import stamp_of

    AccessToken.objects.update(password_stamp=stamp_of(owner.user))
    assert ask(gql, owner, None)["errors"] == []

    long_ago = AccessToken.objects.get().created_at.replace(year=2020)
    AccessToken.objects.update(created_at=long_ago)
    assert [error["code"] for error in ask(gql, owner, None)["errors"]] == ["FORBIDDEN"]


def test_the_command_writes_the_same_to_a_new_file(world: World, tmp_path: Path) -> None:
    out, target = StringIO(), tmp_path / "olive.json"
    call_command("export_account", "Olive@example.org", stdout=out)
    call_command("export_account", "olive@example.org", output=target)

    by_output, by_file = json.loads(out.getvalue()), json.loads(target.read_text(encoding="utf-8"))
    assert {**by_output, "made_at": ""} == {**by_file, "made_at": ""}
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_account", "olive@example.org", output=target)
    with pytest.raises(CommandError, match="There is no account"):
        call_command("export_account", "nobody@example.org")
