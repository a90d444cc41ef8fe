"""The catalogue's types. Their sources are rows; what takes a query comes from a loader."""

from catalog.graphql.types.home import Home, HomeRow
from catalog.graphql.types.people import Credit, Genre, Person
from catalog.graphql.types.titles import Artwork, Movie, Series, Title, TitleConnection
from catalog.graphql.types.videos import Episode, Marker, Season, Video

__all__ = [
    "Artwork",
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
    "Title",
    "TitleConnection",
    "Video",
]
