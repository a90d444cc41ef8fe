from typing import Any

import graphene

from catalog.graphql.mutations.base import OperatorMutation, given
from catalog.graphql.mutations.title_words import TitleWords
from catalog.graphql.types.titles import Series
from catalog.services.create_series import create_series


class CreateSeries(OperatorMutation):
    """Makes a draft of a series, which operators alone see until it is published."""

    class Input(TitleWords):
        """What is known of the series; everything but the name can come later."""

        name = graphene.String(required=True, description="What it is called.")

    series = graphene.Field(Series, description="The new draft.")

    @classmethod
    def change(cls, **values: Any) -> Any:
        series = create_series(**given(values, *values))
        return cls(series=series, errors=[])
