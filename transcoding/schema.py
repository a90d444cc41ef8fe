"""Wiring of the factory's root fields."""

from transcoding.graphql.mutations.cancel_asset import CancelAsset
from transcoding.graphql.mutations.delete_asset import DeleteAsset
from transcoding.graphql.mutations.retry_asset import RetryAsset
from transcoding.graphql.queries import AssetQueries


class TranscodingQueries(AssetQueries):
    pass


class TranscodingMutations:
    retry_asset = RetryAsset.Field(description="Tries again to make a film that failed or was cancelled.")
    cancel_asset = CancelAsset.Field(description="Ends the making of a film; its source stays.")
    delete_asset = DeleteAsset.Field(description="Removes a film with everything that was made of it.")
