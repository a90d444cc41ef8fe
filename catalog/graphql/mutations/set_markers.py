from typing import Any

import graphene

from catalog.graphql import enums
from catalog.graphql.mutations.base import OperatorMutation
from catalog.graphql.types.videos import Video
from catalog.services.set_markers import MarkerSpan, set_markers
from vod.lib.graphql.ids import decode_id


class MarkerInput(graphene.InputObjectType):
    """A stretch of a video, in seconds from its start."""

    kind = enums.MarkerKind(required=True, description="What it is.")
    start_seconds = graphene.Float(required=True, description="Its start, in seconds.")
    end_seconds = graphene.Float(required=True, description="Its end, in seconds.")


class SetMarkers(OperatorMutation):
    """Replaces the markers of a video."""

    class Input:
        """The video and its markers."""

        video_id = graphene.ID(required=True, description="The video.")
        markers = graphene.List(
            graphene.NonNull(MarkerInput), required=True, description="All markers of the video."
        )

    video = graphene.Field(Video, description="The video as it is now.")

    @classmethod
    def change(cls, video_id: str, markers: Any) -> Any:
        spans = [MarkerSpan(one.kind.value, one.start_seconds, one.end_seconds) for one in markers]
        video = set_markers(video_id=decode_id(video_id, "Video"), markers=spans)
        return cls(video=video, errors=[])
