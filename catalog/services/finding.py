"""The row that a caller named, locked for the transaction, or a refusal that says which is missing."""

from uuid import UUID

from catalog.errors import CatalogError, CatalogErrorCode
from catalog.models import Title, Video


def title_to_change(key: UUID | None) -> Title:
    """The title of `key`. Raises CatalogError NOT_FOUND."""
    title = Title.objects.select_for_update().filter(pk=key).first() if key else None
    if title is None:
        raise CatalogError(CatalogErrorCode.NOT_FOUND, "There is no such title.", field="titleId")
    return title


def video_to_change(key: UUID | None) -> Video:
    """The video of `key`. Raises CatalogError NOT_FOUND."""
    video = Video.objects.select_for_update().filter(pk=key).first() if key else None
    if video is None:
        raise CatalogError(CatalogErrorCode.NOT_FOUND, "There is no such video.", field="videoId")
    return video
