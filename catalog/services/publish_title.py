from datetime import UTC, datetime
from uuid import UUID

from django.utils import timezone

from catalog.errors import CatalogError, CatalogErrorCode
from catalog.models import Publication, Title
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
    start = utc(available_from, "availableFrom")
    end = utc(available_until, "availableUntil")
    now = timezone.now()
    is_new = title.published_at is None
    if is_new:
        title.published_at = now
        title.withdrawn_at = None
        title.available_from = now
    title.available_from = start or title.available_from
    title.available_until = end
    _refuse_empty_window(title)
    title.save(update_fields=["published_at", "withdrawn_at", "available_from", "available_until"])
    note_publication(title)
    catalogue_changed()
    return title


@transactional
def set_availability(
    *,
    title_id: UUID | None,
    available_from: datetime | None = None,
    available_until: datetime | None = None,
) -> Title:
    """Sets the window in which a title is seen where it is published, and publishes nothing.

    The start stays where it is None; there is no end where that is None. Raises CatalogError NOT_FOUND or INVALID.
    """
    title = title_to_change(title_id)
    title.available_from = utc(available_from, "availableFrom") or title.available_from
    title.available_until = utc(available_until, "availableUntil")
    _refuse_empty_window(title)
    title.save(update_fields=["available_from", "available_until"])
    note_publication(title)
    catalogue_changed()
    return title


def note_publication(title: Title) -> None:
    """Writes into the history of a title that it is published, and for when."""
    if title.published_at is None:
        return
    Publication.objects.update_or_create(
        title=title,
        withdrawn_at=None,
        defaults={"available_from": title.available_from, "available_until": title.available_until},
        create_defaults={
            "published_at": title.published_at,
            "available_from": title.available_from,
            "available_until": title.available_until,
        },
    )


def _refuse_empty_window(title: Title) -> None:
    if title.available_until is not None and title.available_until <= title.available_from:
        message = "The end of availability must be after its start."
        raise CatalogError(CatalogErrorCode.INVALID, message, field="availableUntil")


def utc(moment: datetime | None, field: str) -> datetime | None:
    """`moment` in UTC; one without a zone is meant in UTC. Raises CatalogError INVALID."""
    if moment is None:
        return None
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (OverflowError, ValueError):
        raise CatalogError(CatalogErrorCode.INVALID, "Give a date of this era.", field=field) from None
