from typing import Any

import graphene

from catalog.graphql import enums
from catalog.graphql.mutations.base import OperatorMutation
from catalog.graphql.types.videos import Video
from catalog.services.trailers import update_trailer
from vod.lib.graphql.ids import decode_id


class UpdateTrailer(OperatorMutation):
    """Changes what is given of a trailer or an extra; what is left out or null stays."""

    class Input:
        """The trailer, and what is new."""

        video_id = graphene.ID(required=True, description="The trailer or extra.")
        name = graphene.String(description="What it is called.")
        kind = enums.TrailerKind(description="Which of the two it is.")

    video = graphene.Field(Video, description="The video as it is now.")

    @classmethod
    def change(cls, video_id: str, name: str | None = None, kind: Any = None) -> Any:
        video = update_trailer(
            video_id=decode_id(video_id, "Video"), name=name, kind=kind.value if kind else None
        )
        return cls(video=video, errors=[])
