"""Root fields of what titles are grouped by, and of what editors look up."""

from typing import Any

import graphene

from catalog.graphql.types.collections import Collection, CollectionConnection
from catalog.graphql.types.facts import RatingSystemFacts, rating_systems
from catalog.graphql.types.people import PersonConnection, TagConnection
from catalog.selectors.collections import visible_collection, visible_collections
from catalog.selectors.people import people_named
from catalog.selectors.tags import visible_tag, visible_tags
from vod.lib.graphql.asking import browser, operator
from vod.lib.graphql.connections import Page, keyset_page, paged
from vod.lib.graphql.registry import register_node


class GroupQueries:
    """Root fields for collections, tags, people and ratings."""

    collection = graphene.Field(
        Collection,
        slug=graphene.String(required=True, description="The end of its address."),
        description="The collection at an address, or null.",
    )
    collections = graphene.Field(
        CollectionConnection,
        required=True,
        **paged(20),
        description="The collections whose time it is and in which the asker sees something, by name; "
        "operators see all.",
    )
    tags = graphene.Field(
        TagConnection,
        required=True,
        **paged(100),
        description="The tags of titles that the asker sees, by name; operators see all.",
    )
    people = graphene.Field(
        PersonConnection,
        required=True,
        text=graphene.String(description="How a name begins; everybody where it is left out."),
        **paged(20),
        description="People whose name begins so, by name; for operators.",
    )
    rating_systems = graphene.List(
        graphene.NonNull(RatingSystemFacts),
        required=True,
        description="The systems of maturity ratings that are known here, those that count first.",
    )

    @staticmethod
    def resolve_collection(_root: Any, info: Any, slug: str) -> Any:
        return visible_collection(browser(info), slug=slug)

    @staticmethod
    def resolve_collections(
        _root: Any, info: Any, first: int | None = None, after: str | None = None
    ) -> Page[Any]:
        return keyset_page(visible_collections(browser(info)), order=("name", "id"), first=first, after=after)

    @staticmethod
    def resolve_tags(_root: Any, info: Any, first: int | None = None, after: str | None = None) -> Page[Any]:
        return keyset_page(
            visible_tags(browser(info)), order=("name", "id"), first=first, after=after, default=100
        )

    @staticmethod
    def resolve_people(
        _root: Any, info: Any, text: str | None = None, first: int | None = None, after: str | None = None
    ) -> Page[Any]:
        operator(info)
        return keyset_page(people_named(text or ""), order=("name", "id"), first=first, after=after)

    @staticmethod
    def resolve_rating_systems(_root: Any, info: Any) -> Any:
        browser(info)
        return rating_systems()


def register_group_nodes() -> None:
    """Names who answers `node(id:)` for tags and collections."""
    register_node("Tag", lambda info, key: visible_tag(browser(info), key))
    register_node("Collection", lambda info, key: visible_collection(browser(info), key=key))
