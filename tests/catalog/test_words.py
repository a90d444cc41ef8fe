"""Names become addresses, ratings become ages, words become findable."""

import pytest

from catalog.errors import CatalogError, CatalogErrorCode
from catalog.maturity import minimum_age
from catalog.models import Genre, Title
from catalog.search import MAX_LENGTH, find, fold
from catalog.services.create_movie import create_movie
from catalog.services.delete_title import delete_title
from catalog.services.set_credits import CreditLine, set_credits
from catalog.services.update_title import update_title
from tests.catalog.conftest import MakeTitle


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("The Lamplighter", "the-lamplighter"),
        ("Amélie", "amelie"),
        ("  Up!  ", "up"),
        ("七人の侍", "七人の侍"),
        ("Война и мир", "война-и-мир"),
        ("8½", "812"),
        ("!!!", "movie"),
        ("W" * 200, "w" * 100),
    ],
)
def test_a_name_becomes_an_address(db: None, name: str, slug: str) -> None:
    assert create_movie(name=name).slug == slug


def test_titles_of_one_name_have_addresses_of_their_own(db: None) -> None:
    slugs = [create_movie(name="Lamp", year=year).slug for year in (None, 1961, 1961, None)]

    assert slugs == ["lamp", "lamp-1961", "lamp-2", "lamp-3"]


@pytest.mark.parametrize(
    ("rating", "age"),
    [
        ("", None),
        ("U", 0),
        ("pg", 8),
        ("12A", 12),
        ("15", 15),
        ("18", 18),
        ("TV-Y", 0),
        ("tv-ma", 17),
        ("PG-13", 13),
        ("R", 17),
        ("FSK 16", 16),
        ("fsk-16", 16),
        ("FSK16", 16),
    ],
)
def test_a_rating_means_an_age(rating: str, age: int | None) -> None:
    assert minimum_age(rating) == age


def test_a_rating_of_no_known_system_is_refused_in_a_sentence(db: None) -> None:
    with pytest.raises(CatalogError) as refused:
        create_movie(name="Lamp", maturity_rating="21+")

    assert (refused.value.code, refused.value.field) == (CatalogErrorCode.INVALID, "maturityRating")
    assert refused.value.message.startswith("“21+” is no rating that Lantern knows.")
    assert Title.objects.count() == 0


@pytest.mark.parametrize(
    ("facts", "field", "code"),
    [
        ({"name": "  "}, "name", "REQUIRED"),
        ({"name": "x" * 201}, "name", "INVALID"),
        ({"name": "a\0b"}, "name", "INVALID"),
        ({"name": "\ud800"}, "name", "INVALID"),
        ({"name": "Lamp", "year": 10_000}, "year", "INVALID"),
        ({"name": "Lamp", "synopsis": "x" * 5001}, "synopsis", "INVALID"),
        ({"name": "Lamp", "original_language": "English, please"}, "originalLanguage", "INVALID"),
        ({"name": "Lamp", "genres": ["x" * 61]}, "genres", "INVALID"),
        ({"name": "Lamp", "genres": [str(n) for n in range(13)]}, "genres", "INVALID"),
        ({"name": "Lamp", "genres": [""]}, "genres", "REQUIRED"),
    ],
)
def test_words_that_cannot_stand_are_refused_and_nothing_is_made(
    db: None, facts: dict[str, object], field: str, code: str
) -> None:
    with pytest.raises(CatalogError) as refused:
        create_movie(**facts)  # type: ignore[arg-type]

    assert (refused.value.field, refused.value.code) == (field, code)
    assert (Title.objects.count(), Genre.objects.count()) == (0, 0)


def test_a_genre_is_one_by_its_name_or_address_in_any_case(db: None) -> None:
    for given in ("Science fiction", "science-fiction", "SCIENCE FICTION", "Science  Fiction"):
        create_movie(name="Lamp", genres=[given])

    assert list(Genre.objects.values_list("slug", "name")) == [("science-fiction", "Science fiction")]


def test_text_is_folded_for_comparing() -> None:
    assert fold("  Amélie — Poulain's STRASSE ﬁn ") == "amelie poulain s strasse fin"
    assert fold("Straße") == "strasse"
    assert fold("Ёлки") == "елки"
    assert fold("\ud800\0…") == ""


def found(text: str) -> list[str]:
    names = {title.pk.hex: title.name for title in Title.objects.all()}
    return [names[rank.title] for rank in find(Title.objects.all(), text)]


def test_names_go_before_people_and_beginnings_before_middles(movie: MakeTitle) -> None:
    movie("Moonlight")
    movie("The light")
    movie("Light")
    movie("Light years")
    other = movie("Harbour")
    set_credits(title_id=other.pk, credits=[CreditLine("Ada Light", "Director")])

    assert found("light") == ["Light", "Light years", "The light", "Moonlight", "Harbour"]


def test_every_word_counts_in_any_order_without_accents_and_from_the_first_letters(movie: MakeTitle) -> None:
    movie("Éclair à la carte", original_name="電光", genres=["Comedy"])
    movie("Carte blanche")

    assert found("cart ecl") == ["Éclair à la carte"]
    assert found("CARTE") == ["Carte blanche", "Éclair à la carte"]
    assert found("電光") == ["Éclair à la carte"]
    assert found("comedy éclair") == ["Éclair à la carte"]
    assert found("carte western") == []
    assert found("carte " + "x" * MAX_LENGTH) == []


def test_words_that_begin_words_go_before_words_inside_of_words(movie: MakeTitle) -> None:
    """The same on every database, though each finds it in its own way."""
    movie("Starlight wars of 2e10", original_name="007: x264 3d")
    movie("Prewar costars")
    movie("Wars and stars")
    other = movie("Harbour")
    set_credits(title_id=other.pk, credits=[CreditLine("Wara Star", "Director")])

    assert found("war star") == ["Starlight wars of 2e10", "Wars and stars", "Prewar costars", "Harbour"]
    assert found("2e of") == found("x26 00 3d") == found("e10") == ["Starlight wars of 2e10"]


def test_a_title_is_found_by_its_new_words_and_no_longer_by_its_old_ones(movie: MakeTitle) -> None:
    title = movie("Lamp", genres=["Drama"])
    update_title(title_id=title.pk, name="Candle", genres=["Comedy"], maturity_rating="18")

    title.refresh_from_db()
    assert (title.slug, title.name, title.minimum_age) == ("lamp", "Candle", 18)
    assert (found("lamp"), found("drama")) == ([], [])
    assert (found("candle"), found("comedy")) == (["Candle"], ["Candle"])
    assert delete_title(title_id=title.pk) == title.pk
    assert found("candle") == []
