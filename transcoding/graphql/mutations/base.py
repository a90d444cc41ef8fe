"""What the mutations of an asset share: their input, and who may call them."""

from typing import Any
from uuid import UUID

import graphene

from transcoding.asset_errors import AssetError, AssetErrorCode
from transcoding.models import Asset
from vod.lib.graphql.asking import asker
from vod.lib.graphql.ids import decode_id


class AssetActionInput(graphene.InputObjectType):
    """An asset to do something with."""

    asset_id = graphene.ID(required=True, description="The asset's global id.")


def asset_key_for_operator(info: Any, asset_id: str) -> UUID | None:
    """The key in a global id. Raises AssetError UNAUTHENTICATED or FORBIDDEN."""
    actor = asker(info)
    if not actor.is_signed_in:
        raise AssetError(AssetErrorCode.UNAUTHENTICATED, "Sign in as an operator.")
    if not actor.is_operator:
        raise AssetError(AssetErrorCode.FORBIDDEN, "Only operators may do this.")
    return decode_id(asset_id, Asset.graphql_type)
