"""The home page: what stands large, and rows."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import graphene

from catalog.graphql import enums
from catalog.graphql.holding import holds_until_any_goes
from catalog.graphql.loaders import CardsByKeys
from catalog.graphql.types.titles import Title, TitleConnection
from catalog.graphql.types.words import language_of
from catalog.selectors.genre_names import genre_names
from catalog.translation import name_of
from vod.lib.graphql.connections import CountedConnection, Edge, Page, list_page, paged
from vod.lib.graphql.node import Node


def _cards(info: Any, keys: Sequence[UUID]) -> Any:
    return info.context.loaders.get(CardsByKeys).load(tuple(keys))


class HomeRow(graphene.ObjectType):
    """A shelf of the home page."""

    class Meta:
        interfaces = (Node,)

    kind = graphene.Field(enums.HomeRowKind, required=True, description="What the row is.")
    heading = graphene.String(
        required=True, description="What stands above it; of a genre, in the asker's language."
    )
    titles = graphene.Field(
        TitleConnection,
        required=True,
        **paged(20),
        description="What is in it, in its order.",
    )

    @staticmethod
    def resolve_heading(row: Any, info: Any) -> Any:
        heading: str = row.heading
        if row.kind == "GENRE":
            return genre_names(language_of(info)).get(row.key.removeprefix("genre-"), heading)
        if row.about is None:
            return heading

        def name(titles: Sequence[Any]) -> str:
            return heading.format(name_of(titles[0], language_of(info)) if titles else "…")

        return _cards(info, [row.about]).then(name)

    @staticmethod
    def resolve_titles(row: Any, info: Any, first: int | None = None, after: str | None = None) -> Any:
        page: Page[Any] = list_page(row.keys, first=first, after=after)

        def show(titles: Sequence[Any]) -> Page[Any]:
            row.dress(titles)
            holds_until_any_goes(info, titles)
            known = {title.pk: title for title in titles}
            edges = [Edge(known[edge.node], edge.cursor) for edge in page.edges if edge.node in known]
            return replace(page, edges=edges)

        return _cards(info, [edge.node for edge in page.edges]).then(show)


class HomeRowConnection(CountedConnection):
    """The rows of the home page, in their order."""

    class Meta:
        node = HomeRow
        name = "HomeRowConnection"
        strict_types = True


class Home(graphene.ObjectType):
    """The home page, chosen and ordered for the profile."""

    hero = graphene.Field(Title, description="What stands large; null in an empty library.")
    rows = graphene.Field(
        HomeRowConnection,
        required=True,
        **paged(12),
        description="The rows, in their order.",
    )

    @staticmethod
    def resolve_hero(home: Any, info: Any) -> Any:
        def show(titles: Sequence[Any]) -> Any:
            home.dress(titles[:1])
            holds_until_any_goes(info, titles[:1])
            return titles[0] if titles else None

        return _cards(info, home.heroes).then(show)

    @staticmethod
    def resolve_rows(home: Any, _info: Any, first: int | None = None, after: str | None = None) -> Page[Any]:
        return list_page(home.rows, first=first, after=after)
