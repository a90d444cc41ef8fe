from uuid import UUID

from django.db import transaction

from catalog.services.finding import title_to_change


@transaction.atomic
def delete_title(*, title_id: UUID | None) -> UUID:
    """Takes a title with its seasons, videos and credits out of the library; its films stay with the factory.

    Answers its key. Raises CatalogError NOT_FOUND.
    """
    title = title_to_change(title_id)
    key = title.pk
    title.delete()
    return key
