from typing import Any

import graphene

from playback.graphql.types import PlaybackError, Stream
from playback.services.stop_playback import stop_playback
from vod.lib.actor import Scope
from vod.lib.graphql.ids import decode_id
from vod.lib.graphql.mutations import InputMutation


class StopPlayback(InputMutation):
    """Ends a stream of the account, on this device or another one; its media cannot be fetched any more."""

    class Meta:
        errors = PlaybackError
        scope = Scope.WATCH

    class Input:
        session_id = graphene.ID(required=True, description="The stream: a session's id or a conflict's.")
        position_seconds = graphene.Float(
            description="Where it stopped; kept if the stream was the active profile's own."
        )

    session = graphene.Field(Stream, description="The stream that has ended.")

    @classmethod
    def perform(cls, info: Any, *, session_id: str, position_seconds: float | None = None) -> "StopPlayback":
        session = stop_playback(
            actor=info.context.actor,
            session_id=decode_id(session_id, "PlaybackSession"),
            position_seconds=position_seconds,
        )
        return cls(session=session, errors=[])
