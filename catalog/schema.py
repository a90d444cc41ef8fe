"""Wiring of the catalogue's root fields."""

from typing import Any

from catalog.graphql.mutations.add_subtitles import AddSubtitles
from catalog.graphql.mutations.attach_asset import AttachAsset
from catalog.graphql.mutations.create_episode import CreateEpisode
from catalog.graphql.mutations.create_movie import CreateMovie
from catalog.graphql.mutations.create_series import CreateSeries
from catalog.graphql.mutations.create_trailer import CreateTrailer
from catalog.graphql.mutations.delete_title import DeleteTitle
from catalog.graphql.mutations.publish_title import PublishTitle
from catalog.graphql.mutations.set_artwork import SetArtwork
from catalog.graphql.mutations.set_credits import SetCredits
from catalog.graphql.mutations.set_markers import SetMarkers
from catalog.graphql.mutations.unpublish_title import UnpublishTitle
from catalog.graphql.mutations.update_title import UpdateTitle
from catalog.graphql.queries import CatalogQueries, register_nodes
from catalog.graphql.types.titles import Movie, Series

__all__ = ["CatalogMutations", "CatalogQueries", "catalog_types"]

register_nodes()

# Types that nothing but an interface leads to.
catalog_types: list[Any] = [Movie, Series]


class CatalogMutations:
    """What operators can change."""

    create_movie = CreateMovie.Field(description=CreateMovie.__doc__)
    create_series = CreateSeries.Field(description=CreateSeries.__doc__)
    create_episode = CreateEpisode.Field(description=CreateEpisode.__doc__)
    create_trailer = CreateTrailer.Field(description=CreateTrailer.__doc__)
    update_title = UpdateTitle.Field(description=UpdateTitle.__doc__)
    publish_title = PublishTitle.Field(description=PublishTitle.__doc__)
    unpublish_title = UnpublishTitle.Field(description=UnpublishTitle.__doc__)
    delete_title = DeleteTitle.Field(description=DeleteTitle.__doc__)
    set_artwork = SetArtwork.Field(description=SetArtwork.__doc__)
    set_credits = SetCredits.Field(description=SetCredits.__doc__)
    add_subtitles = AddSubtitles.Field(description=AddSubtitles.__doc__)
    set_markers = SetMarkers.Field(description=SetMarkers.__doc__)
    attach_asset = AttachAsset.Field(description=AttachAsset.__doc__)
