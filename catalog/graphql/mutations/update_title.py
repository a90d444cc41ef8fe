from typing import Any

import graphene

from catalog.graphql.mutations.base import OperatorMutation, given
from catalog.graphql.mutations.title_words import TitleWords
from catalog.graphql.types.titles import Title
from catalog.services.update_title import update_title
from vod.lib.graphql.ids import decode_id


class UpdateTitle(OperatorMutation):
    """Changes what is given of a title; what is left out or null stays."""

    class Input(TitleWords):
        """The title, and what is new."""

        title_id = graphene.ID(required=True, description="The title.")
        name = graphene.String(description="What it is called in the library's own language.")
        slug = graphene.String(description="The title in addresses; the old address leads nowhere then.")
        clear_year = graphene.Boolean(description="True takes the year away.")

    title = graphene.Field(Title, description="The title as it is now.")

    @classmethod
    def change(cls, title_id: str, **values: Any) -> Any:
        plain = given(values, *values)
        title = update_title(title_id=decode_id(title_id, "Movie", "Series"), **plain)
        return cls(title=title, errors=[])
