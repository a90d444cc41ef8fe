from typing import Any

import graphene

from catalog.graphql.mutations.base import OperatorMutation
from catalog.graphql.types.people import Genre
from catalog.services.genres import update_genre
from vod.lib.graphql.ids import decode_id


class UpdateGenre(OperatorMutation):
    """Changes what is given of a genre; what is left out or null stays."""

    class Input:
        """The genre, and what is new."""

        genre_id = graphene.ID(required=True, description="The genre.")
        name = graphene.String(description="What it is called in the library's own language.")
        slug = graphene.String(description="The genre in addresses.")

    genre = graphene.Field(Genre, description="The genre as it is now.")

    @classmethod
    def change(cls, genre_id: str, **values: Any) -> Any:
        return cls(genre=update_genre(genre_id=decode_id(genre_id, "Genre"), **values), errors=[])
