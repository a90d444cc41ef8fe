"""What things are called, in whose language, and their pictures."""

from dataclasses import dataclass
from typing import Any

import graphene

from catalog.artwork.signing import image_url
from catalog.models import Artwork as Picture


class Translation(graphene.ObjectType):
    """What something is called in a language other than the library's own, and what it is about."""

    language = graphene.String(required=True, description="A BCP 47 tag.")
    name = graphene.String(description="The name, or null.")
    synopsis = graphene.String(description="The synopsis, or null.")


def language_of(info: Any) -> str:
    """The language of who asks, or empty."""
    return info.context.actor.language  # type: ignore[no-any-return]


def translations_field() -> graphene.Field:
    """The field `translations` of whatever has names by language; `translations` resolves it."""
    return graphene.List(
        graphene.NonNull(Translation),
        required=True,
        description="What it is called in other languages, by their tags; for editors. "
        "`name` says it in the asker's.",
    )


def translations(row: Any, _info: Any) -> list[dict[str, str | None]]:
    synopses = getattr(row, "synopses", {})
    return [
        {"language": tag, "name": row.names.get(tag), "synopsis": synopses.get(tag)}
        for tag in sorted({*row.names, *synopses})
    ]


def srcset(picture: Picture | None) -> str | None:
    """The addresses of a picture's sizes with their widths, the smallest first: what `srcset` of an <img> takes."""
    if picture is None:
        return None
    widths = sorted({*(picture.widths or ()), picture.width})
    return ", ".join(f"{image_url(picture.key_of(width))} {width}w" for width in widths)


@dataclass(frozen=True)
class Pictures:
    """What a title or a collection has of pictures."""

    poster: Picture | None = None
    backdrop: Picture | None = None


class Artwork(graphene.ObjectType):
    """The pictures of a title or a collection. The addresses are signed for the asker; their bytes never change."""

    poster_url = graphene.String(description="Upright, 2:3, or null.")
    poster_srcset = graphene.String(
        description="The poster in all its sizes, for `srcset`: addresses with their widths in pixels; or null."
    )
    backdrop_url = graphene.String(description="Wide, 16:9, or null.")
    backdrop_srcset = graphene.String(
        description="The backdrop in all its sizes, for `srcset`: addresses with their widths in pixels; or null."
    )
    blurhash = graphene.String(
        description="The poster's blurhash, or the backdrop's where there is no poster."
    )
    backdrop_blurhash = graphene.String(description="The backdrop's blurhash, or null.")

    @staticmethod
    def resolve_poster_url(row: Pictures, _info: Any) -> str | None:
        return image_url(row.poster.key) if row.poster else None

    @staticmethod
    def resolve_poster_srcset(row: Pictures, _info: Any) -> str | None:
        return srcset(row.poster)

    @staticmethod
    def resolve_backdrop_url(row: Pictures, _info: Any) -> str | None:
        return image_url(row.backdrop.key) if row.backdrop else None

    @staticmethod
    def resolve_backdrop_srcset(row: Pictures, _info: Any) -> str | None:
        return srcset(row.backdrop)

    @staticmethod
    def resolve_blurhash(row: Pictures, _info: Any) -> str | None:
        first = row.poster or row.backdrop
        return first.blurhash if first else None

    @staticmethod
    def resolve_backdrop_blurhash(row: Pictures, _info: Any) -> str | None:
        return row.backdrop.blurhash if row.backdrop else None
