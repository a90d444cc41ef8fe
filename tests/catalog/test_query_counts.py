"""How many SQL statements each operation costs, authentication included, against a reviewed baseline.

A change of `query_counts.json` is a change to review: more is a cost, less is a gain to keep.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import ArtworkKind
from catalog.services.artwork import put_artwork
from catalog.services.attach_asset import attach_asset
from catalog.services.create_episode import create_episode
from catalog.services.create_trailer import create_trailer
from catalog.services.set_credits import CreditLine, set_credits
from tests.catalog.conftest import MakeAsset, MakeTitle, feature_of
from tests.conftest import Ask
from tests.people import Person

BASELINE: dict[str, int] = json.loads(
    Path(__file__).with_name("query_counts.json").read_text(encoding="utf-8")
)

ASKED: dict[str, tuple[str, dict[str, Any]]] = {
    "Home": ("Home", {}),
    "Browse": ("Browse", {}),
    "Browse by genre": ("Browse", {"filter": {"genre": "drama"}, "orderBy": "NAME"}),
    "Genres": ("Genres", {}),
    "TitlePage of a movie": ("TitlePage", {"slug": "film-0"}),
    "TitlePage of a series": ("TitlePage", {"slug": "show"}),
    "Search": ("Search", {"text": "film"}),
}


@pytest.fixture
def fill(
    movie: MakeTitle, series: MakeTitle, asset: MakeAsset, picture: Callable[..., Path]
) -> Callable[[int], None]:
    """`fill(n)`: n films and a series of n episodes in two seasons, with all that a page shows."""

    def make(count: int) -> None:
        credit = [CreditLine("Ida Holm", "Director"), CreditLine("Per Dahl", "Actor", "The lamplighter")]
        poster = picture(60, 90)
        show = series("Show", genres=["Drama"])
        set_credits(title_id=show.pk, credits=credit)
        for number in range(count):
            film = movie(f"Film {number}", genres=["Drama", f"Genre {number % 3}"])
            set_credits(title_id=film.pk, credits=credit)
            put_artwork(source=poster, kind=ArtworkKind.POSTER, title=film)
            attach_asset(video_id=feature_of(film).pk, asset_id=asset().pk)
            trailer = create_trailer(title_id=film.pk, name="Trailer")
            attach_asset(video_id=trailer.pk, asset_id=asset().pk)
            episode = create_episode(
                series_id=show.pk, season_number=1 + number % 2, number=number, name=f"Part {number}"
            )
            attach_asset(video_id=episode.video.pk, asset_id=asset().pk)
            put_artwork(source=poster, kind=ArtworkKind.STILL, episode=episode)

    return make


def counts(gql: Ask, person: Person) -> dict[str, int]:
    found = {}
    for name, (operation, variables) in ASKED.items():
        with CaptureQueriesContext(
            connection,
        ) as statements:
            answer = gql(operation, variables, as_=person)
        assert "errors" not in answer, (name, answer["errors"])
        found[name] = len(statements)
    return found


def test_each_operation_costs_what_the_baseline_says_however_much_it_shows(
    gql: Ask, owner: Person, fill: Callable[[int], None]
) -> None:
    fill(12)

    assert counts(gql, owner) == BASELINE
    assert BASELINE["Home"] <= 12


def test_a_smaller_library_is_no_cheaper(gql: Ask, owner: Person, fill: Callable[[int], None]) -> None:
    fill(4)

    found = counts(gql, owner)

    assert all(found[name] <= BASELINE[name] for name in BASELINE), found
