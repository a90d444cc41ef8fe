from typing import Any

import graphene

from catalog.graphql.mutations.base import OperatorMutation
from catalog.graphql.types.people import Tag
from catalog.services.tags import update_tag
from vod.lib.graphql.ids import decode_id


class UpdateTag(OperatorMutation):
    """Changes what is given of a tag; what is left out or null stays."""

    class Input:
        """The tag, and what is new."""

        tag_id = graphene.ID(required=True, description="The tag.")
        name = graphene.String(description="What it is called in the library's own language.")
        slug = graphene.String(description="The tag in addresses.")

    tag = graphene.Field(Tag, description="The tag as it is now.")

    @classmethod
    def change(cls, tag_id: str, **values: Any) -> Any:
        return cls(tag=update_tag(tag_id=decode_id(tag_id, "Tag"), **values), errors=[])
