from typing import Any

import graphene

from catalog.graphql.mutations.base import OperatorMutation, given
from catalog.graphql.mutations.title_words import TitleWords
from catalog.graphql.types.titles import Movie
from catalog.services.create_movie import create_movie


class CreateMovie(OperatorMutation):
    """Makes a draft of a film, which operators alone see until it is published."""

    class Input(TitleWords):
        """What is known of the film; everything but the name can come later."""

        name = graphene.String(required=True, description="What it is called.")

    movie = graphene.Field(Movie, description="The new draft.")

    @classmethod
    def change(cls, **values: Any) -> Any:
        movie = create_movie(**given(values, *values))
        return cls(movie=movie, errors=[])
