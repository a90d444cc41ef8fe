"""Collections: made, changed, filled and taken away by editors."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict, Unpack
from uuid import UUID

from django.db.models import Q

from catalog.errors import CatalogError, CatalogErrorCode
from catalog.models import Artwork, Collection, CollectionEntry, Title
from catalog.services import wording
from catalog.services.artwork import forget_pictures
from catalog.services.changes import catalogue_changed
from catalog.services.publish_title import utc
from catalog.services.slugs import checked_slug, free_slug, slug_of
from vod.lib.transactions import transactional

MOST = 500


class CollectionWords(TypedDict, total=False):
    """Facts of a collection. What is left out stays; `shown_from`, `shown_until` and `home_place` may be taken away by
    None: then it is not shown, has no end, has no row on the home page.
    """

    synopsis: str | None
    shown_from: datetime | None
    shown_until: datetime | None
    home_place: int | None


@transactional
def create_collection(*, name: str, slug: str = "", **words: Unpack[CollectionWords]) -> Collection:
    """A collection without titles. Raises CatalogError REQUIRED, INVALID or DUPLICATE."""
    collection = Collection(name=_name(name))
    collection.slug = (
        checked_slug(slug, _taken) if slug else free_slug(slug_of(collection.name, "collection"), _taken)
    )
    _put(collection, words)
    collection.save(force_insert=True)
    catalogue_changed()
    return collection


@transactional
def update_collection(
    *,
    collection_id: UUID | None,
    name: str | None = None,
    slug: str | None = None,
    **words: Unpack[CollectionWords],
) -> Collection:
    """Changes what is given. Raises CatalogError NOT_FOUND, REQUIRED, INVALID or DUPLICATE."""
    collection = collection_to_change(collection_id)
    if name is not None:
        collection.name = _name(name)
    if slug is not None and slug != collection.slug:
        collection.slug = checked_slug(slug, _taken)
    _put(collection, words)
    collection.save()
    catalogue_changed()
    return collection


@transactional
def set_collection_titles(*, collection_id: UUID | None, title_ids: Sequence[UUID | None]) -> Collection:
    """Replaces the titles of a collection, in this order. Raises CatalogError NOT_FOUND, INVALID or DUPLICATE."""
    collection = collection_to_change(collection_id)
    if len(title_ids) > MOST:
        raise CatalogError(
            CatalogErrorCode.INVALID, f"A collection may have {MOST} titles.", field="titleIds"
        )
    if len(set(title_ids)) < len(title_ids):
        raise CatalogError(
            CatalogErrorCode.DUPLICATE, "A title is there twice. Give each once.", field="titleIds"
        )
    known = set(Title.objects.filter(pk__in=[key for key in title_ids if key]).values_list("pk", flat=True))
    wanted = [key for key in title_ids if key in known]
    if len(wanted) < len(title_ids):
        raise CatalogError(
            CatalogErrorCode.NOT_FOUND, "One of these titles does not exist.", field="titleIds"
        )
    collection.entries.all().delete()
    CollectionEntry.objects.bulk_create(
        CollectionEntry(collection=collection, title_id=key, position=place)
        for place, key in enumerate(wanted)
    )
    catalogue_changed()
    return collection


@transactional
def delete_collection(*, collection_id: UUID | None) -> UUID:
    """Takes a collection away with its pictures; its titles stay. Answers its key. Raises CatalogError NOT_FOUND."""
    collection = collection_to_change(collection_id)
    key = collection.pk
    pictures = Artwork.objects.filter(Q(poster_of=collection) | Q(backdrop_of=collection))
    keys = list(pictures.values_list("pk", flat=True))
    forget_pictures(pictures)
    collection.delete()
    Artwork.objects.filter(pk__in=keys).delete()
    catalogue_changed()
    return key


def collection_to_change(key: UUID | None) -> Collection:
    """The collection of `key`, locked. Raises CatalogError NOT_FOUND."""
    collection = Collection.objects.select_for_update().filter(pk=key).first() if key else None
    if collection is None:
        raise CatalogError(CatalogErrorCode.NOT_FOUND, "There is no such collection.", field="collectionId")
    return collection


def _put(collection: Collection, words: CollectionWords) -> None:
    synopsis = words.get("synopsis")
    if synopsis is not None:
        collection.synopsis = wording.prose(synopsis, field="synopsis")
    if "shown_from" in words:
        collection.shown_from = utc(words["shown_from"], "shownFrom")
    if "shown_until" in words:
        collection.shown_until = utc(words["shown_until"], "shownUntil")
    start, end = collection.shown_from, collection.shown_until
    if start is not None and end is not None and end <= start:
        message = "The end of its time must be after the start."
        raise CatalogError(CatalogErrorCode.INVALID, message, field="shownUntil")
    if "home_place" in words:
        place = words["home_place"]
        if place is not None and not 0 <= place <= 9999:
            message = "Give its place on the home page, 0 to 9999, or none."
            raise CatalogError(CatalogErrorCode.INVALID, message, field="homePlace")
        collection.home_place = place


def _name(name: str) -> str:
    return wording.line(name, field="name", what="the collection's name", most=120)


def _taken(slug: str) -> bool:
    return Collection.objects.filter(slug=slug).exists()
