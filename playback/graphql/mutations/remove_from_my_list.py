from typing import Any

import graphene

from catalog.graphql.types.titles import Title
from playback.graphql.types import MyListInput, PlaybackError
from playback.services.remove_from_my_list import remove_from_my_list
from vod.lib.actor import Scope
from vod.lib.graphql.ids import decode_id
from vod.lib.graphql.mutations import InputMutation


class RemoveFromMyList(InputMutation):
    """Takes a title off the active profile's list."""

    class Meta:
        errors = PlaybackError
        scope = Scope.WATCH

    class Input:
        of = MyListInput

    title = graphene.Field(Title, description="The title, no longer on the list.")

    @classmethod
    def perform(cls, info: Any, *, title_id: str) -> "RemoveFromMyList":
        title = remove_from_my_list(actor=info.context.actor, title_id=decode_id(title_id, "Movie", "Series"))
        return cls(title=title, errors=[])
