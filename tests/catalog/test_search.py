"""Search as one types: the same answers on SQLite and PostgreSQL (`python -m tests.postgres` runs this file there)."""

import string
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from catalog import search
from catalog.models import Credit, Genre, Person, SearchDocument, SearchWord, Title, TitleKind
from catalog.services.delete_title import delete_title
from catalog.services.set_credits import CreditLine, set_credits
from catalog.services.update_title import update_title
from tests.catalog.conftest import MakeTitle
from tests.conftest import Ask
from tests.people import Person as Somebody

NAMES = {
    "Alien": "",
    "Aliens at Sea": "",
    "Allegro": "",
    "The Alibi": "",
    "The Lamplighter": "Lyktetenneren",
    "Spider-Man": "",
    "Seahorse": "",
    "Don’t Look Up": "",
    "Amélie": "Le Fabuleux Destin d'Amélie Poulain",
    "Smørrebrød": "",
    "2001: A Space Odyssey": "",
    "The Fog": "",
    "Up": "",
    "Seven Samurai": "七人の侍",
    "夜の汽車と海": "",
    "Сталкер": "",
    "Ταξίδι στα Κύθηρα": "",
    "العراب": "",
    "기생충": "",
    "살인의 추억": "",
    "हम आपके हैं": "",
    "สุริโยไท": "",
}


def make_titles(names: dict[str, str], **facts: Any) -> list[Title]:
    """Published films in the index, by name and original name."""
    now = timezone.now()
    rows = [
        Title(
            kind=TitleKind.MOVIE,
            slug=f"t{number}-{len(names)}",
            name=name,
            original_name=original,
            **{"published_at": now, "available_from": now, "minimum_age": 0, **facts},
        )
        for number, (name, original) in enumerate(names.items())
    ]
    made = Title.objects.bulk_create(rows)
    search.index([title.pk for title in made])
    return made


@pytest.fixture
def library(db: None) -> dict[str, Title]:
    """Films in a dozen scripts; Ida Lupino directed Allegro, in which Bob plays Xylophon."""
    titles = {title.name: title for title in make_titles(NAMES)}
    lines = [CreditLine("Ida Lupino", "Director"), CreditLine("Bob Ångström", "Actor", "Xylophon")]
    set_credits(title_id=titles["Allegro"].pk, credits=lines)
    return titles


def found(text: str) -> list[str]:
    """Names, the best first."""
    names = {title.pk.hex: title.name for title in Title.objects.all()}
    return [names[rank.title] for rank in search.find(Title.objects.all(), text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("amelie", "Amélie"),
        ("AMÉLIE", "Amélie"),
        ("fabuleux destin", "Amélie"),
        ("smorrebrod", "Smørrebrød"),
        ("lyktet", "The Lamplighter"),
        ("lamp", "The Lamplighter"),
        ("lighter", "The Lamplighter"),
        ("2001", "2001: A Space Odyssey"),
        ("up", "Up"),
        ("spiderman", "Spider-Man"),
        ("spider man", "Spider-Man"),
        ("sea horse", "Seahorse"),
        ("dont look", "Don’t Look Up"),
        ("ida lupino", "Allegro"),
        ("lupi", "Allegro"),
        ("angstrom", "Allegro"),
        ("xylo", "Allegro"),
        ("allegro lupino", "Allegro"),
        ("七人", "Seven Samurai"),
        ("人の侍", "Seven Samurai"),
        ("侍", "Seven Samurai"),
        ("汽車", "夜の汽車と海"),
        ("стал", "Сталкер"),
        ("ΤΑΞΙΔΙ", "Ταξίδι στα Κύθηρα"),
        ("κυθηρα", "Ταξίδι στα Κύθηρα"),
        ("العر", "العراب"),
        ("عراب", "العراب"),
        ("기새", "기생충"),
        ("기생", "기생충"),
        ("추억", "살인의 추억"),
        ("आपके", "हम आपके हैं"),
        ("โยไท", "สุริโยไท"),
    ],
)
def test_a_title_is_found_by_what_people_type_for_it(library: dict[str, Title], text: str, name: str) -> None:
    assert found(text)[:1] == [name]


def test_a_name_stays_first_from_its_first_letters_on(library: dict[str, Title]) -> None:
    assert found("al")[:3] == ["Alien", "Aliens at Sea", "Allegro"]
    for length in range(3, 6):
        assert found("alien"[:length])[:2] == ["Alien", "Aliens at Sea"]
    assert "The Alibi" in found("ali")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Teh Fog", "The Fog"),
        ("The Fgo", "The Fog"),
        ("2O01: A Space Odyssey", "2001: A Space Odyssey"),
        ("2001 Space Odissey", "2001: A Space Odyssey"),
        ("Lampligter", "The Lamplighter"),
        ("lampligt", "The Lamplighter"),
        ("lamplihgters", "The Lamplighter"),
        ("ida lupinno", "Allegro"),
        ("Сталкир", "Сталкер"),
        ("Cталкер", "Сталкер"),
        ("Ταξιδι στα Κυθυρα", "Ταξίδι στα Κύθηρα"),
        ("العراث", "العراب"),
        ("기셍충", "기생충"),
        ("생기충", "기생충"),
        ("夜の汽车と海", "夜の汽車と海"),
        ("夜汽車と海", "夜の汽車と海"),
        ("夜の車汽と海", "夜の汽車と海"),
    ],
)
def test_a_title_is_found_although_a_letter_is_wrong(library: dict[str, Title], text: str, name: str) -> None:
    assert found(text)[:1] == [name]


def with_a_letter_wrong(name: str) -> Iterator[str]:
    for place, letter in enumerate(name):
        yield name[:place] + name[place + 1 :]
        yield name[:place] + string.ascii_lowercase[(place * 7 + 3) % 26] + name[place:]
        yield name[:place] + ("x" if letter != "x" else "y") + name[place + 1 :]
        yield name[:place] + name[place + 1 : place + 2] + letter + name[place + 2 :]


@pytest.mark.parametrize("name", ["Alien", "The Fog", "Allegro"])
def test_every_single_slip_in_a_name_still_finds_it_first(library: dict[str, Title], name: str) -> None:
    missed = [slip for slip in with_a_letter_wrong(name.lower()) if found(slip)[:1] != [name]]

    assert missed == []


def test_nothing_is_found_where_nothing_is_like_it(library: dict[str, Title]) -> None:
    for text in ("zzqx", "xyzzy plugh", "?!", "", " \n", "🎬", "ж", "qwertyuiop alien"):
        assert found(text) == [], text


SEARCH = """query($text: String!, $filter: TitleFilter, $first: Int, $after: String) {
    search(text: $text, filter: $filter, first: $first, after: $after) {
        totalCount edges { cursor node { name } } pageInfo { hasNextPage endCursor } } }"""


@pytest.fixture
def ask(gql: Ask) -> Callable[..., dict[str, Any]]:
    """`ask(person, text, **more)`: the connection."""

    def search_as(person: Somebody, text: str, **more: Any) -> dict[str, Any]:
        answer = gql(SEARCH, {"text": text, **more}, as_=person)
        assert "errors" not in answer, answer["errors"]
        connection: dict[str, Any] = answer["data"]["search"]
        return connection

    return search_as


def names_of(connection: dict[str, Any]) -> list[str]:
    return [edge["node"]["name"] for edge in connection["edges"]]


def test_what_a_profile_may_not_see_is_neither_found_nor_counted(
    ask: Callable[..., dict[str, Any]], owner: Somebody, kid: Somebody, operator: Somebody, movie: MakeTitle
) -> None:
    movie("Harbour", maturity_rating="18", genres=["Comedy"], original_name="Havnen")
    movie("Harbour Lights", maturity_rating="U")
    movie("Harbour Draft", maturity_rating="U", published=False)

    for text in ("h", "harbour", "harbuor", "arbou"):
        assert names_of(ask(kid, text)) == ["Harbour Lights"], text
        assert ask(kid, text)["totalCount"] == 1
        assert ask(owner, text)["totalCount"] == 2
        assert ask(operator, text)["totalCount"] == 3
    for text in ("havnen", "havnne", "comedy"):
        assert ask(kid, text)["totalCount"] == 0


def test_search_is_narrowed_down_as_browsing_is(
    ask: Callable[..., dict[str, Any]], owner: Somebody, movie: MakeTitle, series: MakeTitle
) -> None:
    movie("Harbour", year=1950, genres=["Drama", "Comedy"], original_language="fr")
    series("Harbour Street", year=1990, genres=["Drama"], original_language="en-GB")

    def narrowed(**wanted: Any) -> list[str]:
        return names_of(ask(owner, "harbor", filter=wanted))

    assert narrowed() == ["Harbour", "Harbour Street"]
    assert narrowed(kind="SERIES") == ["Harbour Street"]
    assert narrowed(genre="comedy") == ["Harbour"]
    assert narrowed(genre="no-such") == []
    assert narrowed(yearFrom=1960) == ["Harbour Street"]
    assert narrowed(yearTo=1960, language="fr") == ["Harbour"]


def test_pages_follow_each_other_to_the_last_of_what_is_counted(
    ask: Callable[..., dict[str, Any]], gql: Ask, owner: Somebody
) -> None:
    """More match than are an answer; a title that goes away in between takes no other with it."""
    made = make_titles({f"Harbour {number:03}": "" for number in range(search.MOST + 30)})
    first = ask(owner, "harbour", first=70)
    assert first["totalCount"] == search.MOST
    seen, after = names_of(first), first["pageInfo"]["endCursor"]
    next(title for title in made if title.name == seen[-1]).delete()
    while True:
        page = ask(owner, "harbour", first=70, after=after)
        seen += names_of(page)
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break

    assert len(seen) == len(set(seen)) >= search.MOST
    assert names_of(ask(owner, "harbour", after=after)) == []
    for cursor in ("bm9uZQ", "\ud800", "WzFd", "WyJhIiwiYiIsImMiLCJkIl0", "W251bGwsMSwxLCJhIl0"):
        answer = gql(SEARCH, {"text": "harbour", "after": cursor}, as_=owner)
        assert answer["errors"][0]["extensions"]["code"] == "BAD_INPUT", cursor


@pytest.mark.parametrize(
    "text",
    [
        "alien" * 10_000,
        "a " * 1000,
        " ".join(f"word{number}" for number in range(1000)),
        'alien" OR "x',
        "alien* NEAR(up, 3) -fog +the ^al {names} : (x)",
        "alien' & !fog | (up) <-> x:*AB",
        "%_\\%",
        "100%",
        "\x00\x01\x1b alien \x7f",
        "\ud800 alien \udfff",
        "\u202ealien\u202c\u200f\u200d\ufeff",
        "🎬🧑‍🚀 alien ❤️‍🔥",
        "é" + "\u0301" * 500,
        "ﷺ" * 100,
        "㍿" * 100 + "侍" * 100,
        "각" * 100,
        "İıſẞǅ",
        "１２３",
        "'; DROP TABLE catalog_title; --",
        "%s %(x)s {0} {}",
    ],
    ids=range(20),
)
def test_no_text_breaks_search(library: dict[str, Title], gql: Ask, owner: Somebody, text: str) -> None:
    answer = gql(SEARCH, {"text": text}, as_=owner)

    assert "errors" not in answer, answer
    assert Title.objects.count() == len(NAMES)


def test_signs_that_mean_something_to_an_index_do_not_change_what_is_meant(
    library: dict[str, Title],
) -> None:
    for text in ('"alien"', "alien*", "\x00alien", "\u202ealien\u202c", "al\u00adien", "(alien)", "🎬 alien"):
        assert found(text)[:1] == ["Alien"], text


def assert_index_is_sound() -> None:
    """Documents are as the rows, and on SQLite the tables of FTS5 hold what the documents say."""
    assert search.unindexed() == 0
    assert search.differences() == []
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for table in ("catalog_searchtext", "catalog_searchslips", "catalog_searchparts"):
                cursor.execute(f"INSERT INTO {table}({table}, rank) VALUES ('integrity-check', 1)")


def test_the_index_follows_every_change_and_goes_back_with_its_transaction(movie: MakeTitle) -> None:
    title = movie("Harbour", genres=["Comedy"], original_name="Havnen")
    set_credits(title_id=title.pk, credits=[CreditLine("Ida Lupino", "Director")])
    assert found("lupino") == found("comedy") == found("havnen") == ["Harbour"]

    with transaction.atomic():
        update_title(title_id=title.pk, name="Lighthouse", original_name="Fyret", genres=["Drama"])
        set_credits(title_id=title.pk, credits=[CreditLine("Agnès Varda", "Director")])
        assert found("varda") == found("drama") == found("fyret") == found("lighthuose") == ["Lighthouse"]
        assert found("lupino") == found("comedy") == found("havnen") == found("harbour") == []
        assert_index_is_sound()
        transaction.set_rollback(True)

    assert found("lupino") == found("comedy") == ["Harbour"]
    assert found("varda") == []
    assert_index_is_sound()
    delete_title(title_id=title.pk)
    assert (found("harbour"), SearchDocument.objects.count()) == ([], 0)
    assert_index_is_sound()


def test_a_person_or_genre_of_another_name_is_found_by_it(movie: MakeTitle) -> None:
    title = movie("Harbour", genres=["Comedy"])
    set_credits(title_id=title.pk, credits=[CreditLine("Ida Lupino", "Director")])
    Person.objects.update(name="Agnès Varda")
    Genre.objects.update(name="Drama")
    assert search.differences() == [title.pk]

    search.index_people(list(Credit.objects.values_list("person_id", flat=True)))
    search.index_genres(list(Genre.objects.values_list("pk", flat=True)))

    assert found("varda") == found("drama") == ["Harbour"]
    assert found("lupino") == []
    assert_index_is_sound()


def test_the_index_is_made_anew_as_it_was(library: dict[str, Title], capsys: Any) -> None:
    def contents() -> tuple[list[Any], list[Any]]:
        documents = SearchDocument.objects.order_by("title_id")
        return (
            list(documents.values_list("title_id", "name", "names", "others", "weight")),
            list(SearchWord.objects.order_by("word").values_list("word", "slips")),
        )

    before = contents()
    SearchDocument.objects.filter(title=library["Alien"]).delete()
    SearchDocument.objects.filter(title=library["Up"]).update(names="down", name="down")
    assert search.unindexed() == 1

    call_command("reindex_search", "--if-needed")
    assert capsys.readouterr().out.startswith(f"{len(NAMES)} titles in the search index")
    assert contents() == before
    call_command("reindex_search", "--if-needed")
    assert capsys.readouterr().out == ""
    call_command("reindex_search")
    assert contents() == before
    assert_index_is_sound()


def test_a_check_says_when_titles_cannot_be_found(library: dict[str, Title], capsys: Any) -> None:
    def said() -> str:
        call_command("check", "--database", "default")
        out = capsys.readouterr()
        return str(out.out + out.err)

    assert "catalog.W001" not in said()
    SearchDocument.objects.filter(title=library["Up"]).update(others="someone")
    assert "in the search index with other words than its own" in said()
    SearchDocument.objects.filter(title=library["Up"]).delete()
    assert "A title is not in the search index." in said()
    assert "manage.py reindex_search" in said()
