from typing import Any

import graphene

from catalog.graphql import enums
from catalog.graphql.mutations.base import OperatorMutation
from catalog.graphql.types.titles import Title
from catalog.services.set_ratings import set_ratings
from vod.lib.graphql.ids import decode_id


class RatingInput(graphene.InputObjectType):
    """What a system rates a title."""

    system = enums.RatingSystem(required=True, description="The system.")
    rating = graphene.String(required=True, description="One of its ratings, such as 12A.")


class SetRatings(OperatorMutation):
    """Replaces the maturity ratings of a title."""

    class Input:
        """The title, its ratings, and which of them counts."""

        title_id = graphene.ID(required=True, description="The title.")
        ratings = graphene.List(
            graphene.NonNull(RatingInput), required=True, description="All of them, each system once."
        )
        counting = enums.RatingSystem(
            description="The system whose rating counts. If left out: the installation's, else the strictest's."
        )

    title = graphene.Field(Title, description="The title as it is now.")

    @classmethod
    def change(cls, title_id: str, ratings: Any, counting: Any = None) -> Any:
        title = set_ratings(
            title_id=decode_id(title_id, "Movie", "Series"),
            ratings=[(one.system.value, one.rating) for one in ratings],
            counting=counting.value if counting else None,
        )
        return cls(title=title, errors=[])
