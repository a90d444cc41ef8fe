"""The mutation cancelAsset."""

from typing import Any

import graphene

from transcoding.graphql.mutations.base import AssetActionInput, asset_key_for_operator
from transcoding.graphql.types import Asset, AssetError
from transcoding.services.cancel import cancel_asset
from vod.lib.graphql.mutations import InputMutation


class CancelAsset(InputMutation):
    """Ends the making of a film and removes what was made; its source stays."""

    class Meta:
        errors = AssetError

    class Input:
        of = AssetActionInput

    asset = graphene.Field(Asset, description="The asset as it is now; null where there are errors.")

    @classmethod
    def perform(cls, info: Any, asset_id: str) -> Any:
        return cls(asset=cancel_asset(asset_id=asset_key_for_operator(info, asset_id)), errors=[])
