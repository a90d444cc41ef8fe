"""Ratings of many systems on one scale; of several of a title one counts."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from catalog.maturity import SYSTEMS, normal_rating, read_rating
from catalog.models import Title
from catalog.services.set_ratings import set_ratings
from catalog.services.update_title import update_title
from tests.catalog.conftest import MakeTitle
from tests.conftest import Ask
from tests.people import Person
from vod.lib.graphql.ids import encode_id

PAGE = Path(__file__).parents[2] / "docs" / "ratings.md"


def test_the_page_of_ratings_says_what_the_program_holds() -> None:
    said = {}
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 6 and cells[0] in SYSTEMS:
            said[cells[0]] = [tuple(one.rsplit(" ", 1)) for one in cells[4].split(", ")]
    held = {key: [(label, str(age)) for label, age in system.ages.items()] for key, system in SYSTEMS.items()}
    assert said == held


def test_ages_of_a_system_never_fall_and_lie_on_the_scale() -> None:
    for key, system in SYSTEMS.items():
        if key != "CBFC":
            assert list(system.ages.values()) == sorted(system.ages.values()), key
        assert all(0 <= age <= 18 for age in system.ages.values()), key


@pytest.mark.parametrize(
    ("given", "system", "label", "shown"),
    [
        ("12a", "BBFC", "12A", "12A"),
        ("pg", "BBFC", "PG", "PG"),
        ("r", "MPA", "R", "R"),
        ("FSK-12", "FSK", "12", "FSK 12"),
        ("pegi16", "PEGI", "16", "PEGI 16"),
        ("al", "KIJKWIJZER", "AL", "NICAM AL"),
        ("Kijkwijzer 14", "KIJKWIJZER", "14", "NICAM 14"),
        ("CNC tp", "CNC", "TP", "CNC TP"),
        ("tv-y7-fv", "TV", "TV-Y7-FV", "TV-Y7-FV"),
        ("ua 13+", "CBFC", "UA 13+", "UA 13+"),
        ("9", "AGE", "9", "9"),
    ],
)
def test_a_rating_is_of_a_system(given: str, system: str, label: str, shown: str) -> None:
    assert read_rating(given) == (system, label)
    assert normal_rating(given) == normal_rating(shown) == shown


def test_every_rating_is_read_back_as_it_is_shown() -> None:
    for key, system in SYSTEMS.items():
        for label, age in system.ages.items():
            read = read_rating(system.shown(label))
            assert read is not None
            # Boards share words (PG, G, R); a shared word may be read as another board's of a like age.
            assert read == (key, label) or abs(SYSTEMS[read[0]].ages[read[1]] - age) <= 1, (key, label)


def test_bare_words_are_of_the_system_that_counts_here(settings: Any) -> None:
    settings.RATING_SYSTEMS = ["chvrs"]

    assert read_rating("R") == ("CHVRS", "R")


SET = """mutation($input: SetRatingsInput!) { setRatings(input: $input) {
  title { maturityRating ratings { system rating minimumAge counts } } errors { field code } } }"""


def test_of_several_ratings_one_counts(
    gql: Ask, operator: Person, kid: Person, movie: MakeTitle, settings: Any
) -> None:
    title = movie("Lamp")
    given = [{"system": "BBFC", "rating": "PG"}, {"system": "FSK", "rating": "6"}]
    wanted = {"titleId": encode_id("Movie", title.pk), "ratings": given}

    strictest = gql(SET, {"input": wanted}, as_=operator)["data"]["setRatings"]["title"]
    assert strictest["maturityRating"] == "PG"
    assert gql("TitlePage", {"slug": "lamp"}, as_=kid)["data"]["title"] is None
    chosen = gql(SET, {"input": {**wanted, "counting": "FSK"}}, as_=operator)["data"]["setRatings"]["title"]
    assert chosen == {
        "maturityRating": "FSK 6",
        "ratings": [
            {"system": "BBFC", "rating": "PG", "minimumAge": 8, "counts": False},
            {"system": "FSK", "rating": "6", "minimumAge": 6, "counts": True},
        ],
    }
    assert gql("TitlePage", {"slug": "lamp"}, as_=kid)["data"]["title"]["maturityRating"] == "FSK 6"
    for some, field, code in (
        ({"ratings": [{"system": "FSK", "rating": "PG"}]}, "ratings", "INVALID"),
        ({"ratings": [given[0], given[0]]}, "ratings", "DUPLICATE"),
        ({"counting": "MPA"}, "counting", "INVALID"),
    ):
        answer = gql(SET, {"input": {**wanted, **some}}, as_=operator)["data"]["setRatings"]
        assert answer == {"title": None, "errors": [{"field": field, "code": code}]}

    settings.RATING_SYSTEMS = ["BBFC"]
    call_command("count_ratings")
    title.refresh_from_db()
    assert (title.maturity_rating, title.minimum_age) == ("PG", 8)


def test_a_rating_given_alone_counts_and_an_empty_one_takes_all_away(movie: MakeTitle) -> None:
    title = movie("Lamp", maturity_rating="12A")
    set_ratings(title_id=title.pk, ratings=[("BBFC", "12A"), ("MPA", "PG-13")])

    update_title(title_id=title.pk, maturity_rating="fsk12")
    title.refresh_from_db()
    assert title.ratings == {"BBFC": "12A", "MPA": "PG-13", "FSK": "12"}
    assert (title.maturity_rating, title.minimum_age) == ("FSK 12", 12)
    update_title(title_id=title.pk, maturity_rating="")
    assert Title.objects.filter(ratings={}, maturity_rating="", minimum_age=None).count() == 1
