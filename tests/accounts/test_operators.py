import json
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import AccessToken, User
from tests.people import PASSWORD, Person


def ensure() -> dict[str, object]:
    out = StringIO()
    call_command("ensure_operator", stdout=out)
    told: dict[str, object] = json.loads(out.getvalue())
    return told


@pytest.mark.django_db
def test_the_first_start_makes_an_operator_with_a_made_up_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOD_ADMIN_EMAIL", "Oscar@example.org")
    monkeypatch.delenv("VOD_ADMIN_PASSWORD", raising=False)

    told = ensure()

    assert (told["created"], told["email"]) == (True, "oscar@example.org")
    password = told["password"]
    assert isinstance(password, str)
    assert len(password) == 16
    user = User.objects.get()
    assert (user.is_staff, user.is_superuser, user.check_password(password)) == (True, True, True)
    assert EmailAddress.objects.get().email == "oscar@example.org"


@pytest.mark.django_db
def test_no_two_installations_make_up_the_same_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VOD_ADMIN_PASSWORD", raising=False)
    made_up = set()
    for number in range(3):
        monkeypatch.setenv("VOD_ADMIN_EMAIL", f"oscar{number}@example.org")
        made_up.add(ensure()["password"])

    assert len(made_up) == 3


@pytest.mark.django_db
def test_a_given_password_is_used_and_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOD_ADMIN_EMAIL", "oscar@example.org")
    monkeypatch.setenv("VOD_ADMIN_PASSWORD", PASSWORD)

    assert ensure() == {"created": True, "email": "oscar@example.org", "password": None, "invitation": None}
    assert User.objects.get().check_password(PASSWORD)


def test_an_account_that_exists_is_never_changed(owner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOD_ADMIN_EMAIL", "Olive@example.org")
    monkeypatch.setenv("VOD_ADMIN_PASSWORD", "another lantern in the window")

    assert ensure() == {"created": False, "email": "olive@example.org", "password": None, "invitation": None}
    user = User.objects.get()
    assert (user.is_staff, user.check_password(PASSWORD)) == (False, True)


@pytest.mark.django_db
def test_an_address_that_is_none_stops_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOD_ADMIN_EMAIL", "oscar")

    with pytest.raises(CommandError, match="VOD_ADMIN_EMAIL must be an e-mail address"):
        ensure()


@pytest.mark.parametrize("page", ["user", "plan", "profile", "accesstoken"])
def test_operators_see_lists_and_forms_of_accounts(operator: Person, page: str) -> None:
    client = Client()
    client.force_login(operator.user)
    keys = {
        "user": operator.user.pk,
        "profile": operator.profile.pk,
        "accesstoken": AccessToken.objects.get(user=operator.user).pk,
    }

    assert client.get(f"/admin/accounts/{page}/?q=o").status_code == 200
    if page in keys:
        assert client.get(f"/admin/accounts/{page}/{keys[page]}/change/").status_code == 200


def test_an_operator_makes_an_account_with_address_and_password(operator: Person) -> None:
    client = Client()
    client.force_login(operator.user)
    form = {
        "email": "New@example.org",
        "usable_password": "true",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "profiles-TOTAL_FORMS": "0",
        "profiles-INITIAL_FORMS": "0",
    }

    page = client.post("/admin/accounts/user/add/", form)

    assert page.status_code == 302
    assert User.objects.get(email="new@example.org").check_password(PASSWORD)


def test_tokens_are_not_made_by_hand_and_pins_are_not_shown(operator: Person) -> None:
    client = Client()
    client.force_login(operator.user)

    assert client.get("/admin/accounts/accesstoken/add/").status_code == 403
    assert (
        "pin_hash"
        not in client.get(f"/admin/accounts/profile/{operator.profile.pk}/change/").content.decode()
    )


def test_the_admin_is_closed_to_people_without_the_role(owner: Person) -> None:
    client = Client()
    client.force_login(owner.user)

    assert client.get("/admin/accounts/user/").status_code == 302
