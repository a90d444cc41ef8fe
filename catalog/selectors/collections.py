"""Ways to collections: there for an asker while their time is, with the titles that the asker may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet, Window
from django.db.models.functions import RowNumber

from catalog.models import Collection, CollectionEntry, Title
from vod.lib.actor import Actor

#: Collections of a home page, and titles of each, at most.
ON_HOME = 12
PER_COLLECTION = 40


@dataclass(frozen=True)
class LiveCollection:
    """A collection whose time it is, and those of its titles that the asker may see, in the editor's order."""

    collection: Collection
    titles: Sequence[Title]


def live_collections(
    actor: Actor, *, most: int = ON_HOME, titles_each: int = PER_COLLECTION
) -> list[LiveCollection]:
    """The collections of the home page as `actor` sees it, by their place; none that shows nothing.

    One statement, however many there are. Their time is looked at for operators too: this is the page as people see
    it. `said` (catalog/translation.py) says their names in the asker's language.
    """
    # Typed loosely, since the checker does not see annotations.
    placed: Any = visible_entries(actor).filter(
        collection__in=Collection.objects.live().filter(home_place__isnull=False).order_by()
    )
    placed = placed.annotate(
        place=Window(
            RowNumber(), partition_by=F("collection_id"), order_by=[F("position").asc(), F("id").asc()]
        )
    )
    entries = (
        placed.filter(place__lte=titles_each)
        .select_related("collection", "title")
        .order_by("collection__home_place", "collection__name", "collection_id", "position", "id")
    )
    found: dict[UUID, tuple[Collection, list[Title]]] = {}
    for entry in entries:
        found.setdefault(entry.collection_id, (entry.collection, []))[1].append(entry.title)
    return [LiveCollection(collection, titles) for collection, titles in list(found.values())[:most]]


def visible_entries(actor: Actor) -> "QuerySet[CollectionEntry]":
    """Places in collections of titles that this asker may see."""
    seen = Title.objects.visible_to(actor).filter(pk=OuterRef("title_id")).order_by()
    return CollectionEntry.objects.filter(Exists(seen))


def visible_collections(actor: Actor) -> "QuerySet[Collection]":
    """Collections whose time it is and of which this asker sees a title, with their pictures; operators see all."""
    rows = Collection.objects.shown_to(actor).select_related("poster", "backdrop")
    if actor.is_operator:
        return rows
    return rows.filter(Exists(visible_entries(actor).filter(collection=OuterRef("pk")).order_by()))


def visible_collection(
    actor: Actor, *, key: UUID | None = None, slug: str | None = None
) -> Collection | None:
    """The collection of `key` or at the address `slug`, or None where there is none for this asker."""
    rows = visible_collections(actor)
    if key is not None:
        return rows.filter(pk=key).first()
    if slug is None or "\x00" in slug or not slug.isprintable() or len(slug) > 120:
        return None
    return rows.filter(slug=slug).first()
