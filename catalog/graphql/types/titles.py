"""Movies and series, which implement the interface Title, and their connection."""

from collections.abc import Sequence
from typing import Any

import graphene

from catalog.artwork.signing import image_url
from catalog.graphql import enums
from catalog.graphql.loaders import (
    ArtworkByTitle,
    CreditsByTitle,
    ExtrasByTitle,
    FilmsByTitle,
    GenresByTitle,
    SeasonsBySeries,
    SimilarByTitle,
)
from catalog.graphql.types.people import CreditConnection, Genre
from catalog.graphql.types.videos import Season, Video
from catalog.models import ArtworkKind, VideoKind
from catalog.selectors.readiness import is_title_playable, title_readiness
from vod.lib.graphql.connections import CountedConnection, Page, list_page
from vod.lib.graphql.node import Node


class Artwork(graphene.ObjectType):
    """A title's pictures. The addresses are signed for the asker; their bytes never change."""

    poster_url = graphene.String(description="Upright, 2:3, or null.")
    backdrop_url = graphene.String(description="Wide, 16:9, or null.")
    blurhash = graphene.String(
        description="The poster's blurhash, or the backdrop's where there is no poster."
    )
    backdrop_blurhash = graphene.String(description="The backdrop's blurhash, or null.")


def _artwork(rows: Sequence[Any]) -> dict[str, str | None]:
    found = {row.kind: row for row in rows}
    poster, backdrop = found.get(ArtworkKind.POSTER), found.get(ArtworkKind.BACKDROP)
    first = poster or backdrop
    return {
        "poster_url": image_url(poster.key) if poster else None,
        "backdrop_url": image_url(backdrop.key) if backdrop else None,
        "blurhash": first.blurhash if first else None,
        "backdrop_blurhash": backdrop.blurhash if backdrop else None,
    }


def _feature(films: Sequence[Any]) -> Any:
    return next((video for video in films if video.kind == VideoKind.FEATURE), None)


class Title(graphene.Interface):
    """What a person browses: a movie or a series."""

    class Meta:
        interfaces = (Node,)

    # Graphene does not take over what an interface's own interfaces ask for.
    id = graphene.ID(required=True, description="The global id: opaque, stable, unguessable.")
    slug = graphene.String(required=True, description="The title in addresses: /title/<slug>.")
    kind = graphene.Field(enums.TitleKind, required=True, description="Movie or series.")
    name = graphene.String(required=True, description="What it is called here.")
    original_name = graphene.String(description="What it is called where it was made, or null.")
    original_language = graphene.String(description="The BCP 47 tag of its language, or null.")
    year = graphene.Int(description="The year of release, or null.")
    maturity_rating = graphene.String(description="A rating such as 12A, or null for an unrated title.")
    synopsis = graphene.String(required=True, description="What it is about.")
    artwork = graphene.Field(Artwork, required=True, description="Its pictures.")
    genres = graphene.List(graphene.NonNull(Genre), required=True, description="Its genres, by name.")
    credits = graphene.Field(
        CreditConnection,
        required=True,
        first=graphene.Int(default_value=20),
        after=graphene.String(),
        description="Who made it and who is in it, in its own order.",
    )
    trailers = graphene.List(graphene.NonNull(Video), required=True, description="Its trailers and extras.")
    similar = graphene.Field(
        lambda: TitleConnection,
        required=True,
        first=graphene.Int(default_value=12),
        after=graphene.String(),
        description="Titles that share genres or people with it, the closest first.",
    )
    is_playable = graphene.Boolean(required=True, description="Whether any of it can be watched now.")
    readiness = graphene.Float(
        description="While it is being prepared, the share of it that is done, 0 to 1; otherwise null."
    )

    @classmethod
    def resolve_type(cls, instance: Any, info: Any) -> Any:
        return Node.resolve_type(instance, info)

    @staticmethod
    def resolve_original_name(row: Any, _info: Any) -> str | None:
        return row.original_name or None

    @staticmethod
    def resolve_original_language(row: Any, _info: Any) -> str | None:
        return row.original_language or None

    @staticmethod
    def resolve_maturity_rating(row: Any, _info: Any) -> str | None:
        return row.maturity_rating or None

    @staticmethod
    def resolve_artwork(row: Any, info: Any) -> Any:
        return info.context.loaders.get(ArtworkByTitle).load(row.pk).then(_artwork)

    @staticmethod
    def resolve_genres(row: Any, info: Any) -> Any:
        return info.context.loaders.get(GenresByTitle).load(row.pk)

    @staticmethod
    def resolve_credits(row: Any, info: Any, first: int | None = None, after: str | None = None) -> Any:
        def page(rows: Sequence[Any]) -> Page[Any]:
            return list_page(rows, first=first, after=after)

        return info.context.loaders.get(CreditsByTitle).load(row.pk).then(page)

    @staticmethod
    def resolve_trailers(row: Any, info: Any) -> Any:
        return info.context.loaders.get(ExtrasByTitle).load(row.pk)

    @staticmethod
    def resolve_similar(row: Any, info: Any, first: int | None = None, after: str | None = None) -> Any:
        def page(rows: Sequence[Any]) -> Page[Any]:
            return list_page(rows, first=first, after=after)

        return info.context.loaders.get(SimilarByTitle).load(row.pk).then(page)

    @staticmethod
    def resolve_is_playable(row: Any, info: Any) -> Any:
        return info.context.loaders.get(FilmsByTitle).load(row.pk).then(is_title_playable)

    @staticmethod
    def resolve_readiness(row: Any, info: Any) -> Any:
        return info.context.loaders.get(FilmsByTitle).load(row.pk).then(title_readiness)


class TitleConnection(CountedConnection):
    """A list of titles."""

    class Meta:
        node = Title
        name = "TitleConnection"
        strict_types = True


class Movie(graphene.ObjectType):
    """A film."""

    class Meta:
        interfaces = (Node, Title)

    video = graphene.Field(Video, required=True, description="The film itself.")

    @staticmethod
    def resolve_video(row: Any, info: Any) -> Any:
        films = info.context.loaders.get(FilmsByTitle).load(row.pk)
        return films.then(_feature)


class Series(graphene.ObjectType):
    """Seasons of episodes."""

    class Meta:
        interfaces = (Node, Title)

    season_count = graphene.Int(required=True, description="How many seasons it has.")
    seasons = graphene.List(graphene.NonNull(Season), required=True, description="Its seasons, by number.")

    @staticmethod
    def resolve_season_count(row: Any, info: Any) -> Any:
        if hasattr(row, "season_count"):
            return row.season_count
        return info.context.loaders.get(SeasonsBySeries).load(row.pk).then(len)

    @staticmethod
    def resolve_seasons(row: Any, info: Any) -> Any:
        return info.context.loaders.get(SeasonsBySeries).load(row.pk)
