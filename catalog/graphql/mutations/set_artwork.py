from typing import Any

import graphene

from catalog.graphql import enums
from catalog.graphql.mutations.base import OperatorMutation
from catalog.graphql.mutations.upload_address import given_upload
from catalog.graphql.types.titles import Title
from catalog.services.set_artwork import set_artwork
from vod.lib.graphql.ids import decode_id


class SetArtwork(OperatorMutation):
    """Gives a title a poster or backdrop: an uploaded picture, or a frame of its own film."""

    class Input:
        """The title, what the picture is, and where it comes from."""

        title_id = graphene.ID(required=True, description="The title.")
        kind = enums.ArtworkKind(required=True, description="Poster or backdrop.")
        upload_id = graphene.ID(description="The address of an upload of kind artwork, or its last part.")
        at_seconds = graphene.Float(description="A time in its own film, in seconds.")

    title = graphene.Field(Title, description="The title as it is now.")

    @classmethod
    def perform(cls, info: Any, **values: Any) -> Any:
        cls.check(info)
        title = set_artwork(
            title_id=decode_id(values["title_id"], "Movie", "Series"),
            kind=values["kind"].value,
            by_user_id=info.context.actor.user_id,
            upload_id=given_upload(values.get("upload_id")),
            at_seconds=values.get("at_seconds"),
        )
        return cls(title=title, errors=[])
