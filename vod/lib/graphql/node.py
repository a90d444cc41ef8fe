"""Relay's Node: an interface whose global id is made by `ids.py`, and the root field `node`."""

from typing import Any

import graphene

from vod.lib.graphql.ids import encode_id, split_id
from vod.lib.graphql.registry import node_getter


class Node(graphene.Interface):
    """Anything with a global id."""

    id = graphene.ID(required=True, description="The global id: opaque, stable, unguessable.")

    @staticmethod
    def resolve_id(row: Any, info: Any) -> str:
        return encode_id(info.parent_type.name, row.pk)

    @classmethod
    def resolve_type(cls, instance: Any, info: Any) -> Any:
        # graphene takes a class here, not a name; rows know the name.
        return info.schema.get_type(instance.graphql_type).graphene_type


class NodeQueries:
    """Root fields of Relay."""

    node = graphene.Field(
        Node,
        id=graphene.ID(required=True, description="A global id."),
        description="Anything by its global id, or null.",
    )

    @staticmethod
    def resolve_node(_root: Any, info: Any, id: str) -> Any:
        parts = split_id(id)
        getter = node_getter(parts[0]) if parts else None
        return getter(info, parts[1]) if parts and getter else None
