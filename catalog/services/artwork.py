"""Puts a picture in its place: a poster or backdrop of a title or a collection, an episode's still."""

from collections.abc import Iterable
from contextlib import nullcontext
from functools import partial
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet

from catalog.artwork import lettering as type_setting
from catalog.artwork import pictures
from catalog.errors import CatalogError, CatalogErrorCode
from catalog.models import Artwork, ArtworkKind, Collection, Episode, Title
from catalog.services.changes import catalogue_changed
from catalog.services.given_pictures import flattened
from vod.lib.rows import new_id
from vod.lib.storage import objects
from vod.lib.transactions import transactional

Owner = Title | Episode | Collection


def put_artwork(
    *,
    source: Path,
    kind: str,
    title: Title | None = None,
    episode: Episode | None = None,
    collection: Collection | None = None,
    lettering: str = "",
    is_made: bool = False,
    is_ours: bool = False,
) -> Artwork:
    """Encodes the picture in `source` anew and makes it the `kind` of `title` or `collection` or the still of `episode`.

    One of the three is given. `lettering` is set in type on a poster. `is_made` says that the
    picture comes from the film's own frames: it then never replaces one that was given, nor another made
    one, and the row that is there is answered. `is_ours` says that our own tools wrote the file, as they did
    all that is made; any other file is decoded in the sandbox before it is opened here. Each picture has a key of its own, so an address never
    changes its bytes, and so has each of its smaller copies; the bytes of the one that was replaced are removed.
    Raises CatalogError NOT_A_PICTURE, TOO_LARGE or INVALID.
    """
    owners = [owner for owner in (title, episode, collection) if owner is not None]
    if len(owners) != 1 or (kind == ArtworkKind.STILL) != (episode is not None):
        raise CatalogError(
            CatalogErrorCode.INVALID,
            "A title or a collection has a poster and a backdrop, an episode a still.",
            field="kind",
        )
    with nullcontext(source) if is_made or is_ours else flattened(source) as path:
        picture = pictures.cut(pictures.open_picture(path), kind, enlarge=bool(lettering))
    if lettering and kind == ArtworkKind.POSTER:
        picture = type_setting.set_title(picture, lettering)
    encoded = pictures.encode(picture)
    copies = pictures.copies(picture, kind)
    artwork = Artwork(
        id=new_id(),
        title=title,
        episode=episode,
        kind=kind,
        width=encoded.width,
        height=encoded.height,
        blurhash=encoded.blurhash,
        widths=list(copies),
        is_made=is_made,
    )
    artwork.key = f"artwork/{artwork.pk}.webp"
    objects().put_bytes(artwork.key, encoded.content)
    for width, content in copies.items():
        objects().put_bytes(artwork.key_of(width), content)
    hung = _hang(artwork, owners[0])
    if hung is not artwork:
        _forget(artwork.keys)
    return hung


@transactional
def remove_artwork(*, owner: Owner, kind: str) -> None:
    """Takes a picture away with its bytes. One that can be made from the film's own frames will be made again.

    Raises CatalogError NOT_FOUND where there is none.
    """
    there = _there(_locked(owner), kind)
    if there is None:
        raise CatalogError(CatalogErrorCode.NOT_FOUND, "There is no such picture.", field="kind")
    forget_pictures(Artwork.objects.filter(pk=there.pk))
    there.delete()


def forget_pictures(rows: "QuerySet[Artwork]") -> None:
    """Removes the bytes of `rows` once the current transaction, which deletes them, is committed."""
    keys = [key for row in rows for key in row.keys]
    if keys:
        transaction.on_commit(partial(_forget, keys), robust=True)


@transactional
def _hang(artwork: Artwork, owner: Owner) -> Artwork:
    """The row that is there from now on."""
    locked = _locked(owner)
    before = _there(locked, artwork.kind)
    if before is not None and artwork.is_made:
        return before
    if before is not None:
        forget_pictures(Artwork.objects.filter(pk=before.pk))
        before.delete()
    artwork.save(force_insert=True)
    if isinstance(locked, Collection):
        place = artwork.kind.lower()
        setattr(locked, place, artwork)
        locked.save(update_fields=[place])
    catalogue_changed()
    return artwork


def _locked(owner: Owner) -> Owner:
    rows: QuerySet[Owner] = type(owner).objects.all()
    return rows.select_for_update().get(pk=owner.pk)


def _there(owner: Owner, kind: str) -> Artwork | None:
    if isinstance(owner, Collection):
        return owner.poster if kind == ArtworkKind.POSTER else owner.backdrop
    return owner.artwork.filter(kind=kind).first()


def _forget(keys: Iterable[str]) -> None:
    for key in keys:
        objects().delete(key)
