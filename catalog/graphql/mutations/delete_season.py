from typing import Any

import graphene

from catalog.graphql.mutations.base import OperatorMutation
from catalog.services.seasons import delete_season
from vod.lib.graphql.ids import decode_id, encode_id


class DeleteSeason(OperatorMutation):
    """Takes a season away with its episodes. Their films stay with the factory."""

    class Input:
        """The season."""

        season_id = graphene.ID(required=True, description="The season.")

    deleted_season_id = graphene.ID(description="The id that it had.")

    @classmethod
    def change(cls, season_id: str) -> Any:
        key = delete_season(season_id=decode_id(season_id, "Season"))
        return cls(deleted_season_id=encode_id("Season", key), errors=[])
