"""allauth's own pages: not linked yet, but they are doors all the same."""

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from tests.people import PASSWORD, Person


@pytest.mark.parametrize("page", ["login", "signup", "password/reset"])
def test_the_pages_are_there(db: None, page: str) -> None:
    assert Client().get(f"/accounts/{page}/").status_code == 200


def test_one_signs_in_by_the_page(owner: Person) -> None:
    client = Client()

    client.post("/accounts/login/", {"login": "Olive@example.org", "password": PASSWORD})

    assert client.session["_auth_user_id"] == str(owner.user.pk)


def test_attempts_at_the_page_count_with_the_others(owner: Person, settings: Settings) -> None:
    settings.SIGN_IN_ATTEMPTS = 2
    client = Client()
    for _ in range(2):
        client.post("/accounts/login/", {"login": "olive@example.org", "password": "not the password"})

    client.post("/accounts/login/", {"login": "olive@example.org", "password": PASSWORD})

    assert "_auth_user_id" not in client.session


def test_an_address_that_differs_in_case_is_no_second_account(owner: Person) -> None:
    Client().post(
        "/accounts/signup/", {"email": "OLIVE@example.org", "password1": PASSWORD, "password2": PASSWORD}
    )

    assert User.objects.count() == 1


def test_an_account_of_the_page_has_its_address_in_small_letters(db: None) -> None:
    Client().post(
        "/accounts/signup/", {"email": "Nora@Example.org", "password1": PASSWORD, "password2": PASSWORD}
    )

    assert User.objects.get().email == "nora@example.org"
