from typing import Any

import graphene

from catalog.graphql.mutations.base import OperatorMutation
from catalog.services.collections import delete_collection
from vod.lib.graphql.ids import decode_id, encode_id


class DeleteCollection(OperatorMutation):
    """Takes a collection away. Its titles stay."""

    class Input:
        """The collection."""

        collection_id = graphene.ID(required=True, description="The collection.")

    deleted_collection_id = graphene.ID(description="The id that it had.")

    @classmethod
    def change(cls, collection_id: str) -> Any:
        key = delete_collection(collection_id=decode_id(collection_id, "Collection"))
        return cls(deleted_collection_id=encode_id("Collection", key), errors=[])
