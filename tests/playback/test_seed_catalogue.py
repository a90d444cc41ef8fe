"""`manage.py seed_catalogue`: a library that looks real, the same for the same seed."""

from io import StringIO
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Count
from django.test import Client

from accounts.models import AccessToken, Profile
from catalog import search
from catalog.models import (
    AlternativeName,
    Artwork,
    Collection,
    Credit,
    Episode,
    Neighbours,
    Person,
    Popularity,
    Publication,
    Tag,
    Title,
    TitleKind,
    Video,
)
from playback.models import ListEntry, Play, Progress, Rating
from tests.conftest import Ask
from tests.people import Person as Somebody
from tests.people import make_token

TITLES = 150
# Fewer profiles than a taste needs would say nothing.
PROFILES = 30


def seed(**options: object) -> str:
    out = StringIO()
    call_command(
        "seed_catalogue", **{"titles": TITLES, "profiles": PROFILES, "views": 12, **options}, stdout=out
    )
    return out.getvalue()


@pytest.fixture
def seeded(db: None) -> str:
    return seed()


def names() -> list[tuple[UUID, str]]:
    return list(Title.objects.order_by("id").values_list("id", "name"))


def test_a_seeded_library_has_what_a_real_one_has(seeded: str) -> None:
    assert f"{TITLES} of {TITLES} titles" in seeded
    films, series = (Title.objects.filter(kind=kind).count() for kind in (TitleKind.MOVIE, TitleKind.SERIES))
    assert films + series == TITLES
    assert films > series > 1
    longest = Title.objects.annotate(episodes=Count("seasons__episodes")).order_by("-episodes")[0]
    assert longest.seasons.get().episodes.count() == 100
    assert Title.objects.values("original_language").distinct().count() > 5
    assert Title.objects.filter(name__regex=r"[^\x00-\x7f]").exists()
    assert Title.objects.filter(minimum_age=None).exists()
    assert Title.objects.filter(published_at=None).exists()
    busiest = Person.objects.annotate(n=Count("credits")).order_by("-n").values_list("n", flat=True)
    assert busiest[0] > 5 * Credit.objects.count() / Person.objects.count()
    assert not Video.objects.exclude(asset__state="READY").exists()
    assert not Video.objects.filter(episode=None, kind="EPISODE").exists()
    assert Episode.objects.filter(artwork=None).count() == 0
    assert Artwork.objects.values("key").distinct().count() < 20
    check_tastes()
    check_words_and_shelves()
    check_what_is_made_of_it()


def test_it_can_be_browsed_searched_and_looked_at(seeded: str, gql: Ask, client: Client) -> None:
    profile = Profile.objects.filter(maturity_limit=None)[0]
    somebody = Somebody(profile.user, profile, make_token(profile.user, profile))
    page = gql("Browse", {"first": 100}, as_=somebody)["data"]["titles"]
    seen = Title.objects.visible_to(somebody.actor)

    assert page["totalCount"] == seen.count() < TITLES
    card = page["edges"][0]["node"]
    picture = client.get(card["artwork"]["posterUrl"])
    assert (picture.status_code, len(picture.getvalue()) > 100) == (200, True)
    picture.close()
    assert card["artwork"]["blurhash"]
    found = gql("Search", {"text": card["name"]}, as_=somebody)["data"]["search"]
    assert card["id"] in [edge["node"]["id"] for edge in found["edges"]]
    watched = gql("Shelf", as_=somebody)["data"]["viewer"]["activeProfile"]["history"]["edges"]
    assert watched or not Progress.objects.filter(profile=profile).exists()
    film = seen.filter(kind=TitleKind.MOVIE)[0]
    video = gql("TitlePage", {"slug": film.slug}, as_=somebody)["data"]["title"]["video"]
    assert video["isPlayable"]
    assert video["audioTracks"]


def check_tastes() -> None:
    """Profiles stay within their limits; some films are watched by many, most by few."""
    places = Progress.objects.select_related("profile", "video__title")

    for place in places:
        age, limit = place.video.title.minimum_age, place.profile.maturity_limit
        assert limit is None or age is None or age <= limit
        assert not (place.profile.is_kids and age is None)
    assert Profile.objects.count() == PROFILES
    watching = places.values("profile").distinct().count()
    assert watching > PROFILES * 0.8
    by_title = (
        Progress.objects.values("video__title").annotate(n=Count("profile", distinct=True)).order_by("-n")
    )
    assert by_title[0]["n"] > 3 * sum(row["n"] for row in by_title) / TITLES
    assert ListEntry.objects.exists()
    assert Rating.objects.exists()
    assert not AccessToken.objects.exists()
    assert not any(profile.user.has_usable_password() for profile in Profile.objects.select_related("user"))


def check_words_and_shelves() -> None:
    """Other names, countries, tags and collections are there, and say what their columns may say."""
    for title in Title.objects.all():
        assert title.countries
        assert title.languages[0] == title.original_language
        assert bool(title.ratings) == bool(title.maturity_rating)
    assert Title.objects.exclude(names={}).count() > TITLES / 5
    assert Title.objects.exclude(synopses={}).exists()
    assert AlternativeName.objects.exists()
    assert 0.9 * TITLES < Publication.objects.count() <= TITLES
    assert Tag.objects.annotate(n=Count("titles")).filter(n__gt=1).count() > 20
    assert Collection.objects.live().filter(home_place__isnull=False).exists()
    assert Collection.objects.count() > Collection.objects.live().count()
    assert Video.objects.exclude(chapters=None).exists()


def check_what_is_made_of_it() -> None:
    """The library is as periodic tasks would have left it."""
    assert search.unindexed() == 0
    assert search.differences() == []
    assert Neighbours.objects.exclude(others=[]).count() > TITLES * 0.9
    assert Popularity.objects.filter(plays__gt=0).exists()
    assert Play.objects.exists()


@pytest.mark.django_db
def test_the_same_seed_makes_the_same_library_and_another_makes_another() -> None:
    made = []
    for number in (1, 1, 2):
        seed(seed=number, titles=30, profiles=8)
        made.append(
            (
                names(),
                list(Progress.objects.order_by("id").values_list("video__title__name", "position_seconds")),
            )
        )
        for model in (Progress, Video, Title, Person, Collection, Profile):
            model._default_manager.all().delete()

    first, again, other = made
    assert [name for _, name in first[0]] == [name for _, name in again[0]]
    assert sorted(first[1]) == sorted(again[1])
    assert [name for _, name in first[0]] != [name for _, name in other[0]]


def test_a_library_with_titles_stays_as_it_is_unless_told_otherwise(seeded: str) -> None:
    before = names()

    with pytest.raises(CommandError, match="--force"):
        seed()

    assert names() == before
    seed(force=True)
    assert Title.objects.count() == 2 * TITLES
    assert set(before) <= set(names())
    connection.check_constraints()


@pytest.mark.django_db
@pytest.mark.parametrize("options", [{"titles": 0}, {"titles": 2_000_000}, {"titles": 1, "views": -1}])
def test_figures_that_make_no_library_are_refused(options: dict[str, int]) -> None:
    with pytest.raises(CommandError):
        call_command("seed_catalogue", **options)

    assert not Title.objects.exists()
