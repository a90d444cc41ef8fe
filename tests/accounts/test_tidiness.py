from datetime import timedelta

from django.utils import timezone

from accounts.attempts import Limit, take
from accounts.models import AccessToken, AttemptCount
from accounts.services.issue_token import issue_token
from tests.people import Person


def test_counts_that_no_limit_looks_at_are_dropped(db: None) -> None:
    take(Limit("old", 5, 60))
    AttemptCount.objects.update(since=timezone.now() - timedelta(days=1))

    take(Limit("new", 5, 60))

    assert [row.key for row in AttemptCount.objects.all()] == ["new"]


def test_a_new_token_takes_the_place_of_ones_that_ran_out(owner: Person, stranger: Person) -> None:
    AccessToken.objects.update(expires_at=timezone.now() - timedelta(days=1))

    issue_token(user=owner.user)

    assert owner.user.access_tokens.count() == 1
    assert stranger.user.access_tokens.count() == 1
