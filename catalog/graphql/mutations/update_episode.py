from typing import Any

import graphene

from catalog.graphql.mutations.base import OperatorMutation
from catalog.graphql.types.videos import Episode
from catalog.services.episodes import update_episode
from vod.lib.graphql.ids import decode_id


class UpdateEpisode(OperatorMutation):
    """Changes what is given of an episode; what is left out or null stays."""

    class Input:
        """The episode, and what is new."""

        episode_id = graphene.ID(required=True, description="The episode.")
        name = graphene.String(description="What it is called.")
        synopsis = graphene.String(description="What it is about.")
        number = graphene.Int(description="Its number in the season.")
        season_number = graphene.Int(
            description="The season of the same series that it moves to, which is made where there is none."
        )

    episode = graphene.Field(Episode, description="The episode as it is now.")

    @classmethod
    def change(cls, episode_id: str, **values: Any) -> Any:
        episode = update_episode(episode_id=decode_id(episode_id, "Episode"), **values)
        return cls(episode=episode, errors=[])
