import math
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.conf import settings

from catalog.errors import CatalogError, CatalogErrorCode
from catalog.models import ArtworkKind, Title, VideoKind
from catalog.services.artwork import put_artwork
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
    if (upload_id is None) == (at_seconds is None):
        message = "Give either a picture that you have uploaded, or a time in the film."
        raise CatalogError(CatalogErrorCode.REQUIRED, message, field="uploadId")
    if at_seconds is not None:
        _from_film(title, kind, at_seconds)
    else:
        with _uploaded(upload_id, by_user_id) as picture:
            put_artwork(source=picture, kind=kind, title=title)
    return title


@contextmanager
def _uploaded(upload_id: UUID | None, by_user_id: UUID) -> Iterator[Path]:
    owned = Upload.objects.filter(owner=by_user_id, kind=UploadKind.ARTWORK)
    upload = owned.filter(pk=upload_id).first() if upload_id else None
    with finished_file(upload=upload) as path:
        if path is None:
            message = "There is no such picture. Upload it with kind artwork first."
            raise CatalogError(CatalogErrorCode.NOT_FOUND, message, field="uploadId")
        yield path


def _from_film(title: Title, kind: str, seconds: float) -> None:
    films = title.videos.filter(kind__in=(VideoKind.FEATURE, VideoKind.EPISODE), asset__isnull=False)
    video = films.order_by("episode__season__number", "episode__number", "id").select_related("asset").first()
    asset = video.asset if video else None
    if asset is None:
        message = "This title has no film yet to take a picture from."
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
        lettering = title.name if kind == ArtworkKind.POSTER else ""
        put_artwork(source=frame, kind=kind, title=title, lettering=lettering, is_ours=True)
