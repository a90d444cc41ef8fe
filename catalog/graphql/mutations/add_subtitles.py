from typing import Any

import graphene

from catalog.graphql import enums
from catalog.graphql.mutations.base import OperatorMutation
from catalog.graphql.mutations.upload_address import given_upload
from catalog.graphql.types.videos import Video
from catalog.services.add_subtitles import add_subtitles
from vod.lib.graphql.ids import decode_id


class AddSubtitles(OperatorMutation):
    """Gives a video's film uploaded subtitles: SRT, WebVTT, ASS or TTML. They are there at once."""

    class Input:
        """The video, the upload, and what the subtitles are."""

        video_id = graphene.ID(required=True, description="The video.")
        upload_id = graphene.ID(
            required=True, description="The address of an upload of kind subtitles, or its last part."
        )
        language = graphene.String(
            required=True, description="Their language as a BCP 47 tag; und where it is not known."
        )
        label = graphene.String(description="What they are called; by their language if left out.")
        kind = enums.SubtitleKind(description="Whom they are for; SUBTITLES if left out.")

    video = graphene.Field(Video, description="The video as it is now.")

    @classmethod
    def perform(cls, info: Any, **values: Any) -> Any:
        cls.check(info)
        kind = values.get("kind")
        video = add_subtitles(
            video_id=decode_id(values["video_id"], "Video"),
            upload_id=given_upload(values["upload_id"]),
            by_user_id=info.context.actor.user_id,
            language=values["language"],
            label=values.get("label") or "",
            **({"kind": kind.value} if kind is not None else {}),
        )
        return cls(video=video, errors=[])
