"""The schema's wiring: each app's root fields, joined once."""

import graphene

from accounts.schema import AccountMutations, AccountQueries
from catalog.schema import CatalogMutations, CatalogQueries, catalog_types
from playback.schema import PlaybackMutations
from transcoding.schema import TranscodingMutations, TranscodingQueries
from vod.lib.graphql import registry
from vod.lib.graphql.node import NodeQueries


class Query(CatalogQueries, TranscodingQueries, AccountQueries, NodeQueries, graphene.ObjectType):
    """What can be read."""


class Mutation(
    PlaybackMutations, CatalogMutations, TranscodingMutations, AccountMutations, graphene.ObjectType
):
    """What can be changed. Each takes one input and reports what the caller did wrong in `errors`."""


registry.join()
schema = graphene.Schema(query=Query, mutation=Mutation, types=catalog_types)
