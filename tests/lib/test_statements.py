from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Profile
from tests.people import Person
from vod.lib.statements import Statement


def test_it_answers_as_its_queryset_does(
    owner: Person, other_adult: Person, kid: Person, stranger: Person
) -> None:
    statement = Statement(
        lambda user, name, limit, now: (
            Profile.objects.filter(user=user, created_at__lt=now, maturity_limit=limit)
            .exclude(name=name)
            .order_by("id")
            .values_list("id", "user", "name", "is_kids", "created_at", "maturity_limit")
        ),
        user=UUID,
        name=str,
        limit=int,
        now=datetime,
    )
    later = timezone.now() + timedelta(seconds=5)
    given = {"user": kid.user.pk, "name": "Somebody", "limit": 7, "now": later}

    profile = Profile.objects.get(pk=kid.profile.pk)
    assert statement.rows(**given) == [(profile.pk, profile.user_id, "Kit", True, profile.created_at, 7)]
    for change in (
        {"user": stranger.user.pk},
        {"name": "Kit"},
        {"limit": 8},
        {"now": later - timedelta(days=1)},
        {"user": uuid4()},
    ):
        assert statement.rows(**{**given, **change}) == [], change
        assert statement.first(**{**given, **change}) is None, change
    assert statement.first(**given) == statement.rows(**given)[0]


def test_it_is_put_together_once_and_asked_each_time(owner: Person, other_adult: Person) -> None:
    built = []

    def build(profile: UUID) -> "QuerySet[Profile, tuple[str]]":
        built.append(profile)
        return Profile.objects.filter(pk=profile).values_list("name")

    statement = Statement(build, profile=UUID)

    with CaptureQueriesContext(connection) as asked:
        for person, name in ((owner, "Olive"), (other_adult, "Arthur"), (owner, "Olive")):
            assert statement.first(profile=person.profile.pk) == (name,)
        Profile.objects.filter(pk=owner.profile.pk).update(name="Olivia")
        assert statement.first(profile=owner.profile.pk) == ("Olivia",)

    assert len(built) == 1
    assert len(asked) == 5


def test_a_value_that_nothing_asks_for_is_a_mistake(db: None) -> None:
    statement = Statement(lambda name: Profile.objects.values_list("pk"), name=str)
    with pytest.raises(ValueError, match="name"):
        statement.rows(name="x")
