from uuid import UUID

from catalog.models import Title
from catalog.services.changes import catalogue_changed
from catalog.services.finding import title_to_change
from vod.lib.transactions import transactional


@transactional
def unpublish_title(*, title_id: UUID | None) -> Title:
    """Makes a title a draft again, which operators alone see. Raises CatalogError NOT_FOUND."""
    title = title_to_change(title_id)
    title.published_at = None
    title.save(update_fields=["published_at"])
    catalogue_changed()
    return title
