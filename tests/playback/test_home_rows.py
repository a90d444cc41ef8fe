"""The rows of the home page for a profile: what is in them, in which order, and what never is."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

import vod.schema  # noqa: F401 - joins what playback knows of profiles
from catalog.models import Genre, Neighbours, Popularity, Title
from catalog.selectors.home import Home, home
from catalog.services.changes import catalogue_changed
from catalog.services.collections import create_collection, set_collection_titles
from playback.models import Play, Progress, Rating
from playback.services.rate_title import rate_title
from playback.services.refresh_popularity import refresh_popularity
from playback.services.save_position import save_position
from tests.people import Person, make_person
from tests.playback.library import Film, make_film, make_title
from vod.lib.rows import new_id

Watch = Callable[..., None]


@pytest.fixture
def films(db: None) -> list[Film]:
    """Twenty films: ten dramas, six comedies and four westerns, the last of each for adults."""
    kinds = [*["Drama"] * 10, *["Comedy"] * 6, *["Western"] * 4]
    genres = {name: Genre.objects.create(slug=name.lower(), name=name) for name in dict.fromkeys(kinds)}
    made = []
    for number, kind in enumerate(kinds):
        last = number in (9, 15, 19)
        film = make_film(f"{kind} {number}", minimum_age=18 if last else 0)
        film.title.genres.add(genres[kind])
        made.append(film)
    return made


@pytest.fixture
def newer(films: list[Film]) -> None:
    """As many titles of no genre, which are newer, so that what is new takes nothing from the genres."""
    for number in range(len(films)):
        make_title(f"New {number}")
    catalogue_changed()


@pytest.fixture
def watch(db: None) -> Watch:
    """`watch(person, film, seconds=..., at=...)`: the profile is there in the film."""
    moments = count()

    def begin(person: Person, film: Film, *, seconds: float = 10.0, at: datetime | None = None) -> None:
        moment = at or timezone.now() + timedelta(milliseconds=next(moments))
        save_position(profile_id=person.profile_id, video=film.video, position_seconds=seconds, at=moment)

    return begin


def headings(page: Home) -> list[str]:
    return [row.heading for row in page.rows]


def names(page: Home, kind: str) -> list[str]:
    """Names in the first row of that kind."""
    return next(([title.name for title in row.titles] for row in page.rows if row.kind == kind), [])


def crowd(household: Any, size: int) -> list[Person]:
    return [make_person(household, f"Person {number}") for number in range(size)]


def test_what_more_people_watch_is_trending_and_each_counts_once_a_day(
    owner: Person, other_adult: Person, household: Any, films: list[Film], watch: Watch
) -> None:
    people = crowd(household, 3)
    for _ in range(9):
        watch(other_adult, films[2])
    for film, how_many in ((films[0], 1), (films[1], 3), (films[3], 2)):
        for person in people[:how_many]:
            watch(person, film)

    assert refresh_popularity()

    assert names(home(owner.actor), "TRENDING")[:2] == ["Drama 1", "Drama 3"]
    assert Popularity.objects.get(title=films[2].title).plays == 1
    assert Play.objects.filter(profile=other_adult.profile).count() == 1
    assert not refresh_popularity()


def test_a_look_is_no_play_and_a_trailer_is_none(owner: Person, films: list[Film], watch: Watch) -> None:
    watch(owner, films[0], seconds=0.5)
    films[1].video.kind = "TRAILER"
    films[1].video.save()
    watch(owner, films[1])

    refresh_popularity()

    assert (Play.objects.count(), Popularity.objects.count()) == (0, 0)


def test_plays_fade_and_are_forgotten(owner: Person, household: Any, films: list[Film]) -> None:
    today = timezone.now().date()
    people = crowd(household, 3)
    for film, days_ago, how_many in ((films[0], 9, 3), (films[1], 0, 1), (films[2], 3, 2), (films[3], 20, 3)):
        for person in people[:how_many]:
            Play.objects.create(
                profile=person.profile, title=film.title, day=today - timedelta(days=days_ago)
            )

    refresh_popularity()

    found = {row.title_id: (row.trending, row.plays) for row in Popularity.objects.all()}
    assert found == {
        films[0].title.pk: (0.375, 0),
        films[1].title.pk: (1.0, 1),
        films[2].title.pk: (1.0, 2),
    }
    assert not Play.objects.filter(title=films[3].title).exists()


def test_positions_from_before_plays_were_kept_count_as_plays_of_their_day(
    owner: Person, films: list[Film], watch: Watch
) -> None:
    watch(owner, films[0])
    Play.objects.all().delete()

    refresh_popularity()

    assert [row.plays for row in Popularity.objects.all()] == [1]


def test_a_second_day_is_a_second_play(owner: Person, films: list[Film], watch: Watch) -> None:
    now = timezone.now()
    for days_ago in (2, 1, 0):
        for seconds in (10.0, 12.0):
            watch(owner, films[0], seconds=seconds, at=now - timedelta(days=days_ago))

    assert Play.objects.count() == 3


def test_the_top_ten_has_ten_in_their_order_and_is_the_audiences(
    owner: Person, kid: Person, household: Any, films: list[Film]
) -> None:
    today = timezone.now().date()
    people = crowd(household, 12)
    # The first is for adults; each has one play less than the one before.
    order = [9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 10, 11]
    for place, number in enumerate(order):
        for person in people[place:]:
            Play.objects.create(profile=person.profile, title=films[number].title, day=today)
    refresh_popularity()

    expected = [films[number].title.name for number in order]
    assert names(home(owner.actor), "TOP_TEN") == expected[:10]
    assert names(home(kid.actor), "TOP_TEN") == expected[1:11]

    Play.objects.exclude(title__in=[film.title for film in films[:9]]).delete()
    refresh_popularity()
    assert names(home(owner.actor), "TOP_TEN") == []


def test_genres_that_a_profile_watches_and_likes_come_first_and_what_it_dislikes_last(
    owner: Person, other_adult: Person, films: list[Film], newer: None, watch: Watch
) -> None:
    watch(owner, films[17])
    rate_title(actor=owner.actor, title_id=films[11].title.pk, rating="LOVE")
    rate_title(actor=owner.actor, title_id=films[0].title.pk, rating="DOWN")

    liked = [row.key for row in home(owner.actor).rows if row.kind == "GENRE"]

    assert liked == ["genre-comedy", "genre-western", "genre-drama"]
    assert [row.key for row in home(other_adult.actor).rows if row.kind == "GENRE"][:1] == ["genre-drama"]


def test_rows_keep_their_places_within_a_visit(
    owner: Person, films: list[Film], newer: None, watch: Watch
) -> None:
    watch(owner, films[17])
    before = [row.key for row in home(owner.actor).rows if row.kind == "GENRE"]
    for number in (10, 11, 12):
        rate_title(actor=owner.actor, title_id=films[number].title.pk, rating="LOVE")

    assert [row.key for row in home(owner.actor).rows if row.kind == "GENRE"] == before

    cache.clear()
    after = [row.key for row in home(owner.actor).rows if row.kind == "GENRE"]
    assert (before[0], after[0]) == ("genre-western", "genre-comedy")


def test_what_is_turned_down_stands_nowhere_but_in_the_profiles_own_rows(
    owner: Person, household: Any, films: list[Film]
) -> None:
    today = timezone.now().date()
    for person in crowd(household, 2):
        for film in films:
            Play.objects.create(profile=person.profile, title=film.title, day=today)
    refresh_popularity()
    made = create_collection(name="Ours", home_place=1, shown_from=timezone.now() - timedelta(days=1))
    set_collection_titles(collection_id=made.pk, title_ids=[film.title.pk for film in films[:5]])
    turned_down = films[4].title
    page = home(owner.actor)
    assert sum(turned_down in row.titles for row in page.rows) >= 2

    Rating.objects.create(profile=owner.profile, title=turned_down, value="DOWN")

    page = home(owner.actor)
    assert [row.kind for row in page.rows if turned_down in row.titles] == []
    assert page.hero != turned_down


def test_because_you_watched_names_the_title_and_shows_what_is_like_it(
    owner: Person, films: list[Film], watch: Watch
) -> None:
    def like(film: Film, *others: Film) -> None:
        listed = [[other.title.pk.hex, 1.0 - place / 10, 0.0, 0, []] for place, other in enumerate(others)]
        Neighbours.objects.create(title=film.title, others=listed, made_at=timezone.now())

    like(films[0], films[17], films[10], films[19], films[1])
    watch(owner, films[0], seconds=29.9)
    films[0].title.names = {"de": "Das Drama"}
    films[0].title.save()

    row = next(row for row in home(owner.actor).rows if row.kind == "BECAUSE_YOU_WATCHED")

    assert row.about == films[0].title.pk
    assert [title.name for title in row.titles] == ["Western 17", "Comedy 10", "Western 19", "Drama 1"]

    Rating.objects.create(profile=owner.profile, title=films[0].title, value="DOWN")
    assert names(home(owner.actor), "BECAUSE_YOU_WATCHED") == []


@pytest.mark.parametrize("unrated", [False, True])
def test_a_child_sees_rated_titles_within_its_limit_in_every_row(
    kid: Person, household: Any, films: list[Film], watch: Watch, unrated: bool
) -> None:
    """Whatever has put them there: others' plays, editors, its own rows from before the limit."""
    too_old = {film.title.pk for film in (films[9], films[15], films[19])}
    if unrated:
        Title.objects.filter(pk__in=too_old).update(minimum_age=None)
    today = timezone.now().date()
    for person in crowd(household, 2):
        for film in films:
            Play.objects.create(profile=person.profile, title=film.title, day=today)
    refresh_popularity()
    made = create_collection(name="Ours", home_place=1, shown_from=timezone.now() - timedelta(days=1))
    set_collection_titles(collection_id=made.pk, title_ids=[film.title.pk for film in films])
    Title.objects.filter(pk__in=too_old).update(is_featured=True)
    for film in (films[9], films[0]):
        Progress.objects.create(
            profile=kid.profile, video=film.video, position_seconds=9, updated_at=timezone.now()
        )
        listed = [[other.title.pk.hex, 1.0, 0.0, 0, []] for other in films]
        Neighbours.objects.create(title=film.title, others=listed, made_at=timezone.now())
    rate_title(actor=kid.actor, title_id=films[1].title.pk, rating="LOVE")
    catalogue_changed()

    page = home(kid.actor)

    kinds = {row.kind for row in page.rows}
    assert {"CONTINUE_WATCHING", "TRENDING", "TOP_TEN", "COLLECTION", "BECAUSE_YOU_WATCHED", "GENRE"} <= kinds
    assert not {title.pk for row in page.rows for title in row.titles} & too_old
    assert page.hero is not None
    assert page.hero.pk not in too_old


def test_nothing_stands_twice_on_the_first_screen(
    owner: Person, household: Any, films: list[Film], watch: Watch
) -> None:
    for person in crowd(household, 2):
        for film in films:
            watch(person, film)
    for film in films[:3]:
        watch(owner, film)
    refresh_popularity()

    page = home(owner.actor)

    assert page.hero is not None
    first = [title.pk for row in page.rows[:3] for title in row.titles]
    assert len(set(first)) == len(first)
    assert page.hero.pk not in first
    assert headings(home(owner.actor)) == headings(page)


def test_collections_stand_in_the_editors_order_and_language(owner: Person, films: list[Film]) -> None:
    yesterday = timezone.now() - timedelta(days=1)
    for name, place in (("Second", 2), ("First", 1), ("Not at home", None)):
        made = create_collection(name=name, home_place=place, shown_from=yesterday)
        set_collection_titles(
            collection_id=made.pk, title_ids=[films[number].title.pk for number in (5, 3, 8)]
        )
        made.names = {"de": f"{name} auf Deutsch"}
        made.save()
    create_collection(name="Empty", home_place=3, shown_from=yesterday)
    catalogue_changed()

    page = home(owner.actor)
    collections = [row for row in page.rows if row.kind == "COLLECTION"]

    assert [row.heading for row in collections] == ["First", "Second"]
    assert [title.name for title in collections[0].titles] == ["Drama 5", "Drama 3", "Drama 8"]
    owner.profile.language = "de"
    owner.profile.save()
    assert "First auf Deutsch" in headings(home(owner.actor))


def test_marks_beyond_what_is_read_at_once_are_asked_for_title_by_title(
    gql: Any, owner: Person, films: list[Film], monkeypatch: pytest.MonkeyPatch
) -> None:
    for film in films[:4]:
        Rating.objects.create(id=new_id(), profile=owner.profile, title=film.title, value="UP")
    expected = gql("Home", as_=owner)
    monkeypatch.setattr("playback.selectors.shelf.MOST_MARKS", 2)
    cache.clear()

    answer = gql("Home", as_=owner)

    cards = [
        one["node"]
        for row in answer["data"]["home"]["rows"]["edges"]
        for one in row["node"]["titles"]["edges"]
    ]
    assert {card["name"] for card in cards if card["myRating"] == "UP"} == {f"Drama {n}" for n in range(4)}
    assert "errors" not in expected
