from typing import Any

import graphene

from catalog.graphql.mutations.base import OperatorMutation
from catalog.graphql.mutations.title_words import TitleWords
from catalog.graphql.types.titles import Title
from catalog.services.update_title import update_title
from vod.lib.graphql.ids import decode_id


class UpdateTitle(OperatorMutation):
    """Changes what is given of a title; what is left out or null stays."""

    class Input(TitleWords):
        """The title, and what is new."""

        title_id = graphene.ID(required=True, description="The title.")
        name = graphene.String(description="What it is called.")

    title = graphene.Field(Title, description="The title as it is now.")

    @classmethod
    def change(cls, title_id: str, **values: Any) -> Any:
        title = update_title(title_id=decode_id(title_id, "Movie", "Series"), **values)
        return cls(title=title, errors=[])
