"""Accounts by invitation: who gets in, once, until when, and as what."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.errors import AccountError
from accounts.models import Invitation, Plan, User
from accounts.services.invite import invite
from accounts.services.sign_up import sign_up
from tests.conftest import Ask
from tests.people import PASSWORD, Person, make_user


@pytest.fixture
def by_invitation(settings: Settings, db: None) -> None:
    settings.SIGN_UP = "invitation"


def come(
    gql: Ask, invitation: str | None = None, email: str = "nora@example.org"
) -> list[tuple[str | None, str]]:
    given = {"input": {"email": email, "password": PASSWORD, "invitation": invitation}}
    document = """mutation($input: SignUpInput!) {
        signUp(input: $input) { token viewer { email isStaff plan { name } } errors { field code } }
    }"""
    payload = gql(document, given)["data"]["signUp"]
    return [(error["field"], error["code"]) for error in payload["errors"]]


REFUSED = [("invitation", "INVITATION_REQUIRED")]


@pytest.mark.usefixtures("by_invitation")
def test_nobody_comes_without_one_and_everybody_is_told_the_same(gql: Ask) -> None:
    make_user("olive@example.org")
    used = invite()[1]
    assert come(gql, used, "first@example.org") == []
    over = invite()[1]
    Invitation.objects.filter(used_at=None).update(expires_at=timezone.now())
    another = invite(email="somebody@example.org")[1]

    for secret in (None, "", "ltn_invite_guess", used, over, another, another.upper()):
        assert come(gql, secret) == REFUSED, secret
        # An address that is known is nothing that the uninvited hear of.
        assert come(gql, secret, "olive@example.org") == REFUSED
    assert set(User.objects.values_list("email", flat=True)) == {"olive@example.org", "first@example.org"}


@pytest.mark.usefixtures("by_invitation")
def test_one_lets_one_person_in_with_its_plan_and_is_used_up(gql: Ask, operator: Person) -> None:
    plan = Plan.objects.create(name="Large", max_streams=5)
    row, secret = invite(by=operator.user, plan=plan)
    assert secret not in str(Invitation.objects.values())

    assert come(gql, secret) == []

    user = User.objects.get(email="nora@example.org")
    row.refresh_from_db()
    assert (user.plan, user.is_staff, user.is_superuser) == (plan, False, False)
    assert (row.user, row.by, row.used_at is not None) == (user, operator.user, True)
    assert come(gql, secret, "second@example.org") == REFUSED


@pytest.mark.usefixtures("by_invitation")
def test_one_to_an_address_is_for_that_alone_and_vouches_for_it(gql: Ask, settings: Settings) -> None:
    settings.VERIFY_EMAIL = True
    secret = invite(email="Nora@Example.org")[1]

    assert come(gql, secret, "stella@example.org") == REFUSED
    assert come(gql, secret, "NORA@example.org") == []
    assert EmailAddress.objects.get().verified


@pytest.mark.usefixtures("by_invitation")
def test_a_later_one_to_the_same_address_takes_the_place_of_the_first(gql: Ask) -> None:
    first, second = invite(email="nora@example.org")[1], invite(email="nora@example.org")[1]

    assert come(gql, first) == REFUSED
    assert come(gql, second) == []


@pytest.mark.usefixtures("by_invitation")
@pytest.mark.parametrize("path", ["/accounts/signup/", "/_allauth/browser/v1/auth/signup"])
def test_no_other_door_makes_an_account(path: str) -> None:
    form = {"email": "nora@example.org", "password1": PASSWORD, "password": PASSWORD}
    kind = {"content_type": "application/json"} if path.startswith("/_") else {}

    told = Client().post(path, form, **kind)  # type: ignore[arg-type]

    assert told.status_code in (200, 403)
    assert not User.objects.exists()


def test_where_everybody_may_come_one_still_counts(gql: Ask, db: None) -> None:
    secret = invite(makes_operator=True)[1]

    assert come(gql) == []
    assert come(gql, "ltn_invite_guess", "oscar@example.org") == REFUSED
    assert come(gql, secret, "oscar@example.org") == []
    assert dict(User.objects.values_list("email", "is_superuser")) == {
        "nora@example.org": False,
        "oscar@example.org": True,
    }


@pytest.mark.django_db(transaction=True)
def test_of_many_who_come_with_the_same_one_at_once_one_gets_in(settings: Settings) -> None:
    settings.SIGN_UP = "invitation"
    secret = invite()[1]
    if connection.vendor == "sqlite":
        # In memory there is one connection for all of them; one after the other is what a file makes of it too.
        answers = [_come_alone(secret, number) for number in range(3)]
    else:
        with ThreadPoolExecutor(6) as pool:
            answers = list(pool.map(lambda number: _come_alone(secret, number), range(6)))
    assert answers.count(True) == 1
    assert User.objects.count() == 1


def _come_alone(secret: str, number: int) -> bool:
    try:
        sign_up(email=f"n{number}@example.org", password=PASSWORD, client_address="", invitation=secret)
    except AccountError:
        return False
    finally:
        if connection.vendor != "sqlite":
            connections.close_all()
    return True


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("invite", *arguments, stdout=out)
    return out.getvalue().strip()


def test_the_command_prints_a_link(gql: Ask, settings: Settings, db: None) -> None:
    settings.PUBLIC_URL = "https://films.example.org/"

    link = run("nora@example.org", "--operator", "--days", "2")

    found = re.fullmatch(r"https://films\.example\.org/signup#invitation=(ltn_invite_[\w-]{43})", link)
    assert found
    row = Invitation.objects.get()
    assert timedelta(days=1, hours=23) < row.expires_at - timezone.now() <= timedelta(days=2)
    assert come(gql, found[1]) == []
    assert User.objects.get().is_superuser


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nora",), "nora is no e-mail address"),
        (("--plan", "Huge"), "There is no plan Huge. There are: Standard."),
        (("--days", "91"), "between 1 and 90"),
        (("olive@example.org",), "This address has an account."),
    ],
)
def test_the_command_says_what_is_wrong(arguments: tuple[str, ...], told: str) -> None:
    make_user("olive@example.org")

    with pytest.raises(CommandError, match=re.escape(told)):
        run(*arguments)
    assert not Invitation.objects.exists()


def test_operators_invite_in_the_admin_and_are_shown_the_link_once(gql: Ask, operator: Person) -> None:
    client = Client()
    client.force_login(operator.user)
    form = {"email": "Nora@example.org", "plan": "", "makes_operator": "on", "days": "7"}

    page = client.post("/admin/accounts/invitation/add/", form, follow=True)

    assert page.status_code == 200
    secret = re.search(r"http://testserver/signup#invitation=(ltn_invite_[\w-]{43})", page.content.decode())
    assert secret
    row = Invitation.objects.get()
    assert (row.email, row.by, row.makes_operator) == ("nora@example.org", operator.user, True)
    for path in ("", f"{row.pk}/change/"):
        again = client.get(f"/admin/accounts/invitation/{path}")
        assert again.status_code == 200
        assert secret[1] not in again.content.decode()
    assert come(gql, secret[1]) == []


def test_who_may_not_do_everything_invites_nobody_who_may(operator: Person) -> None:
    from django.contrib.auth.models import Permission

    clerk = User.objects.create_user("clerk@example.org", PASSWORD, is_staff=True)
    clerk.user_permissions.add(*Permission.objects.filter(codename__in=["add_invitation", "view_invitation"]))
    client = Client()
    client.force_login(clerk)

    client.post("/admin/accounts/invitation/add/", {"email": "", "makes_operator": "on", "days": "7"})

    assert [row.makes_operator for row in Invitation.objects.all()] == [False]


def first(**settings_of: Any) -> dict[str, Any]:
    out = StringIO()
    call_command("ensure_operator", stdout=out)
    told: dict[str, Any] = json.loads(out.getvalue())
    return told


@pytest.mark.django_db
def test_in_production_the_first_operator_comes_by_a_link_and_no_password_is_printed(
    gql: Ask, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.VOD_ENV = "production"
    monkeypatch.setenv("VOD_ADMIN_EMAIL", "oscar@example.org")
    monkeypatch.delenv("VOD_ADMIN_PASSWORD", raising=False)

    lost, told = first(), first()

    assert (told["created"], told["password"]) == (False, None)
    assert not User.objects.exists()
    secrets = [each["invitation"].partition("=")[2] for each in (lost, told)]
    assert come(gql, secrets[0], "oscar@example.org") == REFUSED
    assert come(gql, secrets[1], "eve@example.org") == REFUSED
    assert come(gql, secrets[1], "oscar@example.org") == []
    user = User.objects.get()
    assert (user.is_staff, user.is_superuser, user.check_password(PASSWORD)) == (True, True, True)

    # Whoever runs it again makes no second one.
    assert first()["invitation"] is None
    monkeypatch.setenv("VOD_ADMIN_EMAIL", "eve@example.org")
    assert first() == {"email": "eve@example.org", "created": False, "password": None, "invitation": None}
