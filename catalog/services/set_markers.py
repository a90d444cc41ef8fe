import math
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from catalog.errors import CatalogError, CatalogErrorCode
from catalog.models import Marker, Video
from catalog.services.finding import video_to_change
from vod.lib.transactions import transactional

MOST = 50


@dataclass(frozen=True)
class MarkerSpan:
    """A stretch of a video, in seconds from its start. `kind` is one of Marker.Kind."""

    kind: str
    start_seconds: float
    end_seconds: float


@transactional
def set_markers(*, video_id: UUID | None, markers: Sequence[MarkerSpan]) -> Video:
    """Replaces the markers of a video. Raises CatalogError NOT_FOUND or INVALID."""
    video = video_to_change(video_id)
    if len(markers) > MOST:
        raise CatalogError(CatalogErrorCode.INVALID, f"A video may have {MOST} markers.", field="markers")
    for one in markers:
        if not (math.isfinite(one.end_seconds) and 0 <= one.start_seconds < one.end_seconds):
            message = "Each marker must start at 0 seconds or later and end after its start."
            raise CatalogError(CatalogErrorCode.INVALID, message, field="markers")
    video.markers.all().delete()
    Marker.objects.bulk_create(
        Marker(video=video, kind=one.kind, start_seconds=one.start_seconds, end_seconds=one.end_seconds)
        for one in markers
    )
    return video
