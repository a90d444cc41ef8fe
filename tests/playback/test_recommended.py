"""Because you watched, and for you: from what a profile has seen, without what it knows."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Title
from playback.models import Progress, Rating
from playback.selectors.recommended import because_you_watched, for_you
from playback.services.neighbours.make_all import make_all_neighbours
from tests.people import Person
from tests.playback.tastes import make_titles, of_genre, watch


def heists_and_quiet_ones(*, age: int | None = 0) -> tuple[list[Title], list[Title]]:
    heists = make_titles([f"Heist {number}" for number in range(8)], age=age)
    quiet = make_titles([f"Quiet {number}" for number in range(8)], age=age)
    of_genre("Heist", heists)
    of_genre("Quiet", quiet)
    make_all_neighbours()
    return heists, quiet


def test_rows_are_of_what_was_finished_last_and_without_what_is_known(owner: Person) -> None:
    heists, quiet = heists_and_quiet_ones()
    watch([owner.profile], [heists[0], heists[1], quiet[0]])
    watch([owner.profile], [heists[2]], completed=False)
    Rating.objects.create(profile=owner.profile, title=quiet[3], value="DOWN")

    rows = because_you_watched(owner.actor)

    assert [seed.name for seed, _ in rows] == ["Quiet 0", "Heist 1"]
    assert {title.name for title in rows[0][1]} == {title.name for title in quiet} - {"Quiet 0", "Quiet 3"}
    assert {title.name for title in rows[1][1]} == {f"Heist {number}" for number in range(3, 8)}


def test_what_was_loved_counts_without_being_watched_and_what_is_disliked_begins_no_row(
    owner: Person,
) -> None:
    heists, quiet = heists_and_quiet_ones()
    watch([owner.profile], [quiet[0]])
    Rating.objects.create(profile=owner.profile, title=quiet[0], value="DOWN")
    Rating.objects.create(profile=owner.profile, title=heists[0], value="LOVE")

    rows = because_you_watched(owner.actor)

    assert [seed.name for seed, _ in rows] == ["Heist 0"]
    assert for_you(owner.actor)[0].name.startswith("Heist")


def test_no_row_shows_a_title_of_another_and_each_has_some(owner: Person) -> None:
    heists, _ = heists_and_quiet_ones()
    watch([owner.profile], heists[:2])

    rows = because_you_watched(owner.actor)

    # Both are like the same six.
    assert [seed.name for seed, _ in rows] == ["Heist 1"]


def test_nothing_is_recommended_above_the_limit_or_from_another_profile(owner: Person, kid: Person) -> None:
    heists, _ = heists_and_quiet_ones(age=12)
    watch([kid.profile, owner.profile], [heists[0]])

    assert because_you_watched(owner.actor) != []
    assert because_you_watched(kid.actor) == []
    assert for_you(kid.actor) == []
    Title.objects.filter(pk__in=[title.pk for title in heists[:5]]).update(minimum_age=7)
    assert {title.name for title in for_you(kid.actor)} == {f"Heist {number}" for number in range(1, 5)}


def test_who_has_watched_nothing_or_has_no_profile_gets_none(owner: Person, operator: Person) -> None:
    heists_and_quiet_ones()

    assert because_you_watched(owner.actor) == []
    assert for_you(operator.actor) == []


def test_the_number_of_statements_is_fixed_and_the_answer_the_same(owner: Person) -> None:
    heists, quiet = heists_and_quiet_ones()
    watch([owner.profile], [heists[0]])
    with CaptureQueriesContext(connection) as few:
        because_you_watched(owner.actor, most_rows=1)
    watch([owner.profile], [*heists[1:3], *quiet[:2]])
    actor = owner.actor

    with CaptureQueriesContext(connection) as many:
        rows = because_you_watched(actor)

    assert len(many) == 4
    assert len(few) <= 4 + 2  # two to find out who asks
    assert because_you_watched(actor) == rows
    assert for_you(actor) == for_you(actor)
    assert Progress.objects.filter(profile=owner.profile).count() == 5
