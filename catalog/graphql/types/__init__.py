"""The catalogue's types. Their sources are rows; what takes a query comes from a loader."""

from catalog.graphql.types.collections import Collection
from catalog.graphql.types.home import Home, HomeRow
from catalog.graphql.types.people import Credit, Genre, Person, Tag
from catalog.graphql.types.titles import Movie, Series, Title, TitleConnection
from catalog.graphql.types.videos import Episode, Marker, Season, Video
from catalog.graphql.types.words import Artwork

__all__ = [
    "Artwork",
    "Collection",
    "Credit",
    "Episode",
    "Genre",
    "Home",
    "HomeRow",
    "Marker",
    "Movie",
    "Person",
    "Season",
    "Series",
    "Tag",
    "Title",
    "TitleConnection",
    "Video",
]
