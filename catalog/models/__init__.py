"""Titles and what belongs to them."""

from catalog.models.artwork import Artwork, ArtworkKind
from catalog.models.collections import Collection, CollectionEntry
from catalog.models.editions import Edition
from catalog.models.episodes import Episode, Season
from catalog.models.facts import AlternativeName, Publication
from catalog.models.imports import ImportedFile, ImportFolder
from catalog.models.people import Credit, Genre, Person
from catalog.models.popularity import Popularity
from catalog.models.search import SearchDocument, SearchWord
from catalog.models.similar import MOST_NEIGHBOURS, Neighbours
from catalog.models.tags import Tag
from catalog.models.titles import Title, TitleKind, TitleQuerySet, TitleState
from catalog.models.videos import Marker, SubtitleKind, Video, VideoKind

__all__ = [
    "MOST_NEIGHBOURS",
    "AlternativeName",
    "Artwork",
    "ArtworkKind",
    "Collection",
    "CollectionEntry",
    "Credit",
    "Edition",
    "Episode",
    "Genre",
    "ImportFolder",
    "ImportedFile",
    "Marker",
    "Neighbours",
    "Person",
    "Popularity",
    "Publication",
    "SearchDocument",
    "SearchWord",
    "Season",
    "SubtitleKind",
    "Tag",
    "Title",
    "TitleKind",
    "TitleQuerySet",
    "TitleState",
    "Video",
    "VideoKind",
]
