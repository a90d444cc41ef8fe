"""What a profile may not see does not exist for it, by whichever way it asks."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from catalog.models import Title
from catalog.services.create_episode import create_episode
from catalog.services.publish_title import publish_title
from catalog.services.set_credits import CreditLine, set_credits
from catalog.services.unpublish_title import unpublish_title
from tests.catalog.conftest import MakeTitle, feature_of
from tests.conftest import Ask
from tests.people import Person
from vod.lib.graphql.ids import encode_id


@pytest.fixture
def library(movie: MakeTitle, series: MakeTitle) -> dict[str, Title]:
    """One title of each sort, by a word for it; all share a genre."""
    now = timezone.now()
    facts: dict[str, Any] = {"genres": ["Drama"]}
    made = {
        "for all": movie("For all", maturity_rating="U", **facts),
        "for twelve": movie("For twelve", maturity_rating="12A", **facts),
        "for grown-ups": movie("For grown-ups", maturity_rating="18", **facts),
        "unrated": movie("Unrated", **facts),
        "draft": movie("Draft", maturity_rating="U", published=False, **facts),
        "withdrawn": movie("Withdrawn", maturity_rating="U", **facts),
        "coming": movie("Coming", maturity_rating="U", **facts),
        "gone": movie("Gone", maturity_rating="U", **facts),
        "dark series": series("Dark series", maturity_rating="TV-MA", **facts),
    }
    unpublish_title(title_id=made["withdrawn"].pk)
    publish_title(title_id=made["coming"].pk, available_from=now + timedelta(days=1))
    publish_title(
        title_id=made["gone"].pk,
        available_from=now - timedelta(days=2),
        available_until=now - timedelta(days=1),
    )
    create_episode(series_id=made["dark series"].pk, season_number=1, number=1, name="Night")
    for title in made.values():
        set_credits(title_id=title.pk, credits=[CreditLine(f"Someone of {title.name}", "Director")])
    return made


SEEN = {
    "owner": {"for all", "for twelve", "for grown-ups", "unrated", "dark series"},
    "kid": {"for all"},
    "stranger": {"for all", "for twelve", "for grown-ups", "unrated", "dark series"},
    "operator": {
        "for all",
        "for twelve",
        "for grown-ups",
        "unrated",
        "dark series",
        "draft",
        "withdrawn",
        "coming",
        "gone",
    },
}


def names(connection: dict[str, Any]) -> set[str]:
    return {edge["node"]["name"].lower() for edge in connection["edges"]}


@pytest.mark.parametrize("who", SEEN)
def test_every_list_shows_what_the_profile_may_see_and_nothing_else(
    gql: Ask, library: dict[str, Title], request: pytest.FixtureRequest, who: str
) -> None:
    person: Person = request.getfixturevalue(who)

    browse = gql("Browse", as_=person)["data"]["titles"]
    search = gql("Search", {"text": "drama"}, as_=person)["data"]["search"]
    similar = gql("TitlePage", {"slug": "for-all"}, as_=person)["data"]["title"]["similar"]
    genres = gql("Genres", as_=person)["data"]["genres"]
    home = gql("Home", as_=person)["data"]["home"]

    assert names(browse) == SEEN[who]
    assert browse["totalCount"] == len(SEEN[who])
    assert names(search) == SEEN[who]
    assert search["totalCount"] == len(SEEN[who])
    assert names(similar) == SEEN[who] - {"for all"}
    assert genres == [{"slug": "drama", "name": "Drama", "titleCount": len(SEEN[who])}]
    shown = set().union(*(names(row["node"]["titles"]) for row in home["rows"]["edges"]))
    assert shown <= SEEN[who]
    assert home["hero"]["name"].lower() in SEEN[who]


@pytest.mark.parametrize("who", SEEN)
def test_every_single_way_in_answers_null_for_what_the_profile_may_not_see(
    gql: Ask, library: dict[str, Title], request: pytest.FixtureRequest, who: str
) -> None:
    person: Person = request.getfixturevalue(who)
    for word, title in library.items():
        ids = [encode_id(title.graphql_type, title.pk), encode_id("Person", title.credits.get().person_id)]
        if title.graphql_type == "Movie":
            ids.append(encode_id("Video", feature_of(title).pk))
        else:
            season = title.seasons.get()
            episode = season.episodes.get()
            ids += [
                encode_id("Season", season.pk),
                encode_id("Episode", episode.pk),
                encode_id("Video", episode.video.pk),
            ]
        expected = word in SEEN[who]
        assert (gql("TitlePage", {"slug": title.slug}, as_=person)["data"]["title"] is not None) is expected
        for one in ids:
            node = gql("Node", {"id": one}, as_=person)["data"]["node"]
            assert (node is not None) is expected, (word, one)
            assert node is None or node["id"] == one


def test_an_id_of_another_type_or_of_nothing_is_not_found(gql: Ask, owner: Person, movie: MakeTitle) -> None:
    title = movie("Lamp")
    for one in (
        encode_id("Series", title.pk),
        encode_id("Genre", title.pk),
        encode_id("HomeRow", title.pk),
        str(title.pk),
        "",
        "\ud800",
        "TW92aWU6",
    ):
        assert gql("Node", {"id": one}, as_=owner)["data"] == {"node": None}


def test_odd_addresses_and_texts_find_nothing_and_break_nothing(
    gql: Ask, owner: Person, movie: MakeTitle
) -> None:
    movie("Lamp")
    for text in ("", " ", "%", "_", "\0", "\ud800", "'; --", "x" * 10_000, "∀∃"):
        assert gql("TitlePage", {"slug": text}, as_=owner) == {"data": {"title": None}}, text
        found = gql("Search", {"text": text}, as_=owner)
        assert found["data"]["search"]["edges"] == [], text
        for order in ("NEWEST", "YEAR"):
            wanted = {"filter": {"genre": text, "language": text}, "orderBy": order}
            assert gql("Browse", wanted, as_=owner)["data"]["titles"]["edges"] == [], text


def test_nobody_signed_in_browses_only_where_the_installation_says_so(
    gql: Ask, movie: MakeTitle, settings: Any
) -> None:
    movie("Lamp")
    answer = gql("Browse")
    assert answer["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"

    settings.PUBLIC_CATALOGUE = True
    assert gql("Browse")["data"]["titles"]["totalCount"] == 1


OPERATIONS: dict[str, dict[str, Any]] = {
    "CreateMovie": {"name": "New"},
    "CreateSeries": {"name": "New"},
    "CreateEpisode": {"seriesId": "x", "seasonNumber": 1, "number": 1, "name": "New"},
    "CreateTrailer": {"titleId": "x", "name": "New"},
    "UpdateTitle": {"titleId": "x", "name": "New"},
    "PublishTitle": {"titleId": "x"},
    "UnpublishTitle": {"titleId": "x"},
    "DeleteTitle": {"titleId": "x"},
    "SetArtwork": {"titleId": "x", "kind": "POSTER", "atSeconds": 1},
    "SetCredits": {"titleId": "x", "credits": []},
    "SetMarkers": {"videoId": "x", "markers": []},
    "AttachAsset": {"videoId": "x", "assetId": "x"},
}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_only_operators_change_the_library(
    gql: Ask, owner: Person, kid: Person, operator: Person, movie: MakeTitle, operation: str
) -> None:
    title = movie("Lamp", maturity_rating="U")
    values = dict(OPERATIONS[operation])
    for name, kind, row in (("titleId", "Movie", title), ("videoId", "Video", feature_of(title))):
        if name in values:
            values[name] = encode_id(kind, row.pk)
    before = list(Title.objects.values("id", "name", "published_at"))
    for person, code in ((None, "UNAUTHENTICATED"), (owner, "FORBIDDEN"), (kid, "FORBIDDEN")):
        answer = gql(operation, {"input": values}, as_=person)
        (payload,) = answer["data"].values()
        assert [error["code"] for error in payload.pop("errors")] == [code]
        assert set(payload.values()) == {None}
        assert list(Title.objects.values("id", "name", "published_at")) == before
    if "titleId" in values or "videoId" in values:
        unknown = {**values, "titleId": "x"} if "titleId" in values else {**values, "videoId": "x"}
        answer = gql(operation, {"input": unknown}, as_=operator)
        (payload,) = answer["data"].values()
        assert [error["code"] for error in payload["errors"]] == ["NOT_FOUND"]
