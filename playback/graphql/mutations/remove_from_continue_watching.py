from typing import Any

import graphene

from catalog.graphql.types.videos import Video
from playback.graphql.types import PlaybackError
from playback.services.remove_from_continue_watching import remove_from_continue_watching
from vod.lib.actor import Scope
from vod.lib.graphql.ids import decode_id
from vod.lib.graphql.mutations import InputMutation


class RemoveFromContinueWatching(InputMutation):
    """Takes a video's title out of the active profile's continue watching until it is watched again."""

    class Meta:
        errors = PlaybackError
        scope = Scope.WATCH

    class Input:
        video_id = graphene.ID(required=True, description="The video that the row shows.")

    video = graphene.Field(Video, description="The video; its progress stays.")

    @classmethod
    def perform(cls, info: Any, *, video_id: str) -> "RemoveFromContinueWatching":
        video = remove_from_continue_watching(actor=info.context.actor, video_id=decode_id(video_id, "Video"))
        return cls(video=video, errors=[])
