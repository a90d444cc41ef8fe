from typing import Any
from uuid import UUID

from catalog.errors import CatalogError, CatalogErrorCode
from catalog.models import Collection, Episode, Title
from catalog.services import artwork
from catalog.services.changes import catalogue_changed

_OWNERS: dict[str, Any] = {"Movie": Title, "Series": Title, "Episode": Episode, "Collection": Collection}
#: The types of the API that have pictures.
KINDS = tuple(_OWNERS)


def remove_artwork(*, owner_kind: str, owner_id: UUID | None, kind: str) -> Any:
    """Takes a picture away from the `owner_kind` (one of KINDS) of that key, and answers this.

    One that can be made from the film's own frames will be made again. Raises CatalogError NOT_FOUND.
    """
    model = _OWNERS.get(owner_kind)
    owner = model.objects.filter(pk=owner_id).first() if model and owner_id else None
    if owner is None or owner.graphql_type != owner_kind:
        raise CatalogError(
            CatalogErrorCode.NOT_FOUND, "There is nothing of this id with pictures.", field="id"
        )
    artwork.remove_artwork(owner=owner, kind=kind)
    catalogue_changed()
    owner.refresh_from_db()
    return owner
