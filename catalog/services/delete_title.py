from uuid import UUID

from django.db.models import Q

from catalog.models import Artwork
from catalog.services.artwork import forget_pictures
from catalog.services.changes import catalogue_changed
from catalog.services.finding import title_to_change
from vod.lib.transactions import transactional


@transactional
def delete_title(*, title_id: UUID | None) -> UUID:
    """Takes a title with its seasons, videos, credits and pictures out of the library.

    Its films stay with the factory. Answers its key. Raises CatalogError NOT_FOUND.
    """
    title = title_to_change(title_id)
    key = title.pk
    forget_pictures(Artwork.objects.filter(Q(title=title) | Q(episode__season__series=title)))
    title.delete()
    catalogue_changed()
    return key
