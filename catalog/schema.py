"""Wiring of the catalogue's root fields."""

from typing import Any

from catalog.graphql import remembering
from catalog.graphql.mutations.add_subtitles import AddSubtitles
from catalog.graphql.mutations.attach_asset import AttachAsset
from catalog.graphql.mutations.create_collection import CreateCollection
from catalog.graphql.mutations.create_episode import CreateEpisode
from catalog.graphql.mutations.create_genre import CreateGenre
from catalog.graphql.mutations.create_movie import CreateMovie
from catalog.graphql.mutations.create_person import CreatePerson
from catalog.graphql.mutations.create_season import CreateSeason
from catalog.graphql.mutations.create_series import CreateSeries
from catalog.graphql.mutations.create_tag import CreateTag
from catalog.graphql.mutations.create_trailer import CreateTrailer
from catalog.graphql.mutations.delete_collection import DeleteCollection
from catalog.graphql.mutations.delete_episode import DeleteEpisode
from catalog.graphql.mutations.delete_genre import DeleteGenre
from catalog.graphql.mutations.delete_person import DeletePerson
from catalog.graphql.mutations.delete_season import DeleteSeason
from catalog.graphql.mutations.delete_tag import DeleteTag
from catalog.graphql.mutations.delete_title import DeleteTitle
from catalog.graphql.mutations.delete_trailer import DeleteTrailer
from catalog.graphql.mutations.detach_asset import DetachAsset
from catalog.graphql.mutations.publish_title import PublishTitle
from catalog.graphql.mutations.remove_artwork import RemoveArtwork
from catalog.graphql.mutations.remove_subtitles import RemoveSubtitles
from catalog.graphql.mutations.set_alternative_names import SetAlternativeNames
from catalog.graphql.mutations.set_artwork import SetArtwork
from catalog.graphql.mutations.set_availability import SetAvailability
from catalog.graphql.mutations.set_chapters import SetChapters
from catalog.graphql.mutations.set_collection_artwork import SetCollectionArtwork
from catalog.graphql.mutations.set_collection_titles import SetCollectionTitles
from catalog.graphql.mutations.set_credits import SetCredits
from catalog.graphql.mutations.set_markers import SetMarkers
from catalog.graphql.mutations.set_ratings import SetRatings
from catalog.graphql.mutations.set_still import SetStill
from catalog.graphql.mutations.set_translations import SetTranslations
from catalog.graphql.mutations.unpublish_title import UnpublishTitle
from catalog.graphql.mutations.update_collection import UpdateCollection
from catalog.graphql.mutations.update_episode import UpdateEpisode
from catalog.graphql.mutations.update_genre import UpdateGenre
from catalog.graphql.mutations.update_person import UpdatePerson
from catalog.graphql.mutations.update_season import UpdateSeason
from catalog.graphql.mutations.update_subtitles import UpdateSubtitles
from catalog.graphql.mutations.update_tag import UpdateTag
from catalog.graphql.mutations.update_title import UpdateTitle
from catalog.graphql.mutations.update_trailer import UpdateTrailer
from catalog.graphql.queries import CatalogQueries, register_nodes
from catalog.graphql.types.titles import Movie, Series

__all__ = ["CatalogMutations", "CatalogQueries", "catalog_types"]

register_nodes()
remembering.register()

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
    create_collection = CreateCollection.Field(description=CreateCollection.__doc__)
    create_genre = CreateGenre.Field(description=CreateGenre.__doc__)
    create_person = CreatePerson.Field(description=CreatePerson.__doc__)
    create_season = CreateSeason.Field(description=CreateSeason.__doc__)
    create_tag = CreateTag.Field(description=CreateTag.__doc__)
    delete_collection = DeleteCollection.Field(description=DeleteCollection.__doc__)
    delete_episode = DeleteEpisode.Field(description=DeleteEpisode.__doc__)
    delete_genre = DeleteGenre.Field(description=DeleteGenre.__doc__)
    delete_person = DeletePerson.Field(description=DeletePerson.__doc__)
    delete_season = DeleteSeason.Field(description=DeleteSeason.__doc__)
    delete_tag = DeleteTag.Field(description=DeleteTag.__doc__)
    delete_trailer = DeleteTrailer.Field(description=DeleteTrailer.__doc__)
    detach_asset = DetachAsset.Field(description=DetachAsset.__doc__)
    remove_artwork = RemoveArtwork.Field(description=RemoveArtwork.__doc__)
    remove_subtitles = RemoveSubtitles.Field(description=RemoveSubtitles.__doc__)
    set_alternative_names = SetAlternativeNames.Field(description=SetAlternativeNames.__doc__)
    set_availability = SetAvailability.Field(description=SetAvailability.__doc__)
    set_chapters = SetChapters.Field(description=SetChapters.__doc__)
    set_collection_artwork = SetCollectionArtwork.Field(description=SetCollectionArtwork.__doc__)
    set_collection_titles = SetCollectionTitles.Field(description=SetCollectionTitles.__doc__)
    set_ratings = SetRatings.Field(description=SetRatings.__doc__)
    set_still = SetStill.Field(description=SetStill.__doc__)
    set_translations = SetTranslations.Field(description=SetTranslations.__doc__)
    update_collection = UpdateCollection.Field(description=UpdateCollection.__doc__)
    update_episode = UpdateEpisode.Field(description=UpdateEpisode.__doc__)
    update_genre = UpdateGenre.Field(description=UpdateGenre.__doc__)
    update_person = UpdatePerson.Field(description=UpdatePerson.__doc__)
    update_season = UpdateSeason.Field(description=UpdateSeason.__doc__)
    update_subtitles = UpdateSubtitles.Field(description=UpdateSubtitles.__doc__)
    update_tag = UpdateTag.Field(description=UpdateTag.__doc__)
    update_trailer = UpdateTrailer.Field(description=UpdateTrailer.__doc__)
