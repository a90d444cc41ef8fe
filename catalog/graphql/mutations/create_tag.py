from typing import Any

import graphene

from catalog.graphql.mutations.base import OperatorMutation, given
from catalog.graphql.types.people import Tag
from catalog.services.tags import create_tag


class CreateTag(OperatorMutation):
    """Makes a tag, which titles can have from then on."""

    class Input:
        """What it is called."""

        name = graphene.String(required=True, description="What it is called in the library's own language.")
        slug = graphene.String(description="The tag in addresses; made from the name if left out.")

    tag = graphene.Field(Tag, description="The new tag.")

    @classmethod
    def change(cls, **values: Any) -> Any:
        return cls(tag=create_tag(**given(values, *values)), errors=[])
