from typing import Any

import graphene

from catalog.graphql.mutations.base import OperatorMutation
from catalog.services.genres import delete_genre
from vod.lib.graphql.ids import decode_id, encode_id


class DeleteGenre(OperatorMutation):
    """Takes a genre away from all titles, and for good."""

    class Input:
        """The genre."""

        genre_id = graphene.ID(required=True, description="The genre.")

    deleted_genre_id = graphene.ID(description="The id that it had.")

    @classmethod
    def change(cls, genre_id: str) -> Any:
        key = delete_genre(genre_id=decode_id(genre_id, "Genre"))
        return cls(deleted_genre_id=encode_id("Genre", key), errors=[])
