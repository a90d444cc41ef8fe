"""Loaders of the factory's rows."""

from collections.abc import Sequence
from uuid import UUID

from transcoding.models import Rendition
from transcoding.selectors.assets import renditions_of
from transcoding.selectors.pace import Pace, pace_of
from vod.lib.graphql.deferred import Loader


class RenditionsByAsset(Loader[UUID, list[Rendition]]):
    """The renditions of each asset's newest version."""

    def batch(self, keys: Sequence[UUID]) -> Sequence[list[Rendition]]:
        found = renditions_of(keys)
        return [found.get(key, []) for key in keys]


class PaceByAsset(Loader[UUID, Pace | None]):
    """How fast each asset is being made; None for those that are not."""

    def batch(self, keys: Sequence[UUID]) -> Sequence[Pace | None]:
        found = pace_of(keys)
        return [found.get(key) for key in keys]
