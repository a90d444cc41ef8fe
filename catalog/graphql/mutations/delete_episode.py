from typing import Any

import graphene

from catalog.graphql.mutations.base import OperatorMutation
from catalog.services.episodes import delete_episode
from vod.lib.graphql.ids import decode_id, encode_id


class DeleteEpisode(OperatorMutation):
    """Takes an episode away. Its film stays with the factory."""

    class Input:
        """The episode."""

        episode_id = graphene.ID(required=True, description="The episode.")

    deleted_episode_id = graphene.ID(description="The id that it had.")

    @classmethod
    def change(cls, episode_id: str) -> Any:
        key = delete_episode(episode_id=decode_id(episode_id, "Episode"))
        return cls(deleted_episode_id=encode_id("Episode", key), errors=[])
