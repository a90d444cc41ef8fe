from collections.abc import Iterable

from catalog.models import Title, TitleKind
from catalog.services.new_title import new_title
from vod.lib.transactions import transactional


@transactional
def create_series(
    *,
    name: str,
    year: int | None = None,
    synopsis: str = "",
    maturity_rating: str = "",
    genres: Iterable[str] = (),
    original_name: str = "",
    original_language: str = "",
    is_featured: bool = False,
) -> Title:
    """A draft of a series without seasons. Raises CatalogError REQUIRED or INVALID."""
    return new_title(
        TitleKind.SERIES,
        name=name,
        year=year,
        synopsis=synopsis,
        maturity_rating=maturity_rating,
        genres=genres,
        original_name=original_name,
        original_language=original_language,
        is_featured=is_featured,
    )
