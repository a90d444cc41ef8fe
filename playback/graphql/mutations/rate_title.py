from typing import Any

import graphene

from catalog.graphql.types.titles import Title
from playback.graphql.types import PlaybackError, RatingValue
from playback.models import Rating
from playback.services.rate_title import rate_title
from vod.lib.actor import Scope
from vod.lib.graphql.ids import decode_id
from vod.lib.graphql.mutations import InputMutation


class RateTitle(InputMutation):
    """Says what the active profile thinks of a title."""

    class Meta:
        errors = PlaybackError
        scope = Scope.WATCH

    class Input:
        title_id = graphene.ID(required=True, description="The title.")
        rating = RatingValue(description="Null takes the rating back.")

    title = graphene.Field(Title, description="The title with its new rating.")

    @classmethod
    def perform(cls, info: Any, *, title_id: str, rating: Rating.Value | None = None) -> "RateTitle":
        title = rate_title(
            actor=info.context.actor,
            title_id=decode_id(title_id, "Movie", "Series"),
            rating=rating.value if rating else None,
        )
        return cls(title=title, errors=[])
