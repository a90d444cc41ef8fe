"""Genres, people and what they did."""

from typing import Any

import graphene

from catalog.graphql.loaders import CountByGenre
from vod.lib.graphql.connections import CountedConnection
from vod.lib.graphql.node import Node


class Genre(graphene.ObjectType):
    """A kind of film, such as Drama."""

    class Meta:
        interfaces = (Node,)

    slug = graphene.String(required=True, description="The genre in addresses and filters.")
    name = graphene.String(required=True, description="The genre as people call it.")
    title_count = graphene.Int(required=True, description="How many titles of it the asker sees.")

    @staticmethod
    def resolve_title_count(row: Any, info: Any) -> Any:
        counted = getattr(row, "title_count", None)
        return counted if counted is not None else info.context.loaders.get(CountByGenre).load(row.pk)


class Person(graphene.ObjectType):
    """Someone who worked on a title."""

    class Meta:
        interfaces = (Node,)

    name = graphene.String(required=True, description="The name as credited.")


class Credit(graphene.ObjectType):
    """Who did what for a title."""

    role = graphene.String(required=True, description="What the person did, such as Director.")
    character = graphene.String(description="Whom an actor plays, or null.")
    person = graphene.Field(Person, required=True, description="Who it was.")

    @staticmethod
    def resolve_character(row: Any, _info: Any) -> str | None:
        return row.character or None


class CreditConnection(CountedConnection):
    """A list of credits, in the order of the title's own."""

    class Meta:
        node = Credit
        name = "CreditConnection"
        strict_types = True
