from uuid import UUID

from django.utils import timezone

from catalog.models import Publication, Title
from catalog.services.changes import catalogue_changed
from catalog.services.finding import title_to_change
from catalog.services.publish_title import note_publication
from vod.lib.transactions import transactional


@transactional
def unpublish_title(*, title_id: UUID | None) -> Title:
    """Withdraws a title: operators alone see it, and when it was published stays written. A draft stays a draft.

    Raises CatalogError NOT_FOUND.
    """
    title = title_to_change(title_id)
    if title.published_at is None:
        return title
    # One that was published before there was a history.
    note_publication(title)
    title.withdrawn_at = timezone.now()
    Publication.objects.filter(title=title, withdrawn_at=None).update(withdrawn_at=title.withdrawn_at)
    title.published_at = None
    title.save(update_fields=["published_at", "withdrawn_at"])
    catalogue_changed()
    return title
