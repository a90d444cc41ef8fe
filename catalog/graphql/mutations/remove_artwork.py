from typing import Any

import graphene

from catalog.graphql import enums
from catalog.graphql.mutations.base import OperatorMutation
from catalog.services.remove_artwork import remove_artwork
from vod.lib.graphql.ids import split_id
from vod.lib.graphql.node import Node


class RemoveArtwork(OperatorMutation):
    """Takes a picture away. One that can be made from the film's own frames will be made again."""

    class Input:
        """Whose picture, and which."""

        id = graphene.ID(required=True, description="A movie, series, episode or collection.")
        kind = enums.ArtworkKind(required=True, description="Which of its pictures.")

    pictured = graphene.Field(Node, description="What had the picture, as it is now.")

    @classmethod
    def change(cls, id: str, kind: Any) -> Any:
        owner_kind, key = split_id(id) or ("", None)
        owner = remove_artwork(owner_kind=owner_kind, owner_id=key, kind=kind.value)
        return cls(pictured=owner, errors=[])
