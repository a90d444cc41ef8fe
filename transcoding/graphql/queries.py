"""What operators ask about assets."""

from typing import Any
from uuid import UUID

import graphene

from transcoding.graphql.types import Asset, AssetConnection, AssetState
from transcoding.models import Asset as AssetRow
from transcoding.selectors.assets import assets_in
from vod.lib.graphql.asking import asker, operator
from vod.lib.graphql.connections import Page, keyset_page
from vod.lib.graphql.ids import decode_id
from vod.lib.graphql.registry import register_node


class AssetQueries:
    """Root fields of the factory; for operators only."""

    assets = graphene.Field(
        AssetConnection,
        required=True,
        description="All assets, the newest first.",
        state=graphene.Argument(AssetState, description="Only those in this state."),
        first=graphene.Int(description="How many, at most 100."),
        after=graphene.String(description="A cursor to go on from."),
    )
    asset = graphene.Field(
        Asset,
        id=graphene.ID(required=True, description="The id of an asset."),
        description="One asset by its id, or null.",
    )

    @staticmethod
    def resolve_assets(
        _root: Any, info: Any, state: Any = None, first: int | None = None, after: str | None = None
    ) -> Page[Any]:
        operator(info)
        rows = assets_in(getattr(state, "value", state))
        return keyset_page(rows, order=["-id"], first=first, after=after, default=50)

    @staticmethod
    def resolve_asset(_root: Any, info: Any, id: str) -> AssetRow | None:
        operator(info)
        key = decode_id(id, AssetRow.graphql_type)
        return AssetRow.objects.filter(pk=key).first() if key else None


def _asset_node(info: Any, key: UUID) -> AssetRow | None:
    """To others than operators an asset does not exist."""
    return AssetRow.objects.filter(pk=key).first() if asker(info).is_operator else None


register_node(AssetRow.graphql_type, _asset_node)
