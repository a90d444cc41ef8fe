from collections.abc import Iterable
from uuid import UUID

from catalog import maturity
from catalog.models import Title
from catalog.services import wording
from catalog.services.changes import catalogue_changed
from catalog.services.finding import title_to_change
from catalog.services.genres import genres_named
from catalog.services.words import refresh_search_text
from vod.lib.transactions import transactional


@transactional
def update_title(
    *,
    title_id: UUID | None,
    name: str | None = None,
    year: int | None = None,
    synopsis: str | None = None,
    maturity_rating: str | None = None,
    genres: Iterable[str] | None = None,
    original_name: str | None = None,
    original_language: str | None = None,
    is_featured: bool | None = None,
) -> Title:
    """Changes what is given and leaves what is None; the address stays. Raises CatalogError NOT_FOUND,
    REQUIRED or INVALID.
    """
    title = title_to_change(title_id)
    if name is not None:
        title.name = wording.line(name, field="name", what="the title's name", most=200)
    if year is not None:
        title.year = wording.year(year)
    if synopsis is not None:
        title.synopsis = wording.prose(synopsis, field="synopsis")
    if maturity_rating is not None:
        title.minimum_age = maturity.minimum_age(maturity_rating)
        title.maturity_rating = maturity.normal_rating(maturity_rating)
    if original_name is not None:
        title.original_name = wording.line(
            original_name, field="originalName", what="the name", most=200, required=False
        )
    if original_language is not None:
        title.original_language = wording.language(original_language, field="originalLanguage")
    if is_featured is not None:
        title.is_featured = is_featured
    title.save()
    if genres is not None:
        title.genres.set(genres_named(genres))
    refresh_search_text(title)
    catalogue_changed()
    return title
