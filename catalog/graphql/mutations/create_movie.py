from typing import Any

import graphene

from catalog.graphql.mutations.base import OperatorMutation, given
from catalog.graphql.types.titles import Movie
from catalog.services.create_movie import create_movie


class CreateMovie(OperatorMutation):
    """Makes a draft of a film, which operators alone see until it is published."""

    class Input:
        """What is known of the film; everything but the name can come later."""

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

    movie = graphene.Field(Movie, description="The new draft.")

    @classmethod
    def change(cls, **values: Any) -> Any:
        movie = create_movie(**given(values, *values))
        return cls(movie=movie, errors=[])
