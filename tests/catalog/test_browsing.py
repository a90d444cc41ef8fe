"""From a draft to a title that people find: through the API, as a program does it."""

from typing import Any

from catalog.services.set_credits import CreditLine, set_credits
from tests.catalog.conftest import MakeTitle
from tests.conftest import Ask
from tests.people import Person


def names(connection: dict[str, Any]) -> list[str]:
    return [edge["node"]["name"] for edge in connection["edges"]]


def create(gql: Ask, operator: Person, name: str, **facts: Any) -> dict[str, Any]:
    answer = gql("CreateMovie", {"input": {"name": name, **facts}}, as_=operator)
    assert answer["data"]["createMovie"]["errors"] == []
    made: dict[str, Any] = answer["data"]["createMovie"]["movie"]
    return made


def test_a_film_is_made_published_browsed_searched_and_opened(
    gql: Ask, operator: Person, owner: Person
) -> None:
    made = create(
        gql,
        operator,
        "The Lamplighter",
        year=1961,
        synopsis="A man lights lamps.",
        maturityRating="PG",
        genres=["Drama", "Quiet films"],
        originalName="Lyktetenneren",
        originalLanguage="nb",
    )
    assert made["slug"] == "the-lamplighter"
    lines = [
        {"personName": "Ida Holm", "role": "Director"},
        {"personName": "Per Dahl", "role": "Actor", "character": "The lamplighter"},
    ]
    answer = gql("SetCredits", {"input": {"titleId": made["id"], "credits": lines}}, as_=operator)
    assert answer["data"]["setCredits"]["errors"] == []
    assert gql("Browse", as_=owner)["data"]["titles"]["totalCount"] == 0
    assert gql("TitlePage", {"slug": made["slug"]}, as_=owner)["data"]["title"] is None

    answer = gql("PublishTitle", {"input": {"titleId": made["id"]}}, as_=operator)

    assert answer["data"]["publishTitle"] == {"title": {"id": made["id"]}, "errors": []}
    assert names(gql("Browse", as_=owner)["data"]["titles"]) == ["The Lamplighter"]
    for text in ("lamp", "LYKTE", "ida holm", "quiet"):
        assert names(gql("Search", {"text": text}, as_=owner)["data"]["search"]) == ["The Lamplighter"]
    page = gql("TitlePage", {"slug": made["slug"]}, as_=owner)["data"]["title"]
    assert page["__typename"] == "Movie"
    assert page["originalName"] == "Lyktetenneren"
    assert page["genres"] == [
        {"slug": "drama", "name": "Drama"},
        {"slug": "quiet-films", "name": "Quiet films"},
    ]
    people = [(e["node"]["person"]["name"], e["node"]["role"]) for e in page["credits"]["edges"]]
    assert people == [("Ida Holm", "Director"), ("Per Dahl", "Actor")]
    assert page["video"] == {
        "id": made["video"]["id"],
        "kind": "FEATURE",
        "durationSeconds": None,
        "isPlayable": False,
        "previewUrl": None,
        "progress": None,
        "markers": [],
        "chapters": [],
        "audioTracks": [],
        "subtitleTracks": [],
    }
    home = gql("Home", as_=owner)["data"]["home"]
    assert home["hero"]["name"] == "The Lamplighter"


def test_a_series_has_its_seasons_and_episodes_in_order(gql: Ask, operator: Person, owner: Person) -> None:
    answer = gql("CreateSeries", {"input": {"name": "Slow water"}}, as_=operator)
    series = answer["data"]["createSeries"]["series"]
    for season, number, name in ((2, 1, "Back"), (1, 2, "Onward"), (1, 1, "Out")):
        episode = {"seriesId": series["id"], "seasonNumber": season, "number": number, "name": name}
        made = gql("CreateEpisode", {"input": episode}, as_=operator)["data"]["createEpisode"]
        assert made["errors"] == []
        assert made["episode"]["video"]["id"]
    gql("PublishTitle", {"input": {"titleId": series["id"]}}, as_=operator)

    page = gql("TitlePage", {"slug": "slow-water"}, as_=owner)["data"]["title"]

    shown = [
        (season["number"], season["name"], [edge["node"]["name"] for edge in season["episodes"]["edges"]])
        for season in page["seasons"]
    ]
    assert shown == [(1, "Season 1", ["Out", "Onward"]), (2, "Season 2", ["Back"])]
    taken = {"seriesId": series["id"], "seasonNumber": 1, "number": 1, "name": "Again"}
    answer = gql("CreateEpisode", {"input": taken}, as_=operator)["data"]["createEpisode"]
    assert answer["episode"] is None
    assert [(e["code"], e["field"]) for e in answer["errors"]] == [("DUPLICATE", "number")]


def test_a_list_is_narrowed_down_and_ordered(
    gql: Ask, owner: Person, movie: MakeTitle, series: MakeTitle
) -> None:
    movie("Éclair", year=1950, genres=["Drama"], original_language="fr")
    movie("Apple", year=1990, genres=["Drama", "Comedy"], original_language="en-GB")
    series("Brook", genres=["Comedy"])

    def browse(order: str = "NEWEST", **wanted: Any) -> list[str]:
        answer = gql("Browse", {"filter": wanted, "orderBy": order}, as_=owner)
        return names(answer["data"]["titles"])

    assert browse() == ["Brook", "Apple", "Éclair"]
    assert browse("NAME") == ["Apple", "Brook", "Éclair"]
    assert browse("YEAR") == ["Apple", "Éclair", "Brook"]
    assert browse("YEAR_ASCENDING") == ["Brook", "Éclair", "Apple"]
    assert browse(kind="SERIES") == ["Brook"]
    assert browse(genre="comedy") == ["Brook", "Apple"]
    assert browse(genre="no-such") == []
    assert browse(yearFrom=1960) == ["Apple"]
    assert browse(yearTo=1960) == ["Éclair"]
    assert browse(language="en") == ["Apple"]


def test_pages_follow_each_other_without_gap_or_repeat_in_every_order(
    gql: Ask, owner: Person, movie: MakeTitle
) -> None:
    made = {
        movie(f"Film {number % 4}", year=1990 + number % 3 if number % 5 else None).name
        for number in range(9)
    }
    for order in ("NEWEST", "OLDEST", "NAME", "YEAR", "YEAR_ASCENDING"):
        seen: list[str] = []
        after = None
        for _ in range(5):
            answer = gql("Browse", {"orderBy": order, "first": 2, "after": after}, as_=owner)["data"][
                "titles"
            ]
            assert answer["totalCount"] == 9
            seen += [edge["node"]["id"] for edge in answer["edges"]]
            after = answer["pageInfo"]["endCursor"]
        assert len(seen) == len(set(seen)) == 9, order
        assert answer["pageInfo"]["hasNextPage"] is False
    assert len(made) == 4


def test_a_page_of_no_size_or_a_made_up_cursor_is_bad_input(
    gql: Ask, owner: Person, movie: MakeTitle
) -> None:
    movie("Apple")
    for variables in ({"first": 0}, {"first": 101}, {"first": -1}, {"after": "bm9uZQ"}, {"after": "\ud800"}):
        answer = gql("Browse", variables, as_=owner)
        assert answer["errors"][0]["extensions"]["code"] == "BAD_INPUT", variables


def test_similar_titles_share_people_or_genres_and_the_closest_goes_first(
    gql: Ask, owner: Person, operator: Person, movie: MakeTitle
) -> None:
    first = movie("First", genres=["Drama", "Comedy"])
    movie("One genre", genres=["Drama"])
    both = movie("Both genres", genres=["Drama", "Comedy"])
    person = movie("Same director", genres=["Comedy"])
    movie("Another world", genres=["Western"])
    movie("Hidden", genres=["Drama", "Comedy"], published=False)
    for title in (first, person):
        set_credits(title_id=title.pk, credits=[CreditLine("Ida Holm", "Director")])

    page = gql("TitlePage", {"slug": "first"}, as_=owner)["data"]["title"]

    assert names(page["similar"]) == ["Same director", both.name, "One genre"]


def test_genres_count_what_the_asker_sees(gql: Ask, owner: Person, kid: Person, movie: MakeTitle) -> None:
    movie("For all", genres=["Comedy", "Drama"], maturity_rating="U")
    movie("For grown-ups", genres=["Drama"], maturity_rating="18")
    movie("Draft", genres=["Western"], published=False)

    assert gql("Genres", as_=owner)["data"]["genres"] == [
        {"slug": "comedy", "name": "Comedy", "titleCount": 1},
        {"slug": "drama", "name": "Drama", "titleCount": 2},
    ]
    assert gql("Genres", as_=kid)["data"]["genres"] == [
        {"slug": "comedy", "name": "Comedy", "titleCount": 1},
        {"slug": "drama", "name": "Drama", "titleCount": 1},
    ]
