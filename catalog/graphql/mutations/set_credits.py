from typing import Any

import graphene

from catalog.graphql.mutations.base import OperatorMutation
from catalog.graphql.types.titles import Title
from catalog.services.set_credits import CreditLine, set_credits
from vod.lib.graphql.ids import decode_id


class CreditInput(graphene.InputObjectType):
    """Who did what."""

    person_name = graphene.String(required=True, description="The name as credited.")
    role = graphene.String(required=True, description="What the person did, such as Director.")
    character = graphene.String(description="Whom an actor plays.")


class SetCredits(OperatorMutation):
    """Replaces the credits of a title."""

    class Input:
        """The title and its credits, in their order."""

        title_id = graphene.ID(required=True, description="The title.")
        credits = graphene.List(
            graphene.NonNull(CreditInput), required=True, description="All credits, in their order."
        )

    title = graphene.Field(Title, description="The title as it is now.")

    @classmethod
    def change(cls, title_id: str, credits: Any) -> Any:
        lines = [CreditLine(one.person_name, one.role, one.get("character") or "") for one in credits]
        title = set_credits(title_id=decode_id(title_id, "Movie", "Series"), credits=lines)
        return cls(title=title, errors=[])
