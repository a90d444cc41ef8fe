from collections.abc import Iterable

from catalog.models import Title, TitleKind, Video, VideoKind
from catalog.services.new_title import new_title
from vod.lib.transactions import transactional


@transactional
def create_movie(
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
    """A draft of a movie with its video, which waits for a film. Raises CatalogError REQUIRED or INVALID."""
    title = new_title(
        TitleKind.MOVIE,
        name=name,
        year=year,
        synopsis=synopsis,
        maturity_rating=maturity_rating,
        genres=genres,
        original_name=original_name,
        original_language=original_language,
        is_featured=is_featured,
    )
    Video.objects.create(title=title, kind=VideoKind.FEATURE, name=title.name)
    return title
