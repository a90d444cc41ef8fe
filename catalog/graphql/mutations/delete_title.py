from typing import Any

import graphene

from catalog.graphql.mutations.base import OperatorMutation
from catalog.services.delete_title import delete_title
from vod.lib.graphql.ids import decode_id


class DeleteTitle(OperatorMutation):
    """Takes a title with all that belongs to it out of the library; its films stay with the factory."""

    class Input:
        """The title."""

        title_id = graphene.ID(required=True, description="The title.")

    deleted_title_id = graphene.ID(description="The id that no longer names anything.")

    @classmethod
    def change(cls, title_id: str) -> Any:
        delete_title(title_id=decode_id(title_id, "Movie", "Series"))
        return cls(deleted_title_id=title_id, errors=[])
