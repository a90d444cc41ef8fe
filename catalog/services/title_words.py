"""What may be said of a movie or a series, checked and put into its row: by whoever makes or changes one."""

from collections.abc import Iterable
from typing import TypedDict

from catalog import maturity
from catalog.models import Title
from catalog.services import wording
from catalog.services.genres import genres_named
from catalog.services.ratings import count_one
from catalog.services.tags import tags_named


class TitleWords(TypedDict, total=False):
    """Facts of a title. None, as leaving one out, says nothing; an empty one takes away what was said."""

    year: int | None
    synopsis: str | None
    maturity_rating: str | None
    genres: Iterable[str] | None
    tags: Iterable[str] | None
    original_name: str | None
    original_language: str | None
    countries: Iterable[str] | None
    languages: Iterable[str] | None
    is_featured: bool | None


def put_words(title: Title, words: TitleWords) -> None:
    """Puts `words` into `title`, which is not saved yet by it. Raises CatalogError INVALID."""
    year = words.get("year")
    if year is not None:
        title.year = wording.year(year)
    synopsis = words.get("synopsis")
    if synopsis is not None:
        title.synopsis = wording.prose(synopsis, field="synopsis")
    rating = words.get("maturity_rating")
    if rating is not None:
        count_one(title, maturity.read_rating(rating))
    name = words.get("original_name")
    if name is not None:
        title.original_name = wording.line(
            name, field="originalName", what="the name", most=200, required=False
        )
    language = words.get("original_language")
    if language is not None:
        title.original_language = wording.language(language, field="originalLanguage")
    countries = words.get("countries")
    if countries is not None:
        title.countries = wording.countries(countries, field="countries")
    languages = words.get("languages")
    if languages is not None:
        title.languages = wording.languages(languages, field="languages")
    is_featured = words.get("is_featured")
    if is_featured is not None:
        title.is_featured = is_featured


def put_groups(title: Title, words: TitleWords) -> None:
    """Sets genres and tags of a saved title; those that are not there yet are made. Raises CatalogError INVALID."""
    genres, tags = words.get("genres"), words.get("tags")
    if genres is not None:
        title.genres.set(genres_named(genres))
    if tags is not None:
        title.tags.set(tags_named(tags))
