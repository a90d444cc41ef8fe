from typing import Any

import graphene

from catalog.graphql import enums
from catalog.graphql.mutations.base import OperatorMutation
from catalog.graphql.types.videos import Video
from catalog.services.subtitles import update_subtitles
from vod.lib.graphql.ids import decode_id


class UpdateSubtitles(OperatorMutation):
    """Changes what is given of a video's subtitles; what is left out or null stays, and so does their text."""

    class Input:
        """The subtitles, and what is new."""

        video_id = graphene.ID(required=True, description="The video.")
        track_id = graphene.ID(required=True, description="The subtitles, one of its subtitleTracks.")
        language = graphene.String(description="Their language as a BCP 47 tag; und where it is not known.")
        label = graphene.String(description="What they are called; by their language if empty.")
        kind = enums.SubtitleKind(description="Whom they are for.")
        is_default = graphene.Boolean(
            description="Whether they are shown unless others are chosen; then no others are."
        )

    video = graphene.Field(Video, description="The video as it is now.")

    @classmethod
    def change(cls, video_id: str, track_id: str, kind: Any = None, **values: Any) -> Any:
        video = update_subtitles(
            video_id=decode_id(video_id, "Video"),
            track_id=decode_id(track_id, "SubtitleTrack"),
            kind=kind.value if kind is not None else None,
            **values,
        )
        return cls(video=video, errors=[])
