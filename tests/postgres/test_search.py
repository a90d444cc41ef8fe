"""Search on PostgreSQL: the indexes are there and used, and names are in the order of their letters' numbers."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.db.migrations.state import ProjectState

from catalog.models import Title, TitleKind
from catalog.search import ORDER, find, searchable
from vod.lib.migrations import Extension


@pytest.fixture
def large_library(db: None) -> None:
    """Three thousand titles with much to read, of which one is about a lighthouse."""
    names = [f"Film {number:x} {number * 7919 % 20011:x}" for number in range(3000)] + [
        "The Lighthouse Keeper"
    ]
    Title.objects.bulk_create(
        Title(
            kind=TitleKind.MOVIE,
            slug=f"t{number}",
            name=name,
            folded_name=name.lower(),
            synopsis="words " * 200,
            search_text=searchable([name, f"Person {number:x}"]),
        )
        for number, name in enumerate(names)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE catalog_title")


def test_a_word_is_found_by_the_index_of_trigrams(large_library: None) -> None:
    for text in ("lighthouse", "ghthou", "house keeper"):
        found = find(Title.objects.all(), text).order_by(*ORDER)

        assert [title.name for title in found] == ["The Lighthouse Keeper"]
        assert "catalog_title_search_text_trgm" in found.explain(), text


def test_names_are_in_the_order_of_their_letters_numbers(db: None) -> None:
    """As on SQLite, whatever language the cluster was made for; and what begins so is found by an index."""
    for name in ("zebra", "éclair", "eclair b", "eclaira", "1001 nights"):
        Title.objects.create(
            kind=TitleKind.MOVIE, slug=name[:4] + str(len(name)), name=name, folded_name=name
        )

    names = list(Title.objects.order_by("folded_name").values_list("folded_name", flat=True))
    assert names == sorted(names)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = Title.objects.filter(folded_name__startswith="ecl").explain()
    assert "Index" in plan


def test_an_extension_that_the_role_cannot_make_is_asked_for_in_a_sentence(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE nobody_much")
        cursor.execute("SET LOCAL ROLE nobody_much")

    asked = pytest.raises(ImproperlyConfigured, match='CREATE EXTENSION "hstore"')
    with asked, transaction.atomic(), connection.schema_editor() as editor:
        Extension("hstore").database_forwards("catalog", editor, ProjectState(), ProjectState())
