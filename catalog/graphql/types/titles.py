"""Movies and series, which implement the interface Title, and their connection."""

from collections.abc import Callable, Sequence
from typing import Any

import graphene

from catalog import translation
from catalog.graphql import enums
from catalog.graphql.fact_loaders import (
    AlternativeNamesByTitle,
    CollectionsByTitle,
    PublicationsByTitle,
    TagsByTitle,
)
from catalog.graphql.holding import holds_until_any_goes, holds_while_made
from catalog.graphql.loaders import (
    ArtworkByOwner,
    CreditsByTitle,
    FilmsByTitle,
    GenresByTitle,
    SeasonsBySeries,
    SimilarByTitle,
    VideosByTitle,
    films_loader,
)
from catalog.graphql.types.facts import AlternativeName, MaturityRating, Publication, ratings_of
from catalog.graphql.types.people import CreditConnection, Genre, Tag
from catalog.graphql.types.videos import Season, Video
from catalog.graphql.types.words import Artwork, Pictures, language_of, translations, translations_field
from catalog.models import ArtworkKind, VideoKind
from catalog.selectors.readiness import is_title_playable, title_readiness
from vod.lib.graphql.connections import CountedConnection, Page, list_page, paged
from vod.lib.graphql.node import Node


def _pictures(rows: Sequence[Any]) -> Pictures:
    found = {row.kind: row for row in rows}
    return Pictures(found.get(ArtworkKind.POSTER), found.get(ArtworkKind.BACKDROP))


def _feature(films: Sequence[Any]) -> Any:
    return next((video for video in films if video.kind == VideoKind.FEATURE), None)


def _extras(videos: Sequence[Any]) -> list[Any]:
    """Trailers before extras, in the order in which they came."""
    of_kind = [video for video in videos if video.kind in (VideoKind.TRAILER, VideoKind.EXTRA)]
    return sorted(of_kind, key=lambda video: (video.kind != VideoKind.TRAILER, video.pk))


class Title(graphene.Interface):
    """What a person browses: a movie or a series."""

    class Meta:
        interfaces = (Node,)

    # Graphene does not take over what an interface's own interfaces ask for.
    id = graphene.ID(required=True, description="The global id: opaque, stable, unguessable.")
    slug = graphene.String(required=True, description="The title in addresses: /title/<slug>.")
    kind = graphene.Field(enums.TitleKind, required=True, description="Movie or series.")
    name = graphene.String(
        required=True, description="What it is called, in the asker's language where it is known."
    )
    original_name = graphene.String(description="What it is called where it was made, or null.")
    original_language = graphene.String(description="The BCP 47 tag of its language, or null.")
    year = graphene.Int(description="The year of release, or null.")
    maturity_rating = graphene.String(description="A rating such as 12A, or null for an unrated title.")
    synopsis = graphene.String(
        required=True, description="What it is about, in the asker's language where it is known."
    )
    ratings = graphene.List(
        graphene.NonNull(MaturityRating),
        required=True,
        description="What systems rate it; maturityRating is the one of them that counts here.",
    )
    countries = graphene.List(
        graphene.NonNull(graphene.String),
        required=True,
        description="Where it was made: ISO 3166-1 codes of two letters.",
    )
    languages = graphene.List(
        graphene.NonNull(graphene.String), required=True, description="What is spoken in it: BCP 47 tags."
    )
    alternative_names = graphene.List(
        graphene.NonNull(AlternativeName), required=True, description="Other names under which it is found."
    )
    translations = translations_field()
    artwork = graphene.Field(Artwork, required=True, description="Its pictures.")
    genres = graphene.List(graphene.NonNull(Genre), required=True, description="Its genres, by name.")
    tags = graphene.List(graphene.NonNull(Tag), required=True, description="Its tags, by name.")
    collections = graphene.List(
        graphene.NonNull("catalog.graphql.types.collections.Collection"),
        required=True,
        description="The collections that it is in and whose time it is; operators see all of them.",
    )
    credits = graphene.Field(
        CreditConnection,
        required=True,
        **paged(20),
        description="Who made it and who is in it, in its own order.",
    )
    trailers = graphene.List(graphene.NonNull(Video), required=True, description="Its trailers and extras.")
    similar = graphene.Field(
        "catalog.graphql.types.similar.SimilarConnection",
        required=True,
        **paged(12),
        description="What is like it, the nearest first: watched by the same people, or with people, genres or words in common.",
    )
    is_playable = graphene.Boolean(required=True, description="Whether any of it can be watched now.")
    readiness = graphene.Float(
        description="While it is being prepared, the share of it that is done, 0 to 1; otherwise null."
    )

    available_from = graphene.DateTime(
        required=True, description="From when on people see it, where it is published."
    )
    available_until = graphene.DateTime(description="Until when people see it, or null for good.")
    state = graphene.Field(
        enums.TitleState, description="Draft, published or withdrawn, for operators; null for others."
    )
    publications = graphene.List(
        graphene.NonNull(Publication),
        description="When it was published and withdrawn, the last first, for operators; null for others.",
    )

    @classmethod
    def resolve_type(cls, instance: Any, info: Any) -> Any:
        return Node.resolve_type(instance, info)

    @staticmethod
    def resolve_name(row: Any, info: Any) -> str:
        return translation.name_of(row, language_of(info))

    @staticmethod
    def resolve_synopsis(row: Any, info: Any) -> str:
        return translation.synopsis_of(row, language_of(info))

    @staticmethod
    def resolve_translations(row: Any, info: Any) -> Any:
        return translations(row, info)

    @staticmethod
    def resolve_ratings(row: Any, _info: Any) -> Any:
        return ratings_of(row)

    @staticmethod
    def resolve_alternative_names(row: Any, info: Any) -> Any:
        return info.context.loaders.get(AlternativeNamesByTitle).load(row.pk)

    @staticmethod
    def resolve_tags(row: Any, info: Any) -> Any:
        return info.context.loaders.get(TagsByTitle).load(row.pk)

    @staticmethod
    def resolve_collections(row: Any, info: Any) -> Any:
        return info.context.loaders.get(CollectionsByTitle).load(row.pk)

    @staticmethod
    def resolve_state(row: Any, info: Any) -> Any:
        return row.state if info.context.actor.is_operator else None

    @staticmethod
    def resolve_publications(row: Any, info: Any) -> Any:
        if not info.context.actor.is_operator:
            return None
        return info.context.loaders.get(PublicationsByTitle).load(row.pk)

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
        if hasattr(row, "pictures"):
            return _pictures(row.pictures)
        return info.context.loaders.get(ArtworkByOwner).load(row.pk).then(_pictures)

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
        return info.context.loaders.get(VideosByTitle).load(row.pk).then(_extras)

    @staticmethod
    def resolve_similar(row: Any, info: Any, first: int | None = None, after: str | None = None) -> Any:
        from catalog.graphql.types.similar import similar_page  # it knows Title

        def page(found: Sequence[Any]) -> Page[Any]:
            shown = similar_page(row.pk, found, first=first, after=after)
            holds_until_any_goes(info, [edge.node for edge in shown.edges])
            return shown

        loader = info.context.loaders.get(SimilarByTitle)
        loader.know(row)
        return loader.load(row.pk).then(page)

    @staticmethod
    def resolve_is_playable(row: Any, info: Any) -> Any:
        return _of_films(row, info, is_title_playable)

    @staticmethod
    def resolve_readiness(row: Any, info: Any) -> Any:
        return _of_films(row, info, title_readiness)


def _of_films(row: Any, info: Any, say: Callable[[Sequence[Any]], Any]) -> Any:
    """What there is to say of the videos of a title that can be watched."""

    def told(films: Sequence[Any]) -> Any:
        holds_while_made(info, [video.asset or video.pending_asset for video in films])
        return say(films)

    return info.context.loaders.get(FilmsByTitle).load(row.pk).then(told)


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
        return info.context.loaders.get(films_loader(info)).load(row.pk).then(_feature)


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
