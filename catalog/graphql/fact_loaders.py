"""Loaders of what few pages ask for: other names, tags, collections, histories, what people did."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from catalog.models import AlternativeName, Collection, Publication, Tag, Title
from catalog.selectors.collections import visible_collections, visible_entries
from catalog.selectors.people import CREDIT_ORDER, visible_credits
from vod.lib.graphql.connections import Edge, Page, check_first, encode_cursor, keyset_page
from vod.lib.graphql.deferred import Loader

#: Whose credits, how many, after which cursor.
Asked = tuple[UUID, int | None, str | None]


class AlternativeNamesByTitle(Loader[UUID, list[AlternativeName]]):
    def batch(self, keys: Sequence[UUID]) -> list[list[AlternativeName]]:
        found: dict[UUID, list[AlternativeName]] = defaultdict(list)
        for row in AlternativeName.objects.filter(title__in=keys):
            found[row.title_id].append(row)
        return [found[key] for key in keys]


class PublicationsByTitle(Loader[UUID, list[Publication]]):
    def batch(self, keys: Sequence[UUID]) -> list[list[Publication]]:
        found: dict[UUID, list[Publication]] = defaultdict(list)
        for row in Publication.objects.filter(title__in=keys):
            found[row.title_id].append(row)
        return [found[key] for key in keys]


class TagsByTitle(Loader[UUID, list[Tag]]):
    def batch(self, keys: Sequence[UUID]) -> list[list[Tag]]:
        membership: Any = Title.tags.through.objects
        found: dict[UUID, list[Tag]] = defaultdict(list)
        for row in membership.filter(title__in=keys).select_related("tag").order_by("tag__name"):
            found[row.title_id].append(row.tag)
        return [found[key] for key in keys]


class CollectionsByTitle(Loader[UUID, list[Collection]]):
    """Those that the asker sees."""

    def batch(self, keys: Sequence[UUID]) -> list[list[Collection]]:
        actor = self.context.request.actor
        shown = visible_collections(actor).select_related(None).order_by()
        entries = visible_entries(actor).filter(title__in=keys, collection__in=shown)
        found: dict[UUID, list[Collection]] = defaultdict(list)
        joined = entries.select_related("collection__poster", "collection__backdrop")
        for entry in joined.order_by("collection__name", "collection_id"):
            found[entry.title_id].append(entry.collection)
        return [found[key] for key in keys]


class CreditsByPerson(Loader[Asked, Page[Any]]):
    """Pages of what people did: the first pages of all in one statement, any other in one of its own."""

    def batch(self, keys: Sequence[Asked]) -> list[Page[Any]]:
        pages: dict[Asked, Page[Any]] = {}
        by_size: dict[int, list[Asked]] = defaultdict(list)
        for asked in keys:
            person, first, after = asked
            if after is None:
                by_size[check_first(first)].append(asked)
            else:
                rows = visible_credits(self.context.request.actor).filter(person=person)
                pages[asked] = keyset_page(rows, order=CREDIT_ORDER, first=first, after=after)
        for size, several in by_size.items():
            pages.update(self._first_pages(size, several))
        return [pages[asked] for asked in keys]

    def _first_pages(self, size: int, asked: Sequence[Asked]) -> dict[Asked, Page[Any]]:
        rows = visible_credits(self.context.request.actor).filter(person__in={one[0] for one in asked})
        place = Window(
            RowNumber(),
            partition_by=F("person_id"),
            order_by=[F("sort_year").desc(), F("id").desc()],
        )
        counted = rows.annotate(place=place, in_all=Window(Count("id"), partition_by=F("person_id")))
        found: dict[UUID, list[Any]] = defaultdict(list)
        for row in counted.filter(place__lte=size + 1).order_by("person_id", "place"):
            found[row.person_id].append(row)
        return {one: _page(found[one[0]], size) for one in asked}


def _page(rows: Sequence[Any], size: int) -> Page[Any]:
    edges = [Edge(row, encode_cursor([row.sort_year, row.pk])) for row in rows[:size]]
    in_all = rows[0].in_all if rows else 0
    return Page(edges, len(rows) > size, count=lambda: in_all)
