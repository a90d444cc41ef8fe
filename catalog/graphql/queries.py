"""The catalogue's root fields, and who answers for its nodes."""

from typing import Any
from uuid import UUID

import graphene

from catalog import search
from catalog.graphql import enums
from catalog.graphql.types.home import Home
from catalog.graphql.types.people import Genre
from catalog.graphql.types.titles import Title, TitleConnection
from catalog.models import Genre as GenreRow
from catalog.models import Person as PersonRow
from catalog.models import Title as TitleRow
from catalog.models import TitleKind
from catalog.selectors.home import home, home_row
from catalog.selectors.people import visible_genre, visible_person
from catalog.selectors.titles import ORDERS, browse, genres_with_counts, title_at, visible_title
from catalog.selectors.titles import TitleFilter as Wanted
from catalog.selectors.videos import visible_episode, visible_season, visible_video
from vod.lib.graphql.asking import browser
from vod.lib.graphql.connections import Page, keyset_page
from vod.lib.graphql.registry import register_node


class TitleFilter(graphene.InputObjectType):
    """Narrows a list of titles down; what is left out does not matter."""

    kind = enums.TitleKind(description="Movies or series only.")
    genre = graphene.String(description="The slug of a genre.")
    year_from = graphene.Int(description="The earliest year of release.")
    year_to = graphene.Int(description="The latest year of release.")
    language = graphene.String(description="The original language, as a BCP 47 tag or its first part.")


class CatalogQueries:
    """Root fields for browsing."""

    home = graphene.Field(Home, required=True, description="The home page, for the active profile.")
    titles = graphene.Field(
        TitleConnection,
        required=True,
        filter=TitleFilter(),
        order_by=enums.TitleOrder(default_value="NEWEST"),
        first=graphene.Int(default_value=40),
        after=graphene.String(),
        description="All titles that the asker sees, filtered and ordered.",
    )
    genres = graphene.List(
        graphene.NonNull(Genre), required=True, description="The genres in which the asker sees something."
    )
    title = graphene.Field(
        Title, slug=graphene.String(required=True), description="The title at an address, or null."
    )
    search = graphene.Field(
        TitleConnection,
        required=True,
        text=graphene.String(required=True),
        first=graphene.Int(default_value=20),
        after=graphene.String(),
        description="Titles in whose names, people or genres every word of the text occurs, the best first.",
    )

    @staticmethod
    def resolve_home(_root: Any, info: Any) -> Any:
        return home(browser(info))

    @staticmethod
    def resolve_titles(
        _root: Any,
        info: Any,
        filter: dict[str, Any] | None = None,
        order_by: Any = None,
        first: int | None = None,
        after: str | None = None,
    ) -> Page[Any]:
        wanted = dict(filter or {})
        if wanted.get("kind") is not None:
            wanted["kind"] = TitleKind(wanted["kind"])
        order = ORDERS[getattr(order_by, "value", order_by) or "NEWEST"]
        rows = browse(browser(info), Wanted(**wanted))
        return keyset_page(rows, order=order, first=first, after=after, default=40)

    @staticmethod
    def resolve_genres(_root: Any, info: Any) -> Any:
        return genres_with_counts(browser(info))

    @staticmethod
    def resolve_title(_root: Any, info: Any, slug: str) -> Any:
        return title_at(browser(info), slug)

    @staticmethod
    def resolve_search(
        _root: Any, info: Any, text: str, first: int | None = None, after: str | None = None
    ) -> Page[Any]:
        rows = search.find(TitleRow.objects.visible_to(browser(info)), text)
        return keyset_page(rows, order=search.ORDER, first=first, after=after)


def _title_of(kind: TitleKind) -> Any:
    def getter(info: Any, key: UUID) -> TitleRow | None:
        title = visible_title(browser(info), key)
        return title if title is not None and title.kind == kind else None

    return getter


def _genre(info: Any, key: UUID) -> GenreRow | None:
    return visible_genre(browser(info), key)


def _person(info: Any, key: UUID) -> PersonRow | None:
    return visible_person(browser(info), key)


def register_nodes() -> None:
    """Names who answers `node(id:)` for the catalogue's types: with what the asker may see, or null."""
    register_node("Movie", _title_of(TitleKind.MOVIE))
    register_node("Series", _title_of(TitleKind.SERIES))
    register_node("Video", lambda info, key: visible_video(browser(info), key))
    register_node("Season", lambda info, key: visible_season(browser(info), key))
    register_node("Episode", lambda info, key: visible_episode(browser(info), key))
    register_node("Genre", _genre)
    register_node("Person", _person)
    register_node("HomeRow", lambda info, key: home_row(browser(info), key))
