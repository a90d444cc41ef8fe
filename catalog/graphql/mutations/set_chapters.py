from typing import Any

import graphene

from catalog.graphql.mutations.base import OperatorMutation
from catalog.graphql.types.videos import Video
from catalog.services.set_chapters import ChapterStart, set_chapters
from vod.lib.graphql.ids import decode_id


class ChapterInput(graphene.InputObjectType):
    """A named part of a video, which lasts until the next one."""

    title = graphene.String(description="Its name; its number if left out.")
    start_seconds = graphene.Float(required=True, description="Its start, in seconds.")


class SetChapters(OperatorMutation):
    """Replaces the chapters of a video. Without any of an editor's, those of its file are shown."""

    class Input:
        """The video and its chapters."""

        video_id = graphene.ID(required=True, description="The video.")
        chapters = graphene.List(
            graphene.NonNull(ChapterInput),
            description="All chapters of the video; none where empty, those of its file where null.",
        )

    video = graphene.Field(Video, description="The video as it is now.")

    @classmethod
    def change(cls, video_id: str, chapters: Any = None) -> Any:
        starts = (
            None
            if chapters is None
            else [ChapterStart(one.get("title") or "", one.start_seconds) for one in chapters]
        )
        return cls(video=set_chapters(video_id=decode_id(video_id, "Video"), chapters=starts), errors=[])
