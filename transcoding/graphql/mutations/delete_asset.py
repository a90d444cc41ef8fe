"""The mutation deleteAsset."""

from typing import Any

import graphene

from transcoding.graphql.mutations.base import AssetActionInput, asset_key_for_operator
from transcoding.graphql.types import AssetError
from transcoding.models import Asset
from transcoding.services.delete import delete_asset
from vod.lib.graphql.ids import encode_id
from vod.lib.graphql.mutations import InputMutation


class DeleteAsset(InputMutation):
    """Removes an asset, its source and everything that was made of it."""

    class Meta:
        errors = AssetError

    class Input:
        of = AssetActionInput

    deleted_asset_id = graphene.ID(description="The id that is gone; null where there are errors.")

    @classmethod
    def perform(cls, info: Any, asset_id: str) -> Any:
        key = delete_asset(asset_id=asset_key_for_operator(info, asset_id))
        return cls(deleted_asset_id=encode_id(Asset.graphql_type, key), errors=[])
