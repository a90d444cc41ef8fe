from typing import Any

import graphene

from catalog.graphql.mutations.base import OperatorMutation
from catalog.graphql.types.titles import Title
from catalog.services.publish_title import publish_title
from vod.lib.graphql.ids import decode_id


class PublishTitle(OperatorMutation):
    """Lets people see a title, now or in a window of time."""

    class Input:
        """The title and its window."""

        title_id = graphene.ID(required=True, description="The title.")
        available_from = graphene.DateTime(description="From when it can be seen; now where left out.")
        available_until = graphene.DateTime(description="Until when; for good where left out.")

    title = graphene.Field(Title, description="The title as it is now.")

    @classmethod
    def change(cls, title_id: str, available_from: Any = None, available_until: Any = None) -> Any:
        title = publish_title(
            title_id=decode_id(title_id, "Movie", "Series"),
            available_from=available_from,
            available_until=available_until,
        )
        return cls(title=title, errors=[])
