from typing import Any

import graphene

from catalog.graphql.mutations.base import OperatorMutation, given
from catalog.graphql.types.people import Genre
from catalog.services.genres import create_genre


class CreateGenre(OperatorMutation):
    """Makes a genre, which titles can have from then on."""

    class Input:
        """What it is called."""

        name = graphene.String(required=True, description="What it is called in the library's own language.")
        slug = graphene.String(description="The genre in addresses; made from the name if left out.")

    genre = graphene.Field(Genre, description="The new genre.")

    @classmethod
    def change(cls, **values: Any) -> Any:
        return cls(genre=create_genre(**given(values, *values)), errors=[])
