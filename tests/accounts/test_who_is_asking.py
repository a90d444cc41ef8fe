import pytest
from django.test import RequestFactory

from accounts.authentication import actor_of
from tests.people import Person
from vod.lib.actor import NOBODY


def test_a_token_makes_its_person_the_actor(kid: Person) -> None:
    actor = kid.actor

    assert actor.user_id == kid.user.pk
    assert actor.profile_id == kid.profile.pk
    assert (actor.is_kids, actor.maturity_limit, actor.is_operator) == (True, 7, False)
    assert (actor.max_streams, actor.max_height) == (2, 2160)


@pytest.mark.django_db
def test_a_bad_token_is_nobody() -> None:
    request = RequestFactory().get("/", HTTP_AUTHORIZATION="Bearer ltn_made-up")

    assert actor_of(request) == (NOBODY, False)
