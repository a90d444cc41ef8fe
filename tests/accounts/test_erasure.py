"""Erasing an account: asked for with the password, taken back in time, and then nothing of it is left."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Invitation, User
from accounts.services.erase_account import erase_account
from accounts.tasks import erase_due_accounts
from playback.models import PlaybackSession
from tests.conftest import Ask
from tests.matrix.world import PEOPLE, World, make_world
from tests.people import PASSWORD, Person
from transcoding.models import Asset

ERASE = """mutation($password: String) {
    eraseAccount(input: {password: $password}) { erasesAt errors { field code } }
}"""
KEEP = "mutation { keepAccount { viewer { erasesAt } errors { code } } }"


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def ask(gql: Ask, person: Person | None, password: str | None = PASSWORD, **more: Any) -> dict[str, Any]:
    told: dict[str, Any] = gql(ERASE, {"password": password}, as_=person, **more)["data"]["eraseAccount"]
    return told


def codes(told: dict[str, Any]) -> list[str]:
    return [error["code"] for error in told["errors"]]


def erases_at(gql: Ask, person: Person) -> str | None:
    told: str | None = gql("{ viewer { erasesAt } }", as_=person)["data"]["viewer"]["erasesAt"]
    return told


def test_it_is_asked_for_with_the_password_by_an_adult_of_the_household(gql: Ask, world: World) -> None:
    assert codes(ask(gql, world.people["nobody"])) == ["UNAUTHENTICATED"]
    assert codes(ask(gql, world.people["kid"])) == ["FORBIDDEN"]
    assert codes(ask(gql, world.people["owner"], "not it")) == ["WRONG_CREDENTIALS"]
    # Somebody has to run the library.
    assert codes(ask(gql, world.people["operator"])) == ["FORBIDDEN"]
    assert not User.objects.filter(erases_at__isnull=False).exists()


def test_asking_ends_every_stream_and_every_other_login_at_once(
    gql: Ask, world: World, settings: Settings, django_capture_on_commit_callbacks: Any
) -> None:
    owner, kid = world.people["owner"], world.people["kid"]
    assert owner and kid
    browser = Client()
    browser.force_login(owner.user)
    given = {"input": {"videoId": world.id_of("Garden"), "deviceName": "Tablet"}}
    url = gql("StartPlayback", given, as_=owner)["data"]["startPlayback"]["session"]["manifestUrl"]
    assert Client().get(url).status_code == 200
    settings.ERASURE_DAYS = 14

    with django_capture_on_commit_callbacks(execute=True):
        told = ask(gql, owner)

    assert codes(told) == []
    user = User.objects.get(pk=owner.user.pk)
    assert user.erases_at is not None
    left = user.erases_at - timezone.now()
    assert timedelta(days=13, hours=23) < left <= timedelta(days=14)
    assert Client().get(url).status_code == 403
    for gone in ({"as_": kid}, {"client": browser}):
        assert gql("Viewer", **gone)["data"] == {"viewer": None}
    assert erases_at(gql, owner) == told["erasesAt"]
    assert [(message.to, "erased" in message.subject) for message in mail.outbox] == [
        (["olive@example.org"], True)
    ]

    # Said again it comes no later, and no more mail goes out.
    with django_capture_on_commit_callbacks(execute=True):
        assert ask(gql, owner)["erasesAt"] == told["erasesAt"]
    assert len(mail.outbox) == 1


def test_until_then_the_account_can_be_kept(gql: Ask, world: World) -> None:
    owner = world.people["owner"]
    assert owner
    ask(gql, owner)
    erase_due_accounts()
    assert User.objects.filter(pk=owner.user.pk).exists()

    assert gql(KEEP, as_=owner)["data"]["keepAccount"] == {"viewer": {"erasesAt": None}, "errors": []}

    User.objects.filter(erases_at__isnull=False).update(erases_at=timezone.now())
    erase_due_accounts()
    assert User.objects.filter(pk=owner.user.pk).exists()


def everything() -> str:
    """All rows of all tables as text."""
    return "\n".join(
        repr(row)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
        for row in model._base_manager.values_list()
    )


def test_then_nothing_of_it_is_left_and_nothing_of_others_is_touched(gql: Ask, world: World) -> None:
    owner, stranger, operator = (world.people[who] for who in ("owner", "stranger", "operator"))
    assert owner and stranger and operator
    gql("MarkWatched", {"input": {"videoId": world.id_of("Garden"), "watched": True}}, as_=stranger)
    browser = Client()
    browser.force_login(owner.user)
    EmailAddress.objects.create(user=owner.user, email=owner.user.email, primary=True)
    Invitation.objects.create(digest="d", email=owner.user.email, user=owner.user, expires_at=timezone.now())
    Asset.objects.update(uploaded_by=owner.user)
    LogEntry.objects.create(
        user=operator.user,
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(owner.user.pk),
        object_repr=owner.user.email,
        action_flag=CHANGE,
        change_message="Changed e-mail of olive@example.org",
    )
    LogEntry.objects.create(
        user=operator.user,
        content_type=ContentType.objects.get_for_model(Invitation),
        object_id="x",
        object_repr=owner.user.email,
        action_flag=CHANGE,
    )
    names = [owner.user.email, str(owner.user.pk), owner.user.pk.hex]
    for profile in owner.user.profiles.all():
        names += [str(profile.pk), profile.pk.hex, repr(profile.name)]
    films = Asset.objects.count()
    assert all(name in everything() for name in (owner.user.email, repr(owner.user.pk)))

    ask(gql, owner)
    User.objects.filter(erases_at__isnull=False).update(erases_at=timezone.now())
    erase_due_accounts()

    text = everything()
    assert [name for name in names if name in text] == []
    assert not UserSession.objects.exists()
    assert not PlaybackSession.objects.exists()
    assert Asset.objects.count() == films
    assert {entry.user for entry in LogEntry.objects.all()} == {operator.user}
    for who in PEOPLE[4:]:
        assert gql("Viewer", as_=world.people[who])["data"]["viewer"] is not None
    assert stranger.profile.pk.hex in text.replace("-", "")
    assert gql("Viewer", as_=owner)["data"] == {"viewer": None}


def test_the_command_erases_at_once_and_asks_first(
    owner: Person, stranger: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builtins.input", lambda _question: "y")
    with pytest.raises(CommandError, match="Nothing was erased"):
        call_command("erase_account", "olive@example.org")
    assert User.objects.count() == 2

    call_command("erase_account", "Olive@example.org", yes=True)

    assert list(User.objects.all()) == [stranger.user]
    with pytest.raises(CommandError, match="There is no account"):
        call_command("erase_account", "olive@example.org", yes=True)


def test_an_operator_erases_in_the_admin_as_well(operator: Person, owner: Person) -> None:
    client = Client()
    client.force_login(operator.user)

    client.post(f"/admin/accounts/user/{owner.user.pk}/delete/", {"post": "yes"})

    assert not User.objects.filter(pk=owner.user.pk).exists()
    assert "olive" not in everything()


def test_erasing_what_is_gone_is_no_fault(owner: Person) -> None:
    assert erase_account(user_id=owner.user.pk) is True
    assert erase_account(user_id=owner.user.pk) is False
