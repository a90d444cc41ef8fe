from typing import Any

import graphene

from catalog.graphql.mutations.base import OperatorMutation, given
from catalog.graphql.types.titles import Series
from catalog.services.create_series import create_series


class CreateSeries(OperatorMutation):
    """Makes a draft of a series, which operators alone see until it is published."""

    class Input:
        """What is known of the series; everything but the name can come later."""

        name = graphene.String(required=True, description="What it is called.")
        year = graphene.Int(description="The year of release.")
        synopsis = graphene.String(description="What it is about.")
        maturity_rating = graphene.String(description="A rating of a known system, such as U, 12A or TV-MA.")
        genres = graphene.List(
            graphene.NonNull(graphene.String), description="Genres by slug or name; new ones are made."
        )
        original_name = graphene.String(description="What it is called where it was made.")
        original_language = graphene.String(description="The BCP 47 tag of its language.")
        is_featured = graphene.Boolean(description="Whether it may stand large on the home page.")

    series = graphene.Field(Series, description="The new draft.")

    @classmethod
    def change(cls, **values: Any) -> Any:
        series = create_series(**given(values, *values))
        return cls(series=series, errors=[])
