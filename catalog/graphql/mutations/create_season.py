from typing import Any

import graphene

from catalog.graphql.mutations.base import OperatorMutation, given
from catalog.graphql.types.videos import Season
from catalog.services.seasons import create_season
from vod.lib.graphql.ids import decode_id


class CreateSeason(OperatorMutation):
    """Adds a season without episodes to a series."""

    class Input:
        """The series, and what is known of the season."""

        series_id = graphene.ID(required=True, description="The series.")
        number = graphene.Int(required=True, description="Its number; 0 holds specials.")
        name = graphene.String(description="What it is called; by its number if left out.")

    season = graphene.Field(Season, description="The new season.")

    @classmethod
    def change(cls, series_id: str, **values: Any) -> Any:
        season = create_season(series_id=decode_id(series_id, "Series"), **given(values, *values))
        return cls(season=season, errors=[])
