"""Loaders of the factory's rows."""

from collections.abc import Sequence
from uuid import UUID

from transcoding.models import Rendition
from transcoding.selectors.assets import renditions_of
from vod.lib.graphql.deferred import Loader


class RenditionsByAsset(Loader[UUID, list[Rendition]]):
    """The renditions of each asset's newest version."""

    def batch(self, keys: Sequence[UUID]) -> Sequence[list[Rendition]]:
        found = renditions_of(keys)
        return [found.get(key, []) for key in keys]
