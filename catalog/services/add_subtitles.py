from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import UUID

from catalog.errors import CatalogError, CatalogErrorCode
from catalog.models import SubtitleKind, Video
from catalog.services.changes import catalogue_changed
from catalog.services.subtitles import subtitle_tag
from transcoding.asset_errors import SubtitlesError, SubtitlesErrorCode, UploadError
from transcoding.models import Asset, AssetState, Upload, UploadKind
from transcoding.services.subtitles import add_subtitles as add_to_asset
from transcoding.services.subtitles import carry_sidecars
from transcoding.services.uploads import finished_file, terminate

_HOPELESS = (AssetState.FAILED, AssetState.CANCELLED)
_CODES = {
    SubtitlesErrorCode.NOT_FOUND: CatalogErrorCode.NO_FILM,
    SubtitlesErrorCode.NOT_SUBTITLES: CatalogErrorCode.NOT_SUBTITLES,
    SubtitlesErrorCode.TOO_LARGE: CatalogErrorCode.TOO_LARGE,
    SubtitlesErrorCode.TOO_MANY: CatalogErrorCode.INVALID,
}


def add_subtitles(
    *,
    video_id: UUID | None,
    upload_id: UUID | None,
    by_user_id: UUID,
    language: str,
    label: str = "",
    kind: str = SubtitleKind.SUBTITLES,
) -> Video:
    """Gives a video's film the subtitles that `by_user_id` uploaded; the upload is used up by it.

    `language` is a BCP 47 tag, "und" where it is not known; without `label` they are called by their
    language. Raises CatalogError NOT_FOUND, INVALID, NO_FILM, NOT_SUBTITLES or TOO_LARGE, and then the upload
    stays.
    """
    tag = subtitle_tag(language)
    video = Video.objects.filter(pk=video_id).first() if video_id else None
    if video is None:
        raise CatalogError(CatalogErrorCode.NOT_FOUND, "There is no such video.", field="videoId")
    with _uploaded(upload_id, by_user_id) as (upload, path):
        film = _film(video)
        try:
            add_to_asset(
                asset_id=film.pk,
                path=path,
                file_name=upload.file_name,
                language=tag,
                label=" ".join(label.split()),
                is_forced=kind == SubtitleKind.FORCED,
                is_hearing_impaired=kind == SubtitleKind.CAPTIONS,
            )
        except SubtitlesError as error:
            raise CatalogError(_CODES[error.code], error.message, field="uploadId") from error
    video.refresh_from_db()
    if video.asset_id not in (None, film.pk):
        # Another film took its place in these very seconds.
        carry_sidecars(from_asset_id=film.pk, to_asset_id=video.asset_id)
    catalogue_changed()
    # Where somebody still asks for it, it goes when its time is over.
    with suppress(UploadError):
        terminate(upload)
    catalogue_changed()
    return video


@contextmanager
def _uploaded(upload_id: UUID | None, by_user_id: UUID) -> Iterator[tuple[Upload, Path]]:
    owned = Upload.objects.filter(owner=by_user_id, kind=UploadKind.SUBTITLES)
    upload = owned.filter(pk=upload_id).first() if upload_id else None
    with finished_file(upload=upload) as path:
        if upload is None or path is None:
            message = "There is no such file of subtitles. Upload it with kind subtitles first."
            raise CatalogError(CatalogErrorCode.NOT_FOUND, message, field="uploadId")
        yield upload, path


def _film(video: Video) -> Asset:
    """The film that is watched, else the one that is coming; from the first they are carried to the second."""
    if video.asset or video.pending_asset:
        return video.asset or video.pending_asset  # type: ignore[return-value]
    wanted = Asset.objects.filter(wanted_for=video.pk).exclude(state__in=_HOPELESS).order_by("-id").first()
    if wanted is None:
        message = "This video has no film yet. Upload the film first, then its subtitles."
        raise CatalogError(CatalogErrorCode.NO_FILM, message, field="videoId")
    return wanted
