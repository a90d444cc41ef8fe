"""Collections that editors make."""

from typing import Any

import graphene

from catalog import translation
from catalog.graphql.types.titles import TitleConnection
from catalog.graphql.types.words import Artwork, Pictures, language_of, translations, translations_field
from catalog.selectors.collections import visible_entries
from vod.lib.graphql.connections import CountedConnection, Edge, Page, keyset_page, paged
from vod.lib.graphql.node import Node


class Collection(graphene.ObjectType):
    """Titles that an editor has put together."""

    class Meta:
        interfaces = (Node,)

    slug = graphene.String(required=True, description="The collection in addresses.")
    name = graphene.String(required=True, description="What it is called, in the asker's language.")
    synopsis = graphene.String(required=True, description="What it is about, in the asker's language.")
    artwork = graphene.Field(Artwork, required=True, description="Its pictures.")
    shown_from = graphene.DateTime(description="From when on it is shown; null while it is not ready.")
    shown_until = graphene.DateTime(description="Until when it is shown, or null for good.")
    home_place = graphene.Int(
        description="Its place among the collections of the home page, the least first; null: it has no row there."
    )
    titles = graphene.Field(
        TitleConnection,
        required=True,
        **paged(20),
        description="Those of its titles that the asker sees, in the editor's order.",
    )
    translations = translations_field()

    @staticmethod
    def resolve_name(row: Any, info: Any) -> str:
        return translation.name_of(row, language_of(info))

    @staticmethod
    def resolve_synopsis(row: Any, info: Any) -> str:
        return translation.synopsis_of(row, language_of(info))

    @staticmethod
    def resolve_artwork(row: Any, _info: Any) -> Pictures:
        return Pictures(row.poster, row.backdrop)

    @staticmethod
    def resolve_titles(row: Any, info: Any, first: int | None = None, after: str | None = None) -> Page[Any]:
        rows = visible_entries(info.context.actor).filter(collection=row.pk).select_related("title")
        page = keyset_page(rows, order=("position", "id"), first=first, after=after)
        edges = [Edge(edge.node.title, edge.cursor) for edge in page.edges]
        return Page(edges, page.has_next_page, page.has_previous_page, page.count)

    @staticmethod
    def resolve_translations(row: Any, info: Any) -> Any:
        return translations(row, info)


class CollectionConnection(CountedConnection):
    """A list of collections, by name."""

    class Meta:
        node = Collection
        name = "CollectionConnection"
        strict_types = True
