"""Names and synopses are said in the profile's language, by a chain, on every card and page for no statement more."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Genre, Title
from catalog.search import find
from catalog.services.create_episode import create_episode
from catalog.services.create_trailer import create_trailer
from catalog.services.genres import delete_genre, update_genre
from catalog.services.set_alternative_names import OtherName, set_alternative_names
from catalog.services.set_translations import Translation, set_translations
from catalog.translation import chain, normal_tag, said
from tests.catalog.conftest import MakeTitle
from tests.conftest import Ask
from tests.people import Person
from vod.lib.graphql.ids import encode_id

OTHERS = {"de": "Die Laterne", "pt-BR": "A Lanterna", "zh-Hant": "燈籠"}


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("de", "Die Laterne"),
        ("de-AT", "Die Laterne"),
        ("DE_at", "Die Laterne"),
        ("zh-Hant-TW", "燈籠"),
        ("zh", "燈籠"),
        ("pt-PT", "A Lanterna"),
        ("en-GB", "The Lantern"),
        ("sv", "Lyktan"),
        ("sv-FI", "Lyktan"),
        ("fi", "The Lantern"),
        ("", "The Lantern"),
        ("not a language", "The Lantern"),
    ],
)
def test_a_name_is_said_in_the_nearest_language_there_is(language: str, name: str) -> None:
    assert said("The Lantern", OTHERS, language, original="Lyktan", original_language="sv") == name


def test_what_the_library_does_not_say_is_said_in_its_original() -> None:
    assert said("", {}, "de", original="Lyktan", original_language="sv") == "Lyktan"
    assert said("", {"fr": "La lanterne"}, "de") == "La lanterne"


def test_a_library_of_another_language_keeps_what_was_said_in_it(settings: Any) -> None:
    settings.CATALOGUE_LANGUAGE = "de"

    assert said("The Lantern", OTHERS, "fi") == "Die Laterne"
    assert said("Laterne", {}, "de-CH") == "Laterne"


def test_tags_are_kept_in_one_form() -> None:
    assert normal_tag(" pt_br ") == "pt-BR"
    assert normal_tag("ZH-hant-tw") == "zh-Hant-TW"
    assert (normal_tag("English"), normal_tag("e"), normal_tag("de-\n")) == (None, None, None)
    assert chain("zh-Hant-TW") == ("zh-Hant-TW", "zh-Hant", "zh")


TRANSLATE = """mutation($input: SetTranslationsInput!) { setTranslations(input: $input) {
  translated { __typename id } errors { field code message } } }"""
PAGE = """query($slug: String!) { title(slug: $slug) {
  name synopsis genres { name } translations { language name synopsis } trailers { name }
  ... on Series { seasons { name episodes { edges { node { name synopsis video { name } } } } } } } }"""


def translate(gql: Ask, operator: Person, kind: str, row: Any, **words: str) -> dict[str, Any]:
    given = {"id": encode_id(kind, row.pk), "translations": [{"language": "de", **words}]}
    answer: dict[str, Any] = gql(TRANSLATE, {"input": given}, as_=operator)["data"]["setTranslations"]
    return answer


def test_a_page_is_in_the_profiles_language(
    gql: Ask, owner: Person, operator: Person, series: MakeTitle
) -> None:
    show = series("The Brook", synopsis="Water.", genres=["Drama"])
    episode = create_episode(series_id=show.pk, season_number=1, number=1, name="Out", synopsis="Rain.")
    trailer = create_trailer(title_id=show.pk, name="First look")
    for kind, row, words in (
        ("Series", show, {"name": "Der Bach", "synopsis": "Wasser."}),
        ("Season", episode.season, {"name": "Anfang"}),
        ("Episode", episode, {"name": "Hinaus", "synopsis": "Regen."}),
        ("Genre", show.genres.get(), {"name": "Schauspiel"}),
        ("Video", trailer, {"name": "Erster Blick"}),
    ):
        answer = translate(gql, operator, kind, row, **words)
        assert answer == {"translated": {"__typename": kind, "id": encode_id(kind, row.pk)}, "errors": []}
    with CaptureQueriesContext(connection) as plain:
        before = gql("TitlePage", {"slug": show.slug}, as_=owner)["data"]["title"]
    owner.profile.language = "de-CH"
    owner.profile.save()

    with CaptureQueriesContext(connection) as translated:
        after = gql("TitlePage", {"slug": show.slug}, as_=owner)["data"]["title"]
    page = gql(PAGE, {"slug": show.slug}, as_=owner)["data"]["title"]

    assert (before["name"], after["name"], after["genres"]) == (
        "The Brook",
        "Der Bach",
        [{"slug": "drama", "name": "Schauspiel"}],
    )
    assert len(translated) == len(plain)
    assert page == {
        "name": "Der Bach",
        "synopsis": "Wasser.",
        "genres": [{"name": "Schauspiel"}],
        "translations": [{"language": "de", "name": "Der Bach", "synopsis": "Wasser."}],
        "trailers": [{"name": "Erster Blick"}],
        "seasons": [
            {
                "name": "Anfang",
                "episodes": {
                    "edges": [{"node": {"name": "Hinaus", "synopsis": "Regen.", "video": {"name": "Hinaus"}}}]
                },
            }
        ],
    }


def test_headings_of_genres_and_lists_of_them_follow_the_profile(
    gql: Ask, owner: Person, operator: Person, movie: MakeTitle
) -> None:
    for number in range(8):
        movie(f"Film {number}", genres=["Drama"])
        movie(f"Joke {number}", genres=["Comedy"])
    translate(gql, operator, "Genre", Genre.objects.get(name="Drama"), name="Alltag")
    owner.profile.language = "de"
    owner.profile.save()

    rows = gql("Home", as_=owner)["data"]["home"]["rows"]["edges"]
    genres = gql("Genres", as_=owner)["data"]["genres"]

    assert {row["node"]["heading"] for row in rows if row["node"]["kind"] == "GENRE"} == {"Alltag", "Comedy"}
    assert [genre["name"] for genre in genres] == ["Alltag", "Comedy"]


def test_translations_that_cannot_stand_are_refused_with_a_code(
    gql: Ask, operator: Person, movie: MakeTitle
) -> None:
    title = movie("Lamp")
    genre = Genre.objects.create(slug="drama", name="Drama")
    for kind, row, given, code in (
        ("Movie", title, [{"language": "German please", "name": "x"}], "INVALID"),
        ("Movie", title, [{"language": "", "name": "x"}], "REQUIRED"),
        ("Movie", title, [{"language": "de"}], "REQUIRED"),
        ("Movie", title, [{"language": "de", "name": "x" * 201}], "INVALID"),
        ("Movie", title, [{"language": "de", "name": "a\0b"}], "INVALID"),
        ("Movie", title, [{"language": "de", "name": "a"}, {"language": "DE", "name": "b"}], "DUPLICATE"),
        ("Genre", genre, [{"language": "de", "name": "a", "synopsis": "b"}], "INVALID"),
        ("Series", title, [{"language": "de", "name": "a"}], "NOT_FOUND"),
        ("HomeRow", title, [{"language": "de", "name": "a"}], "NOT_FOUND"),
    ):
        wanted = {"id": encode_id(kind, row.pk), "translations": given}
        answer = gql(TRANSLATE, {"input": wanted}, as_=operator)["data"]["setTranslations"]
        assert [error["code"] for error in answer["errors"]] == [code], given
    title.refresh_from_db()
    assert title.names == {}


def found(text: str) -> list[str]:
    names = {key.hex: name for key, name in Title.objects.values_list("id", "name")}
    return [names[rank.title] for rank in find(Title.objects.all(), text)]


def test_a_title_is_found_by_all_its_names(movie: MakeTitle) -> None:
    title = movie("The Lantern", genres=["Drama"], tags=["Harbour towns"], original_name="Lyktan")
    set_translations(kind="Movie", key=title.pk, translations=[Translation("de", "Die Laterne")])
    set_alternative_names(title_id=title.pk, names=[OtherName("Lantern: The Film", country="us")])
    drama = title.genres.get()
    set_translations(kind="Genre", key=drama.pk, translations=[Translation("de", "Schauspiel")])

    for text in ("laterne", "lyktan", "the film", "harbour", "schauspiel", "drama"):
        assert found(text) == ["The Lantern"], text

    update_genre(genre_id=drama.pk, name="Tragedy")
    assert (found("drama"), found("tragedy")) == ([], ["The Lantern"])
    delete_genre(genre_id=drama.pk)
    assert (found("tragedy"), found("schauspiel"), found("lantern")) == ([], [], ["The Lantern"])
