"""Genres, tags, people and what they did."""

from typing import Any

import graphene

from catalog import translation
from catalog.graphql.fact_loaders import CreditsByPerson
from catalog.graphql.loaders import CountByGenre, TitleById
from catalog.graphql.types.words import language_of, translations, translations_field
from catalog.selectors.titles import ORDERS
from catalog.selectors.titles import visible_titles_of_tag as titles_of_tag
from vod.lib.graphql.connections import CountedConnection, Page, keyset_page, paged
from vod.lib.graphql.node import Node


class Genre(graphene.ObjectType):
    """A kind of film, such as Drama."""

    class Meta:
        interfaces = (Node,)

    slug = graphene.String(required=True, description="The genre in addresses and filters.")
    name = graphene.String(required=True, description="The genre as people call it, in the asker's language.")
    title_count = graphene.Int(required=True, description="How many titles of it the asker sees.")
    translations = translations_field()

    @staticmethod
    def resolve_name(row: Any, info: Any) -> str:
        return translation.name_of(row, language_of(info))

    @staticmethod
    def resolve_title_count(row: Any, info: Any) -> Any:
        counted = getattr(row, "title_count", None)
        return counted if counted is not None else info.context.loaders.get(CountByGenre).load(row.pk)

    @staticmethod
    def resolve_translations(row: Any, info: Any) -> Any:
        return translations(row, info)


class Tag(graphene.ObjectType):
    """A word that titles are grouped by, beside their genres."""

    class Meta:
        interfaces = (Node,)

    slug = graphene.String(required=True, description="The tag in addresses.")
    name = graphene.String(required=True, description="The tag as people call it, in the asker's language.")
    titles = graphene.Field(
        "catalog.graphql.types.titles.TitleConnection",
        required=True,
        **paged(20),
        description="The titles with this tag that the asker sees, the newest first.",
    )
    translations = translations_field()

    @staticmethod
    def resolve_name(row: Any, info: Any) -> str:
        return translation.name_of(row, language_of(info))

    @staticmethod
    def resolve_titles(row: Any, info: Any, first: int | None = None, after: str | None = None) -> Page[Any]:
        rows = titles_of_tag(info.context.actor, row.pk)
        return keyset_page(rows, order=ORDERS["NEWEST"], first=first, after=after)

    @staticmethod
    def resolve_translations(row: Any, info: Any) -> Any:
        return translations(row, info)


class Person(graphene.ObjectType):
    """Someone who worked on a title."""

    class Meta:
        interfaces = (Node,)

    name = graphene.String(required=True, description="The name as credited.")
    credits = graphene.Field(
        lambda: CreditConnection,
        required=True,
        **paged(20),
        description="What they did, in titles that the asker sees: the latest year first.",
    )

    @staticmethod
    def resolve_credits(row: Any, info: Any, first: int | None = None, after: str | None = None) -> Any:
        return info.context.loaders.get(CreditsByPerson).load((row.pk, first, after))


class Credit(graphene.ObjectType):
    """Who did what for a title."""

    role = graphene.String(required=True, description="What the person did, such as Director.")
    character = graphene.String(description="Whom an actor plays, or null.")
    person = graphene.Field(Person, required=True, description="Who it was.")
    title = graphene.Field(
        "catalog.graphql.types.titles.Title", required=True, description="What it was for."
    )

    @staticmethod
    def resolve_character(row: Any, _info: Any) -> str | None:
        return row.character or None

    @staticmethod
    def resolve_title(row: Any, info: Any) -> Any:
        known = row._state.fields_cache.get("title")
        return known if known is not None else info.context.loaders.get(TitleById).load(row.title_id)


class CreditConnection(CountedConnection):
    """A list of credits: of a title in its own order, of a person the latest first."""

    class Meta:
        node = Credit
        name = "CreditConnection"
        strict_types = True


class TagConnection(CountedConnection):
    """A list of tags, by name."""

    class Meta:
        node = Tag
        name = "TagConnection"
        strict_types = True


class PersonConnection(CountedConnection):
    """A list of people, by name."""

    class Meta:
        node = Person
        name = "PersonConnection"
        strict_types = True
