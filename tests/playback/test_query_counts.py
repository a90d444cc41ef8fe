"""What the home page costs, whole: who asks, the catalogue's rows, and the profile's own."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from accounts.models import Profile
from catalog.models import ArtworkKind, Genre, Title, TitleKind
from catalog.services.artwork import put_artwork
from catalog.services.changes import catalogue_changed
from playback.models import ListEntry, Progress
from tests.conftest import Ask
from tests.documents import APP, document, operations
from tests.people import PASSWORD, Person
from tests.playback.library import make_film, make_series

# Cold: what is remembered costs four. The app asks for more than the contract: how far films are, and where one is.
AT_MOST = {"contract": 12, "app": 16}


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "picture.png"
    Image.linear_gradient("L").resize((60, 90)).convert("RGB").save(path)
    return path


@pytest.fixture
def browser(owner: Person) -> Client:
    """The owner's browser, signed in by cookie with her profile chosen."""
    owner.user.set_password(PASSWORD)
    owner.user.save()
    client = Client()
    sign_in = {"email": owner.user.email, "password": PASSWORD, "transport": "COOKIE"}
    for name, values in (("SignIn", sign_in), ("ActivateProfile", {"profileId": owner.global_profile_id})):
        answer = client.post(
            "/graphql/",
            {"query": document(name), "variables": {"input": values}},
            content_type="application/json",
        ).json()
        (payload,) = answer["data"].values()
        assert payload["errors"] == []
    return client


def fill(owner: Profile, count: int, picture: Path) -> None:
    """A library in which everything has something to show: films begun, listed and new, series half seen."""
    drama = Genre.objects.create(slug="drama", name="Drama")
    for number in range(count):
        film = make_film(f"Film {number}")
        film.title.genres.add(drama)
        film.title.is_featured = True
        film.title.save()
        put_artwork(source=picture, kind=ArtworkKind.POSTER, title=film.title)
        listed = make_film(f"Listed {number}")
        ListEntry.objects.create(profile=owner, title=listed.title)
        episode = make_series(f"Show {number}")[0]
        episode.title.genres.add(drama)
        for seen, seconds in ((film, 9.0), (episode, 29.9)):
            Progress.objects.create(
                profile=owner,
                video=seen.video,
                position_seconds=seconds,
                completed=seconds > 20,
                updated_at=film.title.created_at,
            )


def feature(kind: TitleKind) -> None:
    """Of that kind alone something may stand large, and that has been begun."""
    Title.objects.update(is_featured=False)
    Title.objects.filter(kind=kind).exclude(name__startswith="Listed").update(is_featured=True)
    catalogue_changed()


@pytest.mark.parametrize("kind", [TitleKind.MOVIE, TitleKind.SERIES])
@pytest.mark.parametrize("count", [2, 8])
@pytest.mark.parametrize("whose", ["contract", "app"])
def test_the_home_page_costs_twelve_statements_however_much_it_shows(
    owner: Person, browser: Client, gql: Ask, picture: Path, whose: str, count: int, kind: TitleKind
) -> None:
    fill(owner.profile, count, picture)
    feature(kind)

    with CaptureQueriesContext(connection) as statements:
        answer = gql(document("Home") if whose == "contract" else operations(APP)["Home"], client=browser)

    assert "errors" not in answer, answer
    rows = [edge["node"]["kind"] for edge in answer["data"]["home"]["rows"]["edges"]]
    assert {"CONTINUE_WATCHING", "MY_LIST"} <= set(rows)
    assert answer["data"]["home"]["hero"]["__typename"] == kind.title()
    assert len(statements) <= AT_MOST[whose], [query["sql"][:90] for query in statements.captured_queries]


def test_the_apps_hero_says_where_the_profile_is_in_it(
    owner: Person, browser: Client, gql: Ask, picture: Path
) -> None:
    fill(owner.profile, 2, picture)

    feature(TitleKind.MOVIE)
    film = gql(operations(APP)["Home"], client=browser)["data"]["home"]["hero"]
    feature(TitleKind.SERIES)
    series = gql(operations(APP)["Home"], client=browser)["data"]["home"]["hero"]

    assert (film["name"], film["video"]["progress"]["positionSeconds"]) == ("Film 1", 9.0)
    assert (series["name"], series["seasonCount"]) == ("Show 1", 2)
    assert (series["nextEpisode"]["season"]["number"], series["nextEpisode"]["number"]) == (1, 2)
    assert series["nextEpisode"]["video"]["progress"] is None
