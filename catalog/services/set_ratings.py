from collections.abc import Iterable
from uuid import UUID

from catalog import maturity
from catalog.errors import CatalogError, CatalogErrorCode
from catalog.models import Title
from catalog.services.changes import catalogue_changed
from catalog.services.finding import title_to_change
from catalog.services.ratings import count_best, count_one
from vod.lib.transactions import transactional


@transactional
def set_ratings(
    *, title_id: UUID | None, ratings: Iterable[tuple[str, str]], counting: str | None = None
) -> Title:
    """Replaces the ratings of a title, each a system's key and a label of it ("BBFC", "12A").

    `counting` is the system whose rating counts here; without it RATING_SYSTEMS says, else the strictest counts.
    Raises CatalogError NOT_FOUND, INVALID, or DUPLICATE for two of one system.
    """
    title = title_to_change(title_id)
    title.ratings = {}
    for key, label in (maturity.checked_rating(*one) for one in ratings):
        if key in title.ratings:
            message = f"{key} is there twice. Give one rating of each system."
            raise CatalogError(CatalogErrorCode.DUPLICATE, message, field="ratings")
        title.ratings[key] = label
    if counting is None:
        count_best(title)
    elif counting.upper() in title.ratings:
        count_one(title, (counting.upper(), title.ratings[counting.upper()]))
    else:
        message = "The system that counts must be one of the ratings'."
        raise CatalogError(CatalogErrorCode.INVALID, message, field="counting")
    title.save(update_fields=["ratings", "maturity_rating", "minimum_age"])
    catalogue_changed()
    return title
