"""Subtitles that a video has: changed and taken away."""

from uuid import UUID

from catalog.errors import CatalogError, CatalogErrorCode
from catalog.models import SubtitleKind, Video
from catalog.services import wording
from catalog.services.changes import catalogue_changed
from catalog.services.finding import video_to_change
from transcoding.asset_errors import SubtitlesError
from transcoding.engine.languages import tag_of
from transcoding.models import Rendition, RenditionKind
from transcoding.services import subtitle_changes
from vod.lib.transactions import transactional

_UNKNOWN = "und"


@transactional
def update_subtitles(
    *,
    video_id: UUID | None,
    track_id: UUID | None,
    language: str | None = None,
    label: str | None = None,
    kind: str | None = None,
    is_default: bool | None = None,
) -> Video:
    """Changes what is given of a video's subtitles, for every video that has this film.

    `language` as for `add_subtitles`; `kind` is one of SubtitleKind. Raises CatalogError NOT_FOUND or INVALID.
    """
    video, track = _found(video_id, track_id)
    if label is not None:
        label = wording.line(label, field="label", what="the label", most=100, required=False)
    try:
        subtitle_changes.update_subtitles(
            track_id=track,
            language=None if language is None else subtitle_tag(language),
            label=label,
            is_forced=None if kind is None else kind == SubtitleKind.FORCED,
            is_hearing_impaired=None if kind is None else kind == SubtitleKind.CAPTIONS,
            is_default=is_default,
        )
    except SubtitlesError as error:
        raise CatalogError(CatalogErrorCode.NOT_FOUND, error.message, field="trackId") from error
    catalogue_changed()
    return video


@transactional
def remove_subtitles(*, video_id: UUID | None, track_id: UUID | None) -> Video:
    """Takes subtitles out of a video's film, for good. Raises CatalogError NOT_FOUND."""
    video, track = _found(video_id, track_id)
    try:
        subtitle_changes.remove_subtitles(track_id=track)
    except SubtitlesError as error:
        raise CatalogError(CatalogErrorCode.NOT_FOUND, error.message, field="trackId") from error
    catalogue_changed()
    return video


def subtitle_tag(language: str) -> str:
    """The language as subtitles keep it: a BCP 47 tag, empty for "und". Raises CatalogError INVALID."""
    tag = tag_of(language.strip().replace("_", "-"))
    if not tag and language.strip().lower() != _UNKNOWN:
        message = "Give the language as a tag like en, de or pt-BR, or und where it is not known."
        raise CatalogError(CatalogErrorCode.INVALID, message, field="language")
    return tag


def _found(video_id: UUID | None, track_id: UUID | None) -> tuple[Video, UUID]:
    video = video_to_change(video_id)
    films = [key for key in (video.asset_id, video.pending_asset_id) if key]
    rows = Rendition.objects.filter(kind=RenditionKind.SUBTITLES, version__asset__in=films)
    if track_id is None or not rows.filter(pk=track_id).exists():
        message = "This video has no such subtitles. Choose one of its subtitleTracks."
        raise CatalogError(CatalogErrorCode.NOT_FOUND, message, field="trackId")
    return video, track_id
