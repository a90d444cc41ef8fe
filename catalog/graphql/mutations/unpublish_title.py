from typing import Any

import graphene

from catalog.graphql.mutations.base import OperatorMutation
from catalog.graphql.types.titles import Title
from catalog.services.unpublish_title import unpublish_title
from vod.lib.graphql.ids import decode_id


class UnpublishTitle(OperatorMutation):
    """Withdraws a title: operators alone see it, and when it was published stays written. A draft stays one."""

    class Input:
        """The title."""

        title_id = graphene.ID(required=True, description="The title.")

    title = graphene.Field(Title, description="The title as it is now.")

    @classmethod
    def change(cls, title_id: str) -> Any:
        title = unpublish_title(title_id=decode_id(title_id, "Movie", "Series"))
        return cls(title=title, errors=[])
