from typing import Any

import graphene

from playback.graphql.types import PlaybackError, PlaybackSession, PlaybackState
from playback.models import PlaybackState as State
from playback.services.heartbeat import heartbeat
from vod.lib.actor import Scope
from vod.lib.graphql.ids import decode_id
from vod.lib.graphql.mutations import InputMutation


class Heartbeat(InputMutation):
    """A player's sign of life: keeps its place and its position."""

    class Meta:
        errors = PlaybackError
        scope = Scope.WATCH

    class Input:
        session_id = graphene.ID(required=True, description="The stream.")
        position_seconds = graphene.Float(required=True, description="Seconds from the start.")
        state = PlaybackState(description="What the player is doing; playing if left out.")

    session = graphene.Field(PlaybackSession, description="The stream with its new lease.")

    @classmethod
    def perform(
        cls, info: Any, *, session_id: str, position_seconds: float, state: State | None = None
    ) -> "Heartbeat":
        session = heartbeat(
            actor=info.context.actor,
            session_id=decode_id(session_id, "PlaybackSession"),
            position_seconds=position_seconds,
            state=(state or State.PLAYING).value,
        )
        return cls(session=session, errors=[])
