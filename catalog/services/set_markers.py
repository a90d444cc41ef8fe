import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from catalog.errors import CatalogError, CatalogErrorCode
from catalog.models import Marker, Video
from catalog.services.changes import catalogue_changed
from catalog.services.finding import video_to_change
from vod.lib.transactions import transactional

MOST = 50
# People write whole seconds down.
_SLACK = 1.0


@dataclass(frozen=True)
class MarkerSpan:
    """A stretch of a video, in seconds from its start. `kind` is one of Marker.Kind."""

    kind: str
    start_seconds: float
    end_seconds: float


@transactional
def set_markers(*, video_id: UUID | None, markers: Sequence[MarkerSpan]) -> Video:
    """Replaces the markers of a video.

    An end that is less than a second beyond the film's is the film's. Raises CatalogError NOT_FOUND, INVALID,
    OUT_OF_RANGE for one outside of the film, or OVERLAP for two of a kind that share a moment.
    """
    video = video_to_change(video_id)
    if len(markers) > MOST:
        raise CatalogError(CatalogErrorCode.INVALID, f"A video may have {MOST} markers.", field="markers")
    spans = sorted((_checked(one, length_of(video)) for one in markers), key=lambda one: one.start_seconds)
    for kind in Marker.Kind:
        of_kind = [one for one in spans if one.kind == kind]
        if any(second.start_seconds < first.end_seconds for first, second in pairwise(of_kind)):
            message = f"Two markers of kind {kind.value} overlap. Make one of them, or part them."
            raise CatalogError(CatalogErrorCode.OVERLAP, message, field="markers")
    video.markers.all().delete()
    Marker.objects.bulk_create(
        Marker(video=video, kind=one.kind, start_seconds=one.start_seconds, end_seconds=one.end_seconds)
        for one in spans
    )
    # Where the credits begin is where a film ends for "continue watching".
    catalogue_changed()
    return video


def length_of(video: Video) -> float | None:
    """The length of the film of a video in seconds, else of the one that is coming; None where it is not known."""
    asset = video.asset or video.pending_asset
    return asset.duration_seconds if asset else None


def _checked(one: MarkerSpan, length: float | None) -> MarkerSpan:
    start, end = one.start_seconds, one.end_seconds
    if not (math.isfinite(end) and 0 <= start < end):
        message = "Each marker must start at 0 seconds or later and end after its start."
        raise CatalogError(CatalogErrorCode.INVALID, message, field="markers")
    if length is None or end <= length:
        return one
    if start >= length or end >= length + _SLACK:
        message = f"Each marker must lie within the film, which is {length:.1f} seconds long."
        raise CatalogError(CatalogErrorCode.OUT_OF_RANGE, message, field="markers")
    return MarkerSpan(one.kind, start, length)
