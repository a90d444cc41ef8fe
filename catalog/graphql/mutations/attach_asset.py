from typing import Any

import graphene

from catalog.graphql.mutations.base import OperatorMutation
from catalog.graphql.types.videos import Video
from catalog.services.attach_asset import attach_asset
from vod.lib.graphql.ids import decode_id


class AttachAsset(OperatorMutation):
    """Gives a video its film. What it had before stays until the new one can be watched."""

    class Input:
        """The video and the film."""

        video_id = graphene.ID(required=True, description="The video.")
        asset_id = graphene.ID(required=True, description="The film, an asset of the factory.")

    video = graphene.Field(Video, description="The video as it is now.")

    @classmethod
    def change(cls, video_id: str, asset_id: str) -> Any:
        video = attach_asset(video_id=decode_id(video_id, "Video"), asset_id=decode_id(asset_id, "Asset"))
        return cls(video=video, errors=[])
