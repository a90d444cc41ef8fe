"""Pictures that operators give: an upload, or a frame of the film."""

import math
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.conf import settings

from catalog.errors import CatalogError, CatalogErrorCode
from catalog.models import ArtworkKind, Collection, Episode, Title, Video, VideoKind
from catalog.services.artwork import put_artwork
from catalog.services.changes import catalogue_changed
from transcoding.asset_errors import AssetError
from transcoding.errors import MediaError
from transcoding.models import Upload, UploadKind
from transcoding.services.frames import grab_frame
from transcoding.services.uploads import finished_file


def set_artwork(
    *,
    title_id: UUID | None,
    kind: str,
    by_user_id: UUID,
    upload_id: UUID | None = None,
    at_seconds: float | None = None,
) -> Title:
    """Gives a title a poster or backdrop: a picture that `by_user_id` uploaded, or a frame of its own film.

    A poster of a frame gets the title set on it. For a series the frame is the first episode's that has a
    film. Raises CatalogError NOT_FOUND, REQUIRED, INVALID, NOT_A_PICTURE or TOO_LARGE.
    """
    title = Title.objects.filter(pk=title_id).first() if title_id else None
    if title is None:
        raise CatalogError(CatalogErrorCode.NOT_FOUND, "There is no such title.", field="titleId")
    if kind == ArtworkKind.STILL:
        message = "A title has a poster and a backdrop; stills belong to episodes."
        raise CatalogError(CatalogErrorCode.INVALID, message, field="kind")
    _refuse_neither_or_both(upload_id, at_seconds)
    if at_seconds is not None:
        films = title.videos.filter(
            kind__in=(VideoKind.FEATURE, VideoKind.EPISODE), asset__isnull=False
        ).select_related("asset")
        video = films.order_by("episode__season__number", "episode__number", "id").first()
        lettering = title.name if kind == ArtworkKind.POSTER else ""
        with _frame(video, at_seconds, "title") as frame:
            put_artwork(source=frame, kind=kind, title=title, lettering=lettering, is_ours=True)
    else:
        with _uploaded(upload_id, by_user_id) as picture:
            put_artwork(source=picture, kind=kind, title=title)
    catalogue_changed()
    return title


def set_still(
    *,
    episode_id: UUID | None,
    by_user_id: UUID,
    upload_id: UUID | None = None,
    at_seconds: float | None = None,
) -> Episode:
    """Gives an episode its still: a picture that `by_user_id` uploaded, or a frame of its own film.

    Raises CatalogError NOT_FOUND, REQUIRED, INVALID, NOT_A_PICTURE or TOO_LARGE.
    """
    episode = Episode.objects.filter(pk=episode_id).first() if episode_id else None
    if episode is None:
        raise CatalogError(CatalogErrorCode.NOT_FOUND, "There is no such episode.", field="episodeId")
    _refuse_neither_or_both(upload_id, at_seconds)
    if at_seconds is not None:
        video = Video.objects.filter(episode=episode).select_related("asset").first()
        with _frame(video, at_seconds, "episode") as frame:
            put_artwork(source=frame, kind=ArtworkKind.STILL, episode=episode, is_ours=True)
    else:
        with _uploaded(upload_id, by_user_id) as picture:
            put_artwork(source=picture, kind=ArtworkKind.STILL, episode=episode)
    catalogue_changed()
    return episode


def set_collection_artwork(
    *, collection_id: UUID | None, kind: str, by_user_id: UUID, upload_id: UUID | None
) -> Collection:
    """Gives a collection a poster or backdrop that `by_user_id` uploaded.

    Raises CatalogError NOT_FOUND, INVALID, NOT_A_PICTURE or TOO_LARGE.
    """
    collection = Collection.objects.filter(pk=collection_id).first() if collection_id else None
    if collection is None:
        raise CatalogError(CatalogErrorCode.NOT_FOUND, "There is no such collection.", field="collectionId")
    if kind == ArtworkKind.STILL:
        message = "A collection has a poster and a backdrop; stills belong to episodes."
        raise CatalogError(CatalogErrorCode.INVALID, message, field="kind")
    with _uploaded(upload_id, by_user_id) as picture:
        put_artwork(source=picture, kind=kind, collection=collection)
    catalogue_changed()
    collection.refresh_from_db()
    return collection


def _refuse_neither_or_both(upload_id: UUID | None, at_seconds: float | None) -> None:
    if (upload_id is None) == (at_seconds is None):
        message = "Give either a picture that you have uploaded, or a time in the film."
        raise CatalogError(CatalogErrorCode.REQUIRED, message, field="uploadId")


@contextmanager
def _uploaded(upload_id: UUID | None, by_user_id: UUID) -> Iterator[Path]:
    owned = Upload.objects.filter(owner=by_user_id, kind=UploadKind.ARTWORK)
    upload = owned.filter(pk=upload_id).first() if upload_id else None
    with finished_file(upload=upload) as path:
        if path is None:
            message = "There is no such picture. Upload it with kind artwork first."
            raise CatalogError(CatalogErrorCode.NOT_FOUND, message, field="uploadId")
        yield path


@contextmanager
def _frame(video: Video | None, seconds: float, what: str) -> Iterator[Path]:
    asset = video.asset if video else None
    if asset is None:
        message = f"This {what} has no film yet to take a picture from."
        raise CatalogError(CatalogErrorCode.INVALID, message, field="atSeconds")
    if not (math.isfinite(seconds) and 0 <= seconds < (asset.duration_seconds or 0)):
        message = f"Give a time between 0 and {asset.duration_seconds or 0:.0f} seconds."
        raise CatalogError(CatalogErrorCode.INVALID, message, field="atSeconds")
    settings.WORK_ROOT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.WORK_ROOT, prefix="pictures-") as folder:
        try:
            frame = grab_frame(asset=asset, seconds=seconds, target=Path(folder) / "frame.jpg")
        except (AssetError, MediaError) as error:
            raise CatalogError(CatalogErrorCode.INVALID, str(error), field="atSeconds") from error
        yield frame
