from typing import Any

import graphene

from catalog.graphql.mutations.base import OperatorMutation
from catalog.graphql.types.titles import Title
from catalog.services.set_alternative_names import OtherName, set_alternative_names
from vod.lib.graphql.ids import decode_id


class AlternativeNameInput(graphene.InputObjectType):
    """Another name of a title."""

    name = graphene.String(required=True, description="The name.")
    language = graphene.String(description="Its language, as a BCP 47 tag, where it is known.")
    country = graphene.String(description="The country it is used in (ISO 3166-1, two letters).")


class SetAlternativeNames(OperatorMutation):
    """Replaces the other names under which a title is found."""

    class Input:
        """The title and its other names, in their order."""

        title_id = graphene.ID(required=True, description="The title.")
        names = graphene.List(
            graphene.NonNull(AlternativeNameInput), required=True, description="All of them, in their order."
        )

    title = graphene.Field(Title, description="The title as it is now.")

    @classmethod
    def change(cls, title_id: str, names: Any) -> Any:
        given = [OtherName(one.name, one.get("language") or "", one.get("country") or "") for one in names]
        title = set_alternative_names(title_id=decode_id(title_id, "Movie", "Series"), names=given)
        return cls(title=title, errors=[])
