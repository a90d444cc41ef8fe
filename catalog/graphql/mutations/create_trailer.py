from typing import Any

import graphene

from catalog.graphql import enums
from catalog.graphql.mutations.base import OperatorMutation
from catalog.graphql.types.videos import Video
from catalog.models import VideoKind
from catalog.services.create_trailer import create_trailer
from vod.lib.graphql.ids import decode_id


class CreateTrailer(OperatorMutation):
    """Adds a trailer or an extra to a title."""

    class Input:
        """The title, and what the trailer is called."""

        title_id = graphene.ID(required=True, description="The title.")
        name = graphene.String(required=True, description="What it is called.")
        kind = enums.TrailerKind(description="A trailer where it is left out.")

    video = graphene.Field(Video, description="The new video, which waits for its film.")

    @classmethod
    def change(cls, title_id: str, name: str, kind: Any = None) -> Any:
        video = create_trailer(
            title_id=decode_id(title_id, "Movie", "Series"),
            name=name,
            kind=VideoKind(kind.value) if kind else VideoKind.TRAILER,
        )
        return cls(video=video, errors=[])
