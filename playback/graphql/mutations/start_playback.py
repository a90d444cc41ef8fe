from typing import Any

import graphene

from playback.graphql.types import PlaybackError, PlaybackSession, Stream
from playback.services.start_playback import StreamLimitReached, start_playback
from vod.lib.actor import Scope
from vod.lib.graphql.ids import decode_id
from vod.lib.graphql.mutations import InputMutation


class StartPlayback(InputMutation):
    """Opens a stream for the active profile, if the plan has a place left."""

    class Meta:
        errors = PlaybackError
        scope = Scope.WATCH

    class Input:
        video_id = graphene.ID(required=True, description="What to watch.")
        device_name = graphene.String(required=True, description="What people call this device.")
        device_id = graphene.String(
            description="The same for each start on one device, which then replaces its own stream."
        )

    session = graphene.Field(PlaybackSession, description="The stream, or null where it may not start.")
    conflicts = graphene.List(
        graphene.NonNull(Stream),
        required=True,
        description="With STREAM_LIMIT: the streams that hold the plan's places. Stop one, then ask again.",
    )

    @classmethod
    def perform(
        cls, info: Any, *, video_id: str, device_name: str, device_id: str | None = None
    ) -> "StartPlayback":
        try:
            session = start_playback(
                actor=info.context.actor,
                video_id=decode_id(video_id, "Video"),
                device_name=device_name,
                device_id=device_id or "",
            )
        except StreamLimitReached as reached:
            refusal = PlaybackError(field=None, code=reached.code.value, message=reached.message)
            return cls(session=None, conflicts=reached.conflicts, errors=[refusal])
        return cls(session=session, conflicts=[], errors=[])

    @staticmethod
    def resolve_conflicts(payload: "StartPlayback", _info: Any) -> Any:
        return payload.conflicts or []
