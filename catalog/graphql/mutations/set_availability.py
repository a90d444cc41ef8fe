from typing import Any

import graphene

from catalog.graphql.mutations.base import OperatorMutation
from catalog.graphql.types.titles import Title
from catalog.services.publish_title import set_availability
from vod.lib.graphql.ids import decode_id


class SetAvailability(OperatorMutation):
    """Sets when a title is seen, where it is published; a draft stays one."""

    class Input:
        """The title and its window."""

        title_id = graphene.ID(required=True, description="The title.")
        available_from = graphene.DateTime(description="From when on; what it was if left out or null.")
        available_until = graphene.DateTime(description="Until when; for good if left out or null.")

    title = graphene.Field(Title, description="The title as it is now.")

    @classmethod
    def change(cls, title_id: str, **values: Any) -> Any:
        title = set_availability(title_id=decode_id(title_id, "Movie", "Series"), **values)
        return cls(title=title, errors=[])
