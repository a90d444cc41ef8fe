from typing import Any

import graphene

from catalog.graphql.types.videos import Video
from playback.graphql.types import PlaybackError
from playback.services.mark_watched import mark_watched
from vod.lib.actor import Scope
from vod.lib.graphql.ids import decode_id
from vod.lib.graphql.mutations import InputMutation


class MarkWatched(InputMutation):
    """Marks a video as seen by the active profile, or forgets what was seen of it."""

    class Meta:
        errors = PlaybackError
        scope = Scope.WATCH

    class Input:
        video_id = graphene.ID(required=True, description="The video.")
        watched = graphene.Boolean(required=True, description="Whether it counts as seen.")

    video = graphene.Field(Video, description="The video with its new progress.")

    @classmethod
    def perform(cls, info: Any, *, video_id: str, watched: bool) -> "MarkWatched":
        video = mark_watched(actor=info.context.actor, video_id=decode_id(video_id, "Video"), watched=watched)
        return cls(video=video, errors=[])
