"""Puts a picture in its place: a title's poster or backdrop, an episode's still."""

from contextlib import nullcontext
from pathlib import Path

from django.db import transaction

from catalog.artwork import lettering as type_setting
from catalog.artwork import pictures
from catalog.errors import CatalogError, CatalogErrorCode
from catalog.models import Artwork, ArtworkKind, Episode, Title
from catalog.services.given_pictures import flattened
from vod.lib.rows import new_id
from vod.lib.storage import objects
from vod.lib.transactions import transactional


def put_artwork(
    *,
    source: Path,
    kind: str,
    title: Title | None = None,
    episode: Episode | None = None,
    lettering: str = "",
    is_made: bool = False,
    is_ours: bool = False,
) -> Artwork:
    """Encodes the picture in `source` anew and makes it the `kind` of `title` or the still of `episode`.

    Either a title or an episode is given. `lettering` is set in type on a poster. `is_made` says that the
    picture comes from the film's own frames: it then never replaces one that was given, nor another made
    one, and the row that is there is answered. `is_ours` says that our own tools wrote the file, as they did
    all that is made; any other file is decoded in the sandbox before it is opened here. Each picture has a key of its own, so an address never
    changes its bytes; the bytes of the one that was replaced are removed. Raises CatalogError
    NOT_A_PICTURE, TOO_LARGE or INVALID.
    """
    if (title is None) == (episode is None) or (kind == ArtworkKind.STILL) != (episode is not None):
        raise CatalogError(
            CatalogErrorCode.INVALID, "A title has a poster and a backdrop, an episode a still.", field="kind"
        )
    with nullcontext(source) if is_made or is_ours else flattened(source) as path:
        picture = pictures.cut(pictures.open_picture(path), kind, enlarge=bool(lettering))
    if lettering and kind == ArtworkKind.POSTER:
        picture = type_setting.set_title(picture, lettering)
    encoded = pictures.encode(picture)
    artwork = Artwork(
        id=new_id(),
        title=title,
        episode=episode,
        kind=kind,
        width=encoded.width,
        height=encoded.height,
        blurhash=encoded.blurhash,
        is_made=is_made,
    )
    artwork.key = f"artwork/{artwork.pk}.webp"
    objects().put_bytes(artwork.key, encoded.content)
    hung = _hang(artwork)
    if hung is not artwork:
        _forget(artwork.key)
    return hung


@transactional
def _hang(artwork: Artwork) -> Artwork:
    """The row that is there from now on."""
    title, episode = artwork.title, artwork.episode
    owner = Title.objects.select_for_update() if title else Episode.objects.select_for_update()
    owner.get(pk=(title or episode).pk)  # type: ignore[union-attr]
    before = Artwork.objects.filter(title=title, episode=episode, kind=artwork.kind).first()
    if before is not None and artwork.is_made:
        return before
    if before is not None:
        before.delete()
        transaction.on_commit(lambda: _forget(before.key), robust=True)
    artwork.save(force_insert=True)
    return artwork


def _forget(key: str) -> None:
    objects().delete(key)
