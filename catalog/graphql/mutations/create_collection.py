from typing import Any

import graphene

from catalog.graphql.mutations.base import OperatorMutation, given
from catalog.graphql.mutations.collection_words import CollectionWords
from catalog.graphql.types.collections import Collection
from catalog.services.collections import create_collection


class CreateCollection(OperatorMutation):
    """Makes a collection without titles, which is not shown until it is given a time."""

    class Input(CollectionWords):
        """What is known of the collection."""

        name = graphene.String(required=True, description="What it is called in the library's own language.")

    collection = graphene.Field(Collection, description="The new collection.")

    @classmethod
    def change(cls, **values: Any) -> Any:
        return cls(collection=create_collection(**given(values, *values)), errors=[])
