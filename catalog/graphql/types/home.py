"""The home page: what stands large, and rows."""

from typing import Any

import graphene

from catalog.graphql import enums
from catalog.graphql.types.titles import Title, TitleConnection
from vod.lib.graphql.connections import CountedConnection, Page, list_page
from vod.lib.graphql.node import Node


class HomeRow(graphene.ObjectType):
    """A shelf of the home page."""

    class Meta:
        interfaces = (Node,)

    kind = graphene.Field(enums.HomeRowKind, required=True, description="What the row is.")
    heading = graphene.String(required=True, description="What stands above it.")
    titles = graphene.Field(
        TitleConnection,
        required=True,
        first=graphene.Int(default_value=20),
        after=graphene.String(),
        description="What is in it, in its order.",
    )

    @staticmethod
    def resolve_titles(row: Any, _info: Any, first: int | None = None, after: str | None = None) -> Page[Any]:
        return list_page(row.titles, first=first, after=after)


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
        first=graphene.Int(default_value=12),
        after=graphene.String(),
        description="The rows, in their order.",
    )

    @staticmethod
    def resolve_rows(home: Any, _info: Any, first: int | None = None, after: str | None = None) -> Page[Any]:
        return list_page(home.rows, first=first, after=after)
