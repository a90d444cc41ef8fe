"""A profile's own shelf: list, ratings, continue watching, history, and its rows on the home page."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from catalog.models import Season
from playback.models import ListEntry, Progress, Rating
from tests.conftest import Ask
from tests.people import Person
from tests.playback.conftest import Say, codes
from tests.playback.library import Film, make_film, make_series
from transcoding.models import AssetState
from vod.lib.graphql.ids import encode_id


def watched(
    person: Person,
    film: Film,
    seconds: float,
    *,
    ago: float = 0,
    completed: bool = False,
    hidden: bool = False,
) -> None:
    """The person was at `seconds` of the film, `ago` seconds before now."""
    Progress.objects.create(
        profile=person.profile,
        video=film.video,
        position_seconds=seconds,
        completed=completed,
        hidden=hidden,
        updated_at=timezone.now() - timedelta(seconds=ago),
    )


@pytest.fixture
def shelf(gql: Ask) -> Any:
    """`shelf(person)`: what Shelf answers of the person's profile."""

    def ask(person: Person) -> dict[str, Any]:
        answer = gql("Shelf", as_=person)
        assert "errors" not in answer, answer
        found: dict[str, Any] = answer["data"]["viewer"]["activeProfile"]
        return found

    return ask


def nodes(connection: dict[str, Any]) -> list[dict[str, Any]]:
    return [edge["node"] for edge in connection["edges"]]


def going_on(found: dict[str, Any]) -> list[str]:
    """The ids of the videos in continue watching."""
    return [node["video"]["id"] for node in nodes(found["continueWatching"])]


def test_the_list_holds_a_title_once_and_the_last_added_first(owner: Person, say: Say, shelf: Any) -> None:
    first, second = make_film("First"), make_film("Second")

    for film in (first, second, first):
        payload = say("AddToMyList", owner, titleId=film.title_id)
        assert payload == {"title": {"id": film.title_id, "inMyList": True}, "errors": []}

    assert [node["id"] for node in nodes(shelf(owner)["myList"])] == [second.title_id, first.title_id]
    payload = say("RemoveFromMyList", owner, titleId=second.title_id)
    assert payload == {"title": {"id": second.title_id, "inMyList": False}, "errors": []}
    assert codes(say("RemoveFromMyList", owner, titleId=second.title_id)) == []
    assert [node["name"] for node in nodes(shelf(owner)["myList"])] == ["First"]


def test_each_profile_has_a_list_and_ratings_of_its_own(
    owner: Person, other_adult: Person, night_train: Film, say: Say, shelf: Any, gql: Ask
) -> None:
    say("AddToMyList", owner, titleId=night_train.title_id)
    say("RateTitle", owner, titleId=night_train.title_id, rating="LOVE")

    card = "query($id: ID!) { node(id: $id) { ... on Movie { inMyList myRating video { progress { completed } } } } }"
    mine = gql(card, {"id": night_train.title_id}, as_=owner)["data"]["node"]
    theirs = gql(card, {"id": night_train.title_id}, as_=other_adult)["data"]["node"]

    assert mine == {"inMyList": True, "myRating": "LOVE", "video": {"progress": None}}
    assert theirs == {"inMyList": False, "myRating": None, "video": {"progress": None}}
    assert nodes(shelf(other_adult)["myList"]) == []


def test_a_rating_is_changed_and_taken_back(owner: Person, night_train: Film, say: Say) -> None:
    for rating in ("UP", "DOWN", None):
        payload = say("RateTitle", owner, titleId=night_train.title_id, rating=rating)
        assert payload == {"title": {"id": night_train.title_id, "myRating": rating}, "errors": []}
    assert not Rating.objects.exists()


def test_a_child_can_do_nothing_to_what_it_may_not_see(kid: Person, say: Say) -> None:
    cellar = make_film("Cellar", minimum_age=16)

    assert codes(say("AddToMyList", kid, titleId=cellar.title_id)) == ["NOT_FOUND"]
    assert codes(say("RateTitle", kid, titleId=cellar.title_id, rating="UP")) == ["NOT_FOUND"]
    assert codes(say("MarkWatched", kid, videoId=cellar.id, watched=True)) == ["NOT_FOUND"]
    assert codes(say("RemoveFromContinueWatching", kid, videoId=cellar.id)) == ["NOT_FOUND"]

    assert not ListEntry.objects.exists()
    assert not Rating.objects.exists()
    assert not Progress.objects.exists()


def test_nobody_has_a_shelf(night_train: Film, say: Say) -> None:
    assert codes(say("AddToMyList", None, titleId=night_train.title_id)) == ["UNAUTHENTICATED"]
    assert codes(say("MarkWatched", None, videoId=night_train.id, watched=True)) == ["UNAUTHENTICATED"]


def test_what_left_the_library_leaves_the_shelf(
    owner: Person, night_train: Film, say: Say, shelf: Any
) -> None:
    say("AddToMyList", owner, titleId=night_train.title_id)
    watched(owner, night_train, 12)
    night_train.title.published_at = None
    night_train.title.save()

    found = shelf(owner)

    assert [found[name]["edges"] for name in ("myList", "continueWatching", "history")] == [[], [], []]


def test_continue_watching_holds_what_was_begun_last_watched_first(owner: Person, shelf: Any) -> None:
    old, new, looked_into, seen = (make_film(name) for name in ("Old", "New", "Looked into", "Seen"))
    watched(owner, old, 12, ago=60)
    watched(owner, new, 20, ago=5)
    watched(owner, looked_into, 0.5)
    watched(owner, seen, 30, completed=True)

    found = shelf(owner)

    assert going_on(found) == [new.id, old.id]
    first = nodes(found["continueWatching"])[0]
    assert first["title"]["name"] == "New"
    assert first["video"]["progress"]["positionSeconds"] == 20


def test_the_next_episode_takes_the_place_of_one_that_is_over(owner: Person, shelf: Any) -> None:
    first, second, third, last = make_series(seasons=(2, 2))
    watched(owner, first, 30, ago=30, completed=True)
    assert going_on(shelf(owner)) == [second.id]

    watched(owner, second, 30, ago=20, completed=True)
    assert going_on(shelf(owner)) == [third.id]

    watched(owner, last, 30, ago=10, completed=True)
    assert going_on(shelf(owner)) == []


def test_specials_follow_the_last_season(owner: Person, shelf: Any) -> None:
    special, other = make_series(seasons=(1, 1))
    Season.objects.filter(series=special.title, number=1).update(number=0)
    watched(owner, other, 30, ago=20, completed=True)
    assert going_on(shelf(owner)) == [special.id]

    watched(owner, special, 30, ago=10, completed=True)
    assert going_on(shelf(owner)) == []


def test_a_series_is_in_the_row_once_with_the_episode_last_watched(owner: Person, shelf: Any) -> None:
    first, second = make_series(seasons=(2,))
    watched(owner, first, 20, ago=20)
    watched(owner, second, 0.2)

    assert going_on(shelf(owner)) == [second.id]


def test_an_episode_that_is_still_being_made_does_not_wait_in_the_row(owner: Person, shelf: Any) -> None:
    first, second = make_series(seasons=(2,))
    second.version.asset.state = AssetState.ENCODING
    second.version.asset.save()
    watched(owner, first, 30, completed=True)

    assert going_on(shelf(owner)) == []


def test_what_was_removed_stays_away_until_it_is_watched_again(owner: Person, say: Say, shelf: Any) -> None:
    first, second = make_series(seasons=(2,))
    watched(owner, first, 30, completed=True)

    payload = say("RemoveFromContinueWatching", owner, videoId=second.id)

    assert payload == {"video": {"id": second.id}, "errors": []}
    assert going_on(shelf(owner)) == []
    watched(owner, second, 10)
    assert going_on(shelf(owner)) == [second.id]


def test_a_profile_removes_from_its_own_row_only(
    owner: Person, other_adult: Person, night_train: Film, say: Say, shelf: Any
) -> None:
    watched(owner, night_train, 12)
    watched(other_adult, night_train, 15)

    say("RemoveFromContinueWatching", other_adult, videoId=night_train.id)

    assert going_on(shelf(owner)) == [night_train.id]
    assert going_on(shelf(other_adult)) == []


def test_marking_a_video_as_watched_and_forgetting_it(
    owner: Person, night_train: Film, say: Say, shelf: Any
) -> None:
    watched(owner, night_train, 12)

    progress = say("MarkWatched", owner, videoId=night_train.id, watched=True)["video"]["progress"]

    assert (progress["positionSeconds"], progress["completed"]) == (30, True)
    assert going_on(shelf(owner)) == []
    payload = say("MarkWatched", owner, videoId=night_train.id, watched=False)
    assert payload == {"video": {"id": night_train.id, "progress": None}, "errors": []}
    assert nodes(shelf(owner)["history"]) == []


def test_history_tells_what_was_watched_last_watched_first(owner: Person, shelf: Any) -> None:
    film, (episode, _) = make_film(), make_series(seasons=(2,))
    watched(owner, film, 30, ago=60, completed=True)
    watched(owner, episode, 4)

    found = nodes(shelf(owner)["history"])

    assert [(node["video"]["id"], node["title"]["name"]) for node in found] == [
        (episode.id, "Harbour"),
        (film.id, "Night train"),
    ]
    assert all(node["watchedAt"] for node in found)


def test_history_comes_in_pages(owner: Person, gql: Ask) -> None:
    films = [make_film(f"Film {number}") for number in range(3)]
    for number, film in enumerate(films):
        watched(owner, film, 9, ago=number)
    query = """query($after: String) { viewer { activeProfile { history(first: 2, after: $after) {
      totalCount edges { node { video { id } } } pageInfo { hasNextPage endCursor } } } } }"""

    page = gql(query, as_=owner)["data"]["viewer"]["activeProfile"]["history"]
    rest = gql(query, {"after": page["pageInfo"]["endCursor"]}, as_=owner)["data"]["viewer"]["activeProfile"]

    assert page["totalCount"] == 3
    assert [node["video"]["id"] for node in nodes(page)] == [films[0].id, films[1].id]
    assert [node["video"]["id"] for node in nodes(rest["history"])] == [films[2].id]
    assert rest["history"]["pageInfo"]["hasNextPage"] is False


def test_nobody_looks_at_the_shelf_of_another_profile(
    owner: Person, kid: Person, night_train: Film, gql: Ask, say: Say
) -> None:
    watched(owner, night_train, 12)
    say("AddToMyList", owner, titleId=night_train.title_id)
    query = """{ viewer { profiles { name continueWatching { totalCount } myList { totalCount }
      history { totalCount } } } }"""

    profiles = gql(query, as_=kid)["data"]["viewer"]["profiles"]

    by_name = {profile.pop("name"): profile for profile in profiles}
    assert by_name["Olive"] == {"continueWatching": None, "myList": None, "history": None}
    assert by_name["Kit"]["history"] == {"totalCount": 0}


def test_a_series_knows_the_profiles_next_episode(owner: Person, other_adult: Person, gql: Ask) -> None:
    first, second, third = make_series(seasons=(2, 1))
    query = "query($id: ID!) { node(id: $id) { ... on Series { nextEpisode { video { id } season { number } } } } }"

    def next_of(person: Person) -> str:
        answer = gql(query, {"id": first.title_id}, as_=person)
        found: str = answer["data"]["node"]["nextEpisode"]["video"]["id"]
        return found

    assert next_of(owner) == first.id
    watched(owner, first, 12, ago=30)
    assert next_of(owner) == first.id
    watched(owner, second, 30, ago=20, completed=True)
    assert next_of(owner) == third.id
    watched(owner, third, 30, ago=10, completed=True)
    assert next_of(owner) == first.id
    assert next_of(other_adult) == first.id


def test_the_home_page_begins_with_the_profiles_own_rows(
    owner: Person, other_adult: Person, say: Say, gql: Ask
) -> None:
    begun, listed = make_film("Begun"), make_film("Listed")
    watched(owner, begun, 12)
    say("AddToMyList", owner, titleId=listed.title_id)

    def rows(person: Person) -> list[tuple[str, list[str]]]:
        found = gql("Home", as_=person)["data"]["home"]["rows"]
        return [(row["kind"], [t["name"] for t in nodes(row["titles"])]) for row in nodes(found)]

    assert rows(owner)[:2] == [("CONTINUE_WATCHING", ["Begun"]), ("MY_LIST", ["Listed"])]
    assert "CONTINUE_WATCHING" not in dict(rows(other_adult))


def test_the_home_page_goes_on_with_what_the_shelf_does(owner: Person, gql: Ask, shelf: Any) -> None:
    for number, made in enumerate((True, False)):
        first, second = make_series(f"Series {number}", seasons=(2,))
        second.version.asset.state = AssetState.PLAYABLE if made else AssetState.ENCODING
        second.version.asset.save()
        watched(owner, first, 30, ago=number, completed=True)
    for name, seconds, completed in (("Begun", 12, False), ("Seen", 30, True), ("Looked into", 0.5, False)):
        watched(owner, make_film(name), seconds, ago=9, completed=completed)

    row = nodes(gql("Home", as_=owner)["data"]["home"]["rows"])[0]

    names = [node["title"]["name"] for node in nodes(shelf(owner)["continueWatching"])]
    assert [title["name"] for title in nodes(row["titles"])] == names == ["Series 0", "Begun"]


def test_the_shelf_costs_the_same_for_few_and_many(
    owner: Person, gql: Ask, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        film = make_film(f"Film {number}")
        watched(owner, film, 9, ago=number)
        ListEntry.objects.create(profile=owner.profile, title=film.title)
    for number in range(4):
        first, _ = make_series(f"Series {number}", seasons=(2,))
        watched(owner, first, 30, ago=number, completed=True)

    with django_assert_max_num_queries(25):
        answer = gql("Shelf", as_=owner)

    assert len(nodes(answer["data"]["viewer"]["activeProfile"]["continueWatching"])) == 16


def test_ids_of_another_type_are_not_found(owner: Person, night_train: Film, say: Say) -> None:
    wrong = encode_id("Video", night_train.title.pk)
    assert codes(say("AddToMyList", owner, titleId=wrong)) == ["NOT_FOUND"]
    assert codes(say("MarkWatched", owner, videoId=night_train.title_id, watched=True)) == ["NOT_FOUND"]
