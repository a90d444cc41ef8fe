from typing import Any

import graphene

from catalog.graphql.mutations.base import OperatorMutation
from catalog.services.tags import delete_tag
from vod.lib.graphql.ids import decode_id, encode_id


class DeleteTag(OperatorMutation):
    """Takes a tag away from all titles, and for good."""

    class Input:
        """The tag."""

        tag_id = graphene.ID(required=True, description="The tag.")

    deleted_tag_id = graphene.ID(description="The id that it had.")

    @classmethod
    def change(cls, tag_id: str) -> Any:
        key = delete_tag(tag_id=decode_id(tag_id, "Tag"))
        return cls(deleted_tag_id=encode_id("Tag", key), errors=[])
