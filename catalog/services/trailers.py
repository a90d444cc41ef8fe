"""Trailers and extras that are there: changed, taken away; and films taken out of videos."""

from uuid import UUID

from catalog.errors import CatalogError, CatalogErrorCode
from catalog.models import Video, VideoKind
from catalog.services import wording
from catalog.services.changes import catalogue_changed
from catalog.services.finding import video_to_change
from vod.lib.transactions import transactional

BESIDE = (VideoKind.TRAILER, VideoKind.EXTRA)


@transactional
def update_trailer(*, video_id: UUID | None, name: str | None = None, kind: str | None = None) -> Video:
    """Changes what is given of a trailer or extra. Raises CatalogError NOT_FOUND, REQUIRED or INVALID."""
    video = _trailer(video_id)
    if name is not None:
        video.name = wording.line(name, field="name", what="the trailer's name", most=200)
    if kind is not None:
        if kind not in BESIDE:
            raise CatalogError(CatalogErrorCode.INVALID, "It is either a trailer or an extra.", field="kind")
        video.kind = kind
    video.save(update_fields=["name", "kind"])
    catalogue_changed()
    return video


@transactional
def delete_trailer(*, video_id: UUID | None) -> UUID:
    """Takes a trailer or extra away; its film stays with the factory. Answers its key. Raises NOT_FOUND or INVALID."""
    video = _trailer(video_id)
    key = video.pk
    video.delete()
    catalogue_changed()
    return key


@transactional
def detach_asset(*, video_id: UUID | None) -> Video:
    """Takes the film out of a video, and the one that was coming; both stay with the factory. Raises NOT_FOUND."""
    video = video_to_change(video_id)
    video.asset = video.pending_asset = None
    video.save(update_fields=["asset", "pending_asset"])
    catalogue_changed()
    return video


def _trailer(key: UUID | None) -> Video:
    video = video_to_change(key)
    if video.kind not in BESIDE:
        message = "This is a film or an episode. It goes with its movie or episode."
        raise CatalogError(CatalogErrorCode.INVALID, message, field="videoId")
    return video
