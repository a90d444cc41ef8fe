from typing import Any

import graphene

from catalog.graphql.mutations.base import OperatorMutation
from catalog.services.trailers import delete_trailer
from vod.lib.graphql.ids import decode_id, encode_id


class DeleteTrailer(OperatorMutation):
    """Takes a trailer or an extra away. Its film stays with the factory."""

    class Input:
        """The trailer or extra."""

        video_id = graphene.ID(required=True, description="The trailer or extra.")

    deleted_video_id = graphene.ID(description="The id that it had.")

    @classmethod
    def change(cls, video_id: str) -> Any:
        key = delete_trailer(video_id=decode_id(video_id, "Video"))
        return cls(deleted_video_id=encode_id("Video", key), errors=[])
