"""Posters, backdrops and stills from films' own frames, where nobody has given any."""

import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db.models import Exists, OuterRef

from catalog.artwork import pictures
from catalog.artwork.choosing import by_interest
from catalog.artwork.invented import beam
from catalog.errors import CatalogError
from catalog.models import Artwork, ArtworkKind, Episode, Title, Video, VideoKind
from catalog.services.artwork import put_artwork
from transcoding.asset_errors import AssetError
from transcoding.errors import MediaError
from transcoding.models import WATCHABLE, Asset
from transcoding.services.frames import best_frames, grab_frame
from vod.lib.cache import alone

log = logging.getLogger(__name__)

# Frames that are taken of a title's film, and of an episode.
_FRAMES, _FEW_FRAMES = 2, 1
# Shares of the film at which they are taken where it has no good ones: after the opening, before the credits.
_MOMENTS = (0.18, 0.34, 0.5, 0.66, 0.8)
# Titles and episodes of one run; the next run goes on.
_AT_ONCE = 6
# Seconds that one process is left alone with one title.
_PATIENCE = 300


def make_missing_pictures() -> None:
    """Makes what is missing of the pictures of titles and episodes whose film can be watched.

    A film that gives no frame gets a picture that is drawn. May run twice at once: the first picture stays.
    """
    for title in _bare_titles():
        with alone(f"pictures-of-{title.pk}", seconds=_PATIENCE) as mine:
            if mine:
                _picture_title(title)
    for episode in _bare_episodes():
        with alone(f"pictures-of-{episode.pk}", seconds=_PATIENCE) as mine:
            if mine:
                _picture_episode(episode)


def _bare_titles() -> list[Title]:
    film = Video.objects.filter(
        title=OuterRef("pk"), kind__in=(VideoKind.FEATURE, VideoKind.EPISODE), asset__state__in=WATCHABLE
    )
    artwork = Artwork.objects.filter(title=OuterRef("pk"))
    whole = Exists(artwork.filter(kind=ArtworkKind.POSTER)), Exists(artwork.filter(kind=ArtworkKind.BACKDROP))
    bare = Title.objects.filter(Exists(film)).exclude(*whole)
    return list(bare.order_by("id")[:_AT_ONCE])


def _bare_episodes() -> list[Episode]:
    bare = Episode.objects.filter(video__asset__state__in=WATCHABLE, artwork__isnull=True)
    return list(bare.select_related("video__asset").order_by("id")[:_AT_ONCE])


def _picture_title(title: Title) -> None:
    films = title.videos.filter(
        kind__in=(VideoKind.FEATURE, VideoKind.EPISODE), asset__state__in=WATCHABLE
    ).select_related("asset")
    video = films.order_by("episode__season__number", "episode__number", "id").first()
    if video is None or video.asset is None:
        return
    there = set(title.artwork.values_list("kind", flat=True))
    with _folder() as folder:
        best = _frames(video.asset, _FRAMES, folder, title.name)
        if ArtworkKind.BACKDROP not in there:
            put_artwork(source=best[0], kind=ArtworkKind.BACKDROP, title=title, is_made=True)
        if ArtworkKind.POSTER not in there:
            # Another frame than the backdrop's, where the film has more than one.
            frame, words = best[1 % len(best)], title.name
            put_artwork(source=frame, kind=ArtworkKind.POSTER, title=title, lettering=words, is_made=True)


def _picture_episode(episode: Episode) -> None:
    asset = episode.video.asset
    if asset is None:
        return
    with _folder() as folder:
        best = _frames(asset, _FEW_FRAMES, folder, episode.name)
        put_artwork(source=best[0], kind=ArtworkKind.STILL, episode=episode, is_made=True)


@contextmanager
def _folder() -> Iterator[Path]:
    settings.WORK_ROOT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.WORK_ROOT, prefix="pictures-") as name:
        yield Path(name)


def _frames(asset: Asset, count: int, folder: Path, name: str) -> list[Path]:
    """Frames of a film, the most interesting first; at least one picture."""
    try:
        best = best_frames(asset=asset, count=count, folder=folder)
        for path in best:
            pictures.open_picture(path)
        if best:
            return best
    except (AssetError, MediaError, CatalogError) as error:
        log.warning("no good frames of %s: %s", asset.pk, error)
    found = []
    for number, moment in enumerate(_MOMENTS):
        target = folder / f"{number}.jpg"
        try:
            found.append(
                grab_frame(asset=asset, seconds=moment * (asset.duration_seconds or 0.0), target=target)
            )
        except (AssetError, MediaError) as error:
            log.warning("no frame of %s at %s: %s", asset.pk, moment, error)
    try:
        opened = [pictures.open_picture(path) for path in found]
    except CatalogError as error:
        log.warning("a frame of %s cannot be read: %s", asset.pk, error)
        opened = []
    if not opened:
        drawn = folder / "drawn.png"
        beam(name).save(drawn)
        return [drawn]
    return [found[place] for place in by_interest(opened)]
