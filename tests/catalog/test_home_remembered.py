"""What Home remembers saves statements, and never shows what the asker may not see now."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.models import Title
from catalog.selectors.home import home
from catalog.services.create_movie import create_movie
from catalog.services.delete_title import delete_title
from catalog.services.publish_title import publish_title
from catalog.services.unpublish_title import unpublish_title
from catalog.services.update_title import update_title
from tests.catalog.conftest import MakeTitle
from vod.lib.actor import Actor

ANYONE = Actor()
KID = Actor(is_kids=True, maturity_limit=7)
TEEN = Actor(maturity_limit=16)
OPERATOR = Actor(is_operator=True)
EVERYBODY = (ANYONE, KID, TEEN, OPERATOR)


def shown(actor: Actor) -> set[str]:
    found = home(actor)
    titles = [title.name for row in found.rows for title in row.titles]
    return {*titles, *((found.hero.name,) if found.hero else ())}


@pytest.fixture
def library(movie: MakeTitle) -> dict[str, Title]:
    """Eight films for everybody, which all have seen on their home pages."""
    names = [f"Film {number}" for number in range(8)]
    made = {name: movie(name, genres=["Drama"], maturity_rating="U") for name in names}
    for actor in EVERYBODY:
        assert shown(actor) == set(made)
    return made


def test_a_second_look_chooses_nothing(library: dict[str, Title]) -> None:
    cache.clear()
    with CaptureQueriesContext(connection) as first:
        home(ANYONE)
    with CaptureQueriesContext(connection) as second:
        home(ANYONE)
    with CaptureQueriesContext(connection) as of_another:
        home(Actor(is_kids=False, profile_name="Somebody else"))

    assert (len(first), len(second), len(of_another)) == (3, 0, 0)


@pytest.mark.parametrize(
    "change",
    [
        {"published_at": None},
        {"available_until": timezone.now() - timedelta(seconds=1)},
        {"available_from": timezone.now() + timedelta(hours=1)},
        {"minimum_age": 18},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_may_not_be_seen_any_more_is_gone_even_where_nobody_was_told(
    library: dict[str, Title], change: dict[str, Any]
) -> None:
    """The rows are changed behind the services, so that what is remembered stays."""
    Title.objects.filter(pk=library["Film 3"].pk).update(**change)

    assert "Film 3" not in shown(KID)
    assert "Film 3" not in shown(TEEN)
    assert ("Film 3" in shown(ANYONE)) == ("minimum_age" in change)
    assert "Film 3" in shown(OPERATOR)


def test_a_deleted_title_leaves_no_gap(library: dict[str, Title]) -> None:
    Title.objects.filter(pk=library["Film 3"].pk).delete()

    for actor in EVERYBODY:
        assert shown(actor) == set(library) - {"Film 3"}


def test_a_change_of_the_catalogue_shows_at_once(library: dict[str, Title]) -> None:
    new = create_movie(name="Brand new", maturity_rating="12A", genres=["Drama"])
    assert ("Brand new" in shown(OPERATOR), "Brand new" in shown(ANYONE)) == (True, False)

    publish_title(title_id=new.pk)
    assert [("Brand new" in shown(actor)) for actor in EVERYBODY] == [True, False, True, True]

    update_title(title_id=new.pk, maturity_rating="U")
    assert "Brand new" in shown(KID)

    unpublish_title(title_id=new.pk)
    assert [("Brand new" in shown(actor)) for actor in EVERYBODY] == [False, False, False, True]

    delete_title(title_id=new.pk)
    assert "Brand new" not in shown(OPERATOR)


def test_those_who_see_different_titles_share_nothing(library: dict[str, Title], movie: MakeTitle) -> None:
    movie("For adults", maturity_rating="18")
    movie("Unrated")

    assert [("For adults" in shown(actor), "Unrated" in shown(actor)) for actor in EVERYBODY] == [
        (True, True),
        (False, False),
        (False, True),
        (True, True),
    ]


def test_the_visibility_rule_asks_for_nothing_that_the_key_leaves_out(library: dict[str, Title]) -> None:
    """Whoever lets the rule depend on more must add it to `_audience` in catalog/selectors/home.py, and here."""
    asked_for = SimpleNamespace(is_operator=False, is_kids=True, maturity_limit=7)

    assert Title.objects.visible_to(cast(Actor, asked_for)).count() == len(library)
