from typing import Any

import graphene

from catalog.graphql.mutations.base import OperatorMutation
from catalog.graphql.types.videos import Video
from catalog.services.trailers import detach_asset
from vod.lib.graphql.ids import decode_id


class DetachAsset(OperatorMutation):
    """Takes the film out of a video, and one that was coming. Both stay with the factory."""

    class Input:
        """The video."""

        video_id = graphene.ID(required=True, description="The video.")

    video = graphene.Field(Video, description="The video as it is now.")

    @classmethod
    def change(cls, video_id: str) -> Any:
        return cls(video=detach_asset(video_id=decode_id(video_id, "Video")), errors=[])
