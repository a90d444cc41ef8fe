"""Search on PostgreSQL: the indexes are there and used, and names are in the order of their letters' numbers."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.db.migrations.state import ProjectState

from catalog import search
from catalog.models import Title, TitleKind
from catalog.search import postgresql
from catalog.search.clauses import Clause, Term
from vod.lib.migrations import Extension


@pytest.fixture
def large_library(db: None) -> None:
    """Three thousand titles, of which one is about a lighthouse."""
    names = [f"Film {number:x} {number * 7919 % 20011:x}" for number in range(3000)]
    made = Title.objects.bulk_create(
        Title(kind=TitleKind.MOVIE, slug=f"t{number}", name=name, synopsis="words " * 200)
        for number, name in enumerate([*names, "The Lighthouse Keeper"])
    )
    search.index([title.pk for title in made])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE catalog_searchdocument, catalog_searchword")


def plan_of(table: str, clause: Clause) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN SELECT 1 FROM {table} WHERE {clause.where}", clause.values)
        return "\n".join(line for (line,) in cursor.fetchall())


def test_words_are_found_by_indexes(large_library: None) -> None:
    for text in ("lighthouse", "ghthou", "lihgthouse", "house keeper"):
        assert len(search.find(Title.objects.all(), text)) == 1, text

    some = [[[Term("lighth", begins=True)], [Term("keeper")]]]
    document, word = "catalog_searchdocument", "catalog_searchword"
    assert "search_names_words" in plan_of(document, postgresql.documents_with(some, names_only=True))
    assert "search_all_words" in plan_of(document, postgresql.documents_with(some, names_only=False))
    assert "search_slips" in plan_of(word, postgresql.words_with_keys(["lighthose", "lghthouse"]))
    assert "search_parts" in plan_of(word, postgresql.words_around(["ghthou", "eepe"]))


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
