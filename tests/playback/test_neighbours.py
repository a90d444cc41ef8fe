"""What is like what: by content in a fresh library, by views as they grow, and never what one may not see."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.models import Credit, Neighbours, Title
from catalog.selectors.titles import similar
from catalog.services.changes import catalogue_changed
from catalog.services.publish_title import publish_title
from playback.models import Rating
from playback.services.neighbours.make_all import is_time, make_all_neighbours
from playback.services.neighbours.place_new import MOST_NEW, new_titles, place_new_titles
from tests.conftest import Ask
from tests.people import Person
from tests.playback.tastes import by_person, make_titles, make_viewers, of_genre, watch

DOCUMENT = """
query Why($slug: String!) {
  title(slug: $slug) {
    similar(first: 20) {
      totalCount
      edges { node { name } because { kind people { name } genres { name } words } }
    }
  }
}
"""


def why(gql: Ask, slug: str, person: Person) -> dict[str, list[dict[str, Any]]]:
    """Names of what is like the title, each with its reasons."""
    title = gql(DOCUMENT, {"slug": slug}, as_=person)["data"]["title"]
    return {edge["node"]["name"]: edge["because"] for edge in title["similar"]["edges"]}


def names(titles: list[Title]) -> list[str]:
    return [title.name for title in titles]


def test_a_library_that_nobody_has_watched_goes_by_people_then_genres_then_words(
    owner: Person, gql: Ask
) -> None:
    first, director, genre, words, other = make_titles(["First", "Director", "Genre", "Words", "Other"])
    filler = make_titles([f"Filler {number}" for number in range(30)])
    by_person("Ada Lund", [first, director])
    of_genre("Heist", [first, genre])
    of_genre("Quiet", [other, *filler])
    Title.objects.filter(pk__in=[first.pk, words.pk]).update(synopsis="The lighthouse of Ostrava.")

    made = make_all_neighbours()

    assert made is not None
    assert made.titles == 35
    reasons = why(gql, "first", owner)
    assert list(reasons) == ["Director", "Genre", "Words"]
    assert reasons["Director"] == [
        {"kind": "PEOPLE", "people": [{"name": "Ada Lund"}], "genres": [], "words": []}
    ]
    assert reasons["Genre"] == [{"kind": "GENRES", "people": [], "genres": [{"name": "Heist"}], "words": []}]
    (reason,) = reasons["Words"]
    assert (reason["kind"], set(reason["words"])) == ("WORDS", {"lighthouse", "ostrava"})


def test_what_the_same_people_watch_comes_up_as_views_grow(owner: Person, gql: Ask) -> None:
    first, alike, together, *rest = make_titles(
        ["First", "Alike", "Together", *(f"Else {n}" for n in range(6))]
    )
    of_genre("Heist", [first, alike])
    viewers = make_viewers(60)
    # Everybody watches something besides, so that not all is equal.
    for place, viewer in enumerate(viewers):
        watch([viewer], [rest[place % len(rest)]])

    make_all_neighbours()
    before = names(similar(owner.actor, first.pk))
    watch(viewers[:6], [first, together])
    make_all_neighbours()
    few = names(similar(owner.actor, first.pk))
    watch(viewers[6:50], [first, together])
    make_all_neighbours()

    assert before == ["Alike"]
    assert few[:2] in (["Alike", "Together"], ["Together", "Alike"])
    assert names(similar(owner.actor, first.pk))[0] == "Together"
    assert why(gql, "first", owner)["Together"] == [
        {"kind": "VIEWERS", "people": [], "genres": [], "words": []}
    ]


def test_what_two_people_have_watched_is_not_told(owner: Person) -> None:
    first, secret, *_ = make_titles(["First", "Secret", "Third"])
    watch(make_viewers(2), [first, secret])

    make_all_neighbours()

    assert similar(owner.actor, first.pk) == []


def test_a_disliked_title_is_no_view(owner: Person) -> None:
    first, second, *rest = make_titles(["First", "Second", "Third", "Fourth"])
    viewers = make_viewers(8)
    watch(viewers, [first, second])
    watch(viewers[:2], rest)
    Rating.objects.bulk_create(Rating(profile=one, title=second, value="DOWN") for one in viewers[2:])

    make_all_neighbours()

    assert "Second" not in names(similar(owner.actor, first.pk))


def test_nothing_above_the_limit_is_shown_or_named(owner: Person, kid: Person, gql: Ask) -> None:
    for_all, also_for_all = make_titles(["For all", "Also for all"])
    grown, unrated = make_titles(["Grown"], age=18)[0], make_titles(["Unrated"], age=None)[0]
    draft = make_titles(["Draft"])[0]
    Title.objects.filter(pk=draft.pk).update(published_at=None)
    titles = [for_all, also_for_all, grown, unrated, draft]
    of_genre("Heist", titles)
    by_person("Shared Director", titles)
    by_person("Only Of The Grown", [grown, unrated])
    watch(make_viewers(10), titles)

    make_all_neighbours()

    assert set(why(gql, "for-all", owner)) == {"Also for all", "Grown", "Unrated"}
    kids = why(gql, "for-all", kid)
    assert set(kids) == {"Also for all"}
    assert "Grown" not in str(kids)
    assert gql(DOCUMENT, {"slug": "grown"}, as_=kid)["data"]["title"] is None


def test_the_same_state_gives_the_same_lists_and_writes_none_anew(owner: Person) -> None:
    titles = make_titles([f"Film {number}" for number in range(40)])
    of_genre("Heist", titles[:20])
    of_genre("Quiet", titles[15:])
    for place, viewer in enumerate(make_viewers(30)):
        watch([viewer], titles[place % 7 :: 7])

    first = make_all_neighbours()
    lists = dict(Neighbours.objects.values_list("pk", "others"))
    again = make_all_neighbours()

    assert first is not None
    assert again is not None
    assert first.changed == len(titles)
    assert again.changed == 0
    assert dict(Neighbours.objects.values_list("pk", "others")) == lists


def test_a_new_title_has_neighbours_without_waiting_for_the_long_run(owner: Person) -> None:
    old = make_titles([f"Old {number}" for number in range(5)])
    director = by_person("Ada Lund", old[:2])
    make_all_neighbours()
    assert place_new_titles() == 0
    (new,) = make_titles(["New"])
    Credit.objects.create(title=new, person=director, role="Director")
    catalogue_changed()

    placed = place_new_titles()

    assert placed == 1
    assert set(names(similar(owner.actor, new.pk))) == {"Old 0", "Old 1"}
    assert place_new_titles() == 0


def test_a_title_that_is_published_later_is_looked_at_again(owner: Person) -> None:
    first, second = make_titles(["First", "Second"])
    Title.objects.filter(pk=second.pk).update(published_at=None)
    make_all_neighbours()
    of_genre("Heist", [first, second])

    publish_title(title_id=second.pk)

    assert new_titles(10) == [second.pk]
    assert place_new_titles() == 1
    assert names(similar(owner.actor, second.pk)) == ["First"]


def test_while_the_catalogue_stays_as_it_is_nothing_is_looked_at(db: None) -> None:
    make_titles(["First"])
    place_new_titles()

    with CaptureQueriesContext(
        connection,
    ) as asked:
        place_new_titles()

    assert len(asked) == 0


def test_many_new_titles_are_left_to_the_long_run(db: None) -> None:
    make_titles([f"Film {number}" for number in range(MOST_NEW + 1)])

    assert place_new_titles() is None
    assert not Neighbours.objects.exists()


def test_it_is_time_when_the_oldest_list_is_a_day_old_and_in_a_small_library_after_an_hour(db: None) -> None:
    assert not is_time()
    make_titles(["First", "Second"])
    make_all_neighbours()
    now = timezone.now()

    assert not is_time(now + timedelta(minutes=50))
    assert is_time(now + timedelta(minutes=70))


def test_only_one_process_is_at_it(db: None) -> None:
    make_titles(["First"])
    cache.add("neighbours", 1)

    assert make_all_neighbours() is None


def test_a_title_that_goes_takes_its_list_along(owner: Person) -> None:
    first, second = make_titles(["First", "Second"])
    of_genre("Heist", [first, second])
    make_all_neighbours()

    second.delete()

    assert similar(owner.actor, first.pk) == []
    assert Neighbours.objects.count() == 1


@pytest.mark.parametrize("shape", [0, 1, 2])
def test_a_library_of_hardly_anything_is_no_error(owner: Person, shape: int) -> None:
    titles = make_titles(["First", "Second"][:shape], synopsis="\x01 灯台の夜 \u202e ' \" <b> " * 400)

    made = make_all_neighbours()

    assert made is not None
    assert made.titles == shape
    assert all(similar(owner.actor, title.pk) is not None for title in titles)


def test_the_list_comes_with_the_title_and_costs_one_statement(owner: Person, gql: Ask) -> None:
    titles = make_titles([f"Film {number}" for number in range(12)])
    of_genre("Heist", titles)
    make_all_neighbours()
    document = "query($slug: String!) { title(slug: $slug) { name } }"
    more = "query($slug: String!) { title(slug: $slug) { name similar { edges { node { name } } } } }"
    gql(document, {"slug": "film-0"}, as_=owner)

    cache.clear()
    with CaptureQueriesContext(connection) as bare:
        gql(document, {"slug": "film-0"}, as_=owner)
    cache.clear()
    with CaptureQueriesContext(connection) as whole:
        answer = gql(more, {"slug": "film-0"}, as_=owner)

    assert len(answer["data"]["title"]["similar"]["edges"]) == 11
    assert len(whole) == len(bare) + 1
