from uuid import UUID

from catalog.errors import CatalogError, CatalogErrorCode
from catalog.models import Video, VideoKind
from catalog.services import wording
from catalog.services.changes import catalogue_changed
from catalog.services.finding import title_to_change
from vod.lib.transactions import transactional


@transactional
def create_trailer(*, title_id: UUID | None, name: str, kind: str = VideoKind.TRAILER) -> Video:
    """A trailer or extra of a title, which waits for its film. Raises CatalogError NOT_FOUND or INVALID."""
    title = title_to_change(title_id)
    if kind not in (VideoKind.TRAILER, VideoKind.EXTRA):
        raise CatalogError(CatalogErrorCode.INVALID, "It is either a trailer or an extra.", field="kind")
    plain = wording.line(name, field="name", what="the trailer's name", most=200)
    video = Video.objects.create(title=title, kind=kind, name=plain)
    catalogue_changed()
    return video
