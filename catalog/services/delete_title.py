from uuid import UUID

from django.db import transaction

from catalog.errors import CatalogError, CatalogErrorCode
from catalog.models import Title


@transaction.atomic
def delete_title(*, title_id: UUID | None) -> UUID:
    """Takes a title with its seasons, videos and credits out of the library; its films stay with the factory.

    Answers its key. Raises CatalogError NOT_FOUND.
    """
    title = Title.objects.select_for_update().filter(pk=title_id).first()
    if title is None:
        raise CatalogError(CatalogErrorCode.NOT_FOUND, "There is no such title.", field="titleId")
    key = title.pk
    title.delete()
    return key
