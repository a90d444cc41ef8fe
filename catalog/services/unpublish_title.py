from uuid import UUID

from django.db import transaction

from catalog.errors import CatalogError, CatalogErrorCode
from catalog.models import Title


@transaction.atomic
def unpublish_title(*, title_id: UUID | None) -> Title:
    """Makes a title a draft again, which operators alone see. Raises CatalogError NOT_FOUND."""
    title = Title.objects.select_for_update().filter(pk=title_id).first()
    if title is None:
        raise CatalogError(CatalogErrorCode.NOT_FOUND, "There is no such title.", field="titleId")
    title.published_at = None
    title.save(update_fields=["published_at"])
    return title
