from datetime import UTC, datetime
from uuid import UUID

from django.utils import timezone

from catalog.errors import CatalogError, CatalogErrorCode
from catalog.models import Title
from catalog.services.changes import catalogue_changed
from catalog.services.finding import title_to_change
from vod.lib.transactions import transactional


@transactional
def publish_title(
    *,
    title_id: UUID | None,
    available_from: datetime | None = None,
    available_until: datetime | None = None,
) -> Title:
    """Lets people see a title, from `available_from` (now where None) until `available_until` (for good).

    A title whose film is still being made is shown too, as being prepared. Publishing again changes the
    window only. Raises CatalogError NOT_FOUND, or INVALID where the end is not after the start.
    """
    title = title_to_change(title_id)
    start = _utc(available_from, "availableFrom")
    end = _utc(available_until, "availableUntil")
    now = timezone.now()
    if title.published_at is None:
        title.published_at = now
        title.available_from = now
    title.available_from = start or title.available_from
    title.available_until = end
    if end is not None and end <= title.available_from:
        message = "The end of availability must be after its start."
        raise CatalogError(CatalogErrorCode.INVALID, message, field="availableUntil")
    title.save(update_fields=["published_at", "available_from", "available_until"])
    catalogue_changed()
    return title


def _utc(moment: datetime | None, field: str) -> datetime | None:
    """`moment` in UTC; one without a zone is meant in UTC."""
    if moment is None:
        return None
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (OverflowError, ValueError):
        raise CatalogError(CatalogErrorCode.INVALID, "Give a date of this era.", field=field) from None
