from typing import Any

import graphene

from catalog.graphql.mutations.base import OperatorMutation, given
from catalog.graphql.types.videos import Episode
from catalog.services.create_episode import create_episode
from vod.lib.graphql.ids import decode_id


class CreateEpisode(OperatorMutation):
    """Adds an episode to a series, and its season where there is none of that number yet."""

    class Input:
        """The series, and what is known of the episode."""

        series_id = graphene.ID(required=True, description="The series.")
        season_number = graphene.Int(required=True, description="The season; 0 holds specials.")
        number = graphene.Int(required=True, description="The episode's number in its season.")
        name = graphene.String(required=True, description="What it is called.")
        synopsis = graphene.String(description="What it is about.")
        season_name = graphene.String(description="What the season is called, where it is new.")

    episode = graphene.Field(Episode, description="The new episode.")

    @classmethod
    def change(cls, series_id: str, **values: Any) -> Any:
        episode = create_episode(series_id=decode_id(series_id, "Series"), **given(values, *values))
        return cls(episode=episode, errors=[])
