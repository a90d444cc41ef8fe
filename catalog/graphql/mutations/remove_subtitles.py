from typing import Any

import graphene

from catalog.graphql.mutations.base import OperatorMutation
from catalog.graphql.types.videos import Video
from catalog.services.subtitles import remove_subtitles
from vod.lib.graphql.ids import decode_id


class RemoveSubtitles(OperatorMutation):
    """Takes subtitles of a video's film away for good, its own as well as those that were added."""

    class Input:
        """The video and the subtitles."""

        video_id = graphene.ID(required=True, description="The video.")
        track_id = graphene.ID(required=True, description="The subtitles, one of its subtitleTracks.")

    video = graphene.Field(Video, description="The video as it is now.")

    @classmethod
    def change(cls, video_id: str, track_id: str) -> Any:
        video = remove_subtitles(
            video_id=decode_id(video_id, "Video"), track_id=decode_id(track_id, "SubtitleTrack")
        )
        return cls(video=video, errors=[])
