from typing import Any

import graphene

from catalog.graphql.mutations.base import OperatorMutation
from catalog.graphql.mutations.collection_words import CollectionWords
from catalog.graphql.types.collections import Collection
from catalog.services.collections import update_collection
from vod.lib.graphql.ids import decode_id


class UpdateCollection(OperatorMutation):
    """Changes what is given of a collection. What is left out stays; null takes its time or its place away."""

    class Input(CollectionWords):
        """The collection, and what is new."""

        collection_id = graphene.ID(required=True, description="The collection.")
        name = graphene.String(description="What it is called in the library's own language.")

    collection = graphene.Field(Collection, description="The collection as it is now.")

    @classmethod
    def change(cls, collection_id: str, **values: Any) -> Any:
        collection = update_collection(collection_id=decode_id(collection_id, "Collection"), **values)
        return cls(collection=collection, errors=[])
