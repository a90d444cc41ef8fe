from typing import Any

import graphene

from catalog.graphql.mutations.base import OperatorMutation
from catalog.graphql.types.collections import Collection
from catalog.services.collections import set_collection_titles
from vod.lib.graphql.ids import decode_id


class SetCollectionTitles(OperatorMutation):
    """Replaces the titles of a collection."""

    class Input:
        """The collection and its titles, in their order."""

        collection_id = graphene.ID(required=True, description="The collection.")
        title_ids = graphene.List(
            graphene.NonNull(graphene.ID), required=True, description="All its titles, in their order."
        )

    collection = graphene.Field(Collection, description="The collection as it is now.")

    @classmethod
    def change(cls, collection_id: str, title_ids: list[str]) -> Any:
        collection = set_collection_titles(
            collection_id=decode_id(collection_id, "Collection"),
            title_ids=[decode_id(one, "Movie", "Series") for one in title_ids],
        )
        return cls(collection=collection, errors=[])
