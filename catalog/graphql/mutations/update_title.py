from typing import Any

import graphene

from catalog.graphql.mutations.base import OperatorMutation
from catalog.graphql.types.titles import Title
from catalog.services.update_title import update_title
from vod.lib.graphql.ids import decode_id


class UpdateTitle(OperatorMutation):
    """Changes what is given of a title; what is left out or null stays."""

    class Input:
        """The title, and what is new."""

        title_id = graphene.ID(required=True, description="The title.")
        name = graphene.String(description="What it is called.")
        year = graphene.Int(description="The year of release.")
        synopsis = graphene.String(description="What it is about.")
        maturity_rating = graphene.String(description="A rating of a known system, such as U, 12A or TV-MA.")
        genres = graphene.List(
            graphene.NonNull(graphene.String), description="Genres by slug or name; new ones are made."
        )
        original_name = graphene.String(description="What it is called where it was made.")
        original_language = graphene.String(description="The BCP 47 tag of its language.")
        is_featured = graphene.Boolean(description="Whether it may stand large on the home page.")

    title = graphene.Field(Title, description="The title as it is now.")

    @classmethod
    def change(cls, title_id: str, **values: Any) -> Any:
        title = update_title(title_id=decode_id(title_id, "Movie", "Series"), **values)
        return cls(title=title, errors=[])
