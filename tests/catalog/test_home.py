"""The home page: rows in a stable order, nothing twice in the first ones, a cost that does not grow."""

from typing import Any

from catalog.models import Title
from catalog.selectors.home import home
from catalog.services.attach_asset import attach_asset
from catalog.services.update_title import update_title
from tests.catalog.conftest import MakeAsset, MakeTitle, feature_of
from tests.conftest import Ask
from tests.people import Person
from vod.lib.actor import Actor

ANYONE = Actor()


def rows() -> list[tuple[str, list[str]]]:
    return [(row.heading, [title.name for title in row.titles]) for row in home(ANYONE).rows]


def test_an_empty_library_has_no_hero_and_no_rows(gql: Ask, owner: Person) -> None:
    assert gql("Home", as_=owner)["data"]["home"] == {"hero": None, "rows": {"edges": []}}


def test_a_library_of_three_films_has_one_row(movie: MakeTitle) -> None:
    for name in ("One", "Two", "Three"):
        movie(name, genres=["Drama"])

    assert rows() == [("New in the library", ["Three", "Two", "One"])]


def test_the_newest_stand_first_then_genres_by_size_without_repeats_in_the_first_rows(
    movie: MakeTitle, series: MakeTitle
) -> None:
    for number in range(8):
        movie(f"Drama {number}", genres=["Drama"])
    for number in range(7):
        movie(f"Comedy {number}", genres=["Comedy"])
    for number in range(3):
        series(f"Series {number}", genres=["Science"])

    shown = rows()

    hero = home(ANYONE).hero
    assert hero is not None
    headings = [heading for heading, _ in shown]
    assert headings == ["New in the library", "Drama", "Comedy", "Science", "Series"]
    first = [name for _, names in shown[:3] for name in names]
    assert len({hero.name, *first}) == 1 + len(first)
    assert (hero.name, *shown[0][1][:2]) == ("Series 2", "Series 1", "Series 0")
    assert shown[-1] == ("Series", ["Series 2", "Series 1", "Series 0"])
    assert shown == rows()


def test_a_genre_of_two_titles_has_no_row(movie: MakeTitle) -> None:
    for number in range(9):
        movie(f"Drama {number}", genres=["Drama"])
    for number in range(2):
        movie(f"Western {number}", genres=["Western"])

    assert "Western" not in [heading for heading, _ in rows()]


def test_a_featured_title_stands_large_however_old_it_is(movie: MakeTitle) -> None:
    old = movie("Old favourite", is_featured=True)
    for number in range(50):
        movie(f"Film {number}")
    hero = home(ANYONE).hero
    assert hero == old

    update_title(title_id=old.pk, is_featured=False)
    hero = home(ANYONE).hero
    assert hero is not None
    assert hero.name == "Film 49"


def test_of_featured_titles_the_newest_that_can_be_watched_stands_large(
    movie: MakeTitle, asset: MakeAsset
) -> None:
    for name in ("Old", "Newer", "Newest"):
        movie(name, is_featured=True)
    movie("Plain")
    for name in ("Old", "Newer", "Plain"):
        attach_asset(video_id=feature_of(Title.objects.get(name=name)).pk, asset_id=asset().pk)
    hero = home(ANYONE).hero
    assert hero is not None
    assert hero.name == "Newer"

    for title in Title.objects.filter(is_featured=True):
        update_title(title_id=title.pk, is_featured=False)
    hero = home(ANYONE).hero
    assert hero is not None
    assert hero.name == "Plain"


def test_a_row_is_a_node_whose_titles_go_on(gql: Ask, owner: Person, kid: Person, movie: MakeTitle) -> None:
    for number in range(12):
        movie(f"Drama {number}", genres=["Drama"])
    row = gql("Home", {"perRow": 2}, as_=owner)["data"]["home"]["rows"]["edges"][0]["node"]
    assert row["titles"]["pageInfo"]["hasNextPage"] is True
    document = """query($id: ID!, $after: String) { node(id: $id) { ... on HomeRow {
        heading titles(first: 3, after: $after) { totalCount edges { node { name } } } } } }"""

    after = {"id": row["id"], "after": row["titles"]["pageInfo"]["endCursor"]}
    node = gql(document, after, as_=owner)["data"]["node"]

    assert node["heading"] == "New in the library"
    assert [edge["node"]["name"] for edge in node["titles"]["edges"]] == ["Drama 9", "Drama 8", "Drama 7"]
    assert gql(document, after, as_=kid)["data"] == {"node": None}


def test_home_costs_the_same_for_ten_titles_and_for_two_hundred(
    movie: MakeTitle, django_assert_num_queries: Any
) -> None:
    def fill(count: int) -> None:
        for number in range(count):
            movie(f"Film {number}", genres=[f"Genre {number % 7}"])

    fill(10)
    with django_assert_num_queries(3):
        home(ANYONE)
    fill(190)
    with django_assert_num_queries(3):
        home(ANYONE)
    assert Title.objects.count() == 200
