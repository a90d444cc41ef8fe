from typing import Any

import graphene

from catalog.graphql.mutations.base import OperatorMutation
from catalog.graphql.mutations.upload_address import given_upload
from catalog.graphql.types.videos import Episode
from catalog.services.set_artwork import set_still
from vod.lib.graphql.ids import decode_id


class SetStill(OperatorMutation):
    """Gives an episode its picture: an uploaded one, or a frame of its own film."""

    class Input:
        """The episode, and where its picture comes from."""

        episode_id = graphene.ID(required=True, description="The episode.")
        upload_id = graphene.ID(description="The address of an upload of kind artwork, or its last part.")
        at_seconds = graphene.Float(description="A time in its own film, in seconds.")

    episode = graphene.Field(Episode, description="The episode as it is now.")

    @classmethod
    def perform(cls, info: Any, **values: Any) -> Any:
        cls.check(info)
        episode = set_still(
            episode_id=decode_id(values["episode_id"], "Episode"),
            by_user_id=info.context.actor.user_id,
            upload_id=given_upload(values.get("upload_id")),
            at_seconds=values.get("at_seconds"),
        )
        return cls(episode=episode, errors=[])
