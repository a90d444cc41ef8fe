from typing import Any

import graphene

from catalog.graphql import enums
from catalog.graphql.mutations.base import OperatorMutation
from catalog.graphql.mutations.upload_address import given_upload
from catalog.graphql.types.collections import Collection
from catalog.services.set_artwork import set_collection_artwork
from vod.lib.graphql.ids import decode_id


class SetCollectionArtwork(OperatorMutation):
    """Gives a collection a poster or backdrop that was uploaded."""

    class Input:
        """The collection, what the picture is, and where it comes from."""

        collection_id = graphene.ID(required=True, description="The collection.")
        kind = enums.ArtworkKind(required=True, description="Poster or backdrop.")
        upload_id = graphene.ID(
            required=True, description="The address of an upload of kind artwork, or its last part."
        )

    collection = graphene.Field(Collection, description="The collection as it is now.")

    @classmethod
    def perform(cls, info: Any, **values: Any) -> Any:
        cls.check(info)
        collection = set_collection_artwork(
            collection_id=decode_id(values["collection_id"], "Collection"),
            kind=values["kind"].value,
            by_user_id=info.context.actor.user_id,
            upload_id=given_upload(values["upload_id"]),
        )
        return cls(collection=collection, errors=[])
