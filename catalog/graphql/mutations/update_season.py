from typing import Any

import graphene

from catalog.graphql.mutations.base import OperatorMutation
from catalog.graphql.types.videos import Season
from catalog.services.seasons import update_season
from vod.lib.graphql.ids import decode_id


class UpdateSeason(OperatorMutation):
    """Changes what is given of a season; what is left out or null stays."""

    class Input:
        """The season, and what is new."""

        season_id = graphene.ID(required=True, description="The season.")
        number = graphene.Int(description="Its number; 0 holds specials.")
        name = graphene.String(description="What it is called; empty for its number.")

    season = graphene.Field(Season, description="The season as it is now.")

    @classmethod
    def change(cls, season_id: str, **values: Any) -> Any:
        return cls(season=update_season(season_id=decode_id(season_id, "Season"), **values), errors=[])
