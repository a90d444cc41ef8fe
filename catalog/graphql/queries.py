"""The catalogue's root fields, and who answers for its nodes."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import graphene

from catalog import search, translation
from catalog.graphql import enums
from catalog.graphql.group_queries import GroupQueries, register_group_nodes
from catalog.graphql.holding import holds_until_any_goes
from catalog.graphql.types.home import Home
from catalog.graphql.types.people import Genre
from catalog.graphql.types.titles import Title, TitleConnection
from catalog.models import Genre as GenreRow
from catalog.models import Person as PersonRow
from catalog.models import Title as TitleRow
from catalog.models import TitleKind
from catalog.search import fold
from catalog.selectors.home import home, home_row
from catalog.selectors.people import visible_genre, visible_person
from catalog.selectors.titles import (
    ORDERS,
    browse,
    browse_count,
    genres_with_counts,
    title_at,
    unshown,
    visible_title,
)
from catalog.selectors.titles import TitleFilter as Wanted
from catalog.selectors.videos import visible_episode, visible_season, visible_subtitles, visible_video
from transcoding.models import Rendition
from vod.lib.graphql.answers import note_of
from vod.lib.graphql.asking import browser
from vod.lib.graphql.connections import Page, keyset_page, paged, ranked_page
from vod.lib.graphql.registry import register_node
from vod.lib.graphql.selected import names_asked


class TitleFilter(graphene.InputObjectType):
    """Narrows a list of titles down; what is left out does not matter."""

    kind = enums.TitleKind(description="Movies or series only.")
    genre = graphene.String(description="The slug of a genre.")
    year_from = graphene.Int(description="The earliest year of release.")
    year_to = graphene.Int(description="The latest year of release.")
    language = graphene.String(description="The original language, as a BCP 47 tag or its first part.")


def _wanted(given: dict[str, Any] | None) -> Wanted:
    wanted = dict(given or {})
    if wanted.get("kind") is not None:
        wanted["kind"] = TitleKind(wanted["kind"])
    return Wanted(**wanted)


class CatalogQueries(GroupQueries):
    """Root fields for browsing."""

    home = graphene.Field(Home, required=True, description="The home page, for the active profile.")
    titles = graphene.Field(
        TitleConnection,
        required=True,
        filter=TitleFilter(description="Only those of which all that is given is true."),
        order_by=enums.TitleOrder(default_value="NEWEST", description="Which comes first."),
        **paged(40),
        description="All titles that the asker sees, filtered and ordered.",
    )
    genres = graphene.List(
        graphene.NonNull(Genre), required=True, description="The genres in which the asker sees something."
    )
    title = graphene.Field(
        Title,
        slug=graphene.String(required=True, description="The end of its address."),
        description="The title at an address, or null.",
    )
    search = graphene.Field(
        TitleConnection,
        required=True,
        text=graphene.String(required=True, description="What was typed."),
        filter=TitleFilter(description="Only those of which all that is given is true."),
        **paged(20),
        description="Titles whose names, people or genres are meant by the text, as far as it is typed and although a "
        f"letter of a word may be wrong, the best first; {search.MOST} at most.",
    )

    @staticmethod
    def resolve_home(_root: Any, info: Any) -> Any:
        found = home(browser(info))
        note = note_of(info.context.request)
        note.until = min(note.until, found.until or note.until)
        return found

    @staticmethod
    def resolve_titles(
        _root: Any,
        info: Any,
        filter: dict[str, Any] | None = None,
        order_by: Any = None,
        first: int | None = None,
        after: str | None = None,
    ) -> Page[Any]:
        order = ORDERS[getattr(order_by, "value", order_by) or "NEWEST"]
        actor, wanted = browser(info), _wanted(filter)
        page = keyset_page(
            browse(actor, wanted).defer(*unshown(names_asked(info), order)),
            order=order,
            first=first,
            after=after,
            default=40,
            count=lambda: browse_count(actor, wanted),
        )
        holds_until_any_goes(info, [edge.node for edge in page.edges])
        info.context.loaders.together([edge.node.pk for edge in page.edges])
        return page

    @staticmethod
    def resolve_genres(_root: Any, info: Any) -> Any:
        actor = browser(info)
        return sorted(
            genres_with_counts(actor), key=lambda genre: fold(translation.name_of(genre, actor.language))
        )

    @staticmethod
    def resolve_title(_root: Any, info: Any, slug: str) -> Any:
        title = title_at(browser(info), slug)
        if title is not None:
            holds_until_any_goes(info, [title])
        return title

    @staticmethod
    def resolve_search(
        _root: Any,
        info: Any,
        text: str,
        filter: dict[str, Any] | None = None,
        first: int | None = None,
        after: str | None = None,
    ) -> Page[Any]:
        rows = browse(browser(info), _wanted(filter))
        note = note_of(info.context.request)

        def load(keys: Sequence[str]) -> dict[str, TitleRow]:
            found = {row.pk.hex: row for row in rows.filter(pk__in=keys)}
            # An answer that is remembered ends with the first title that goes.
            ends = [row.available_until.timestamp() for row in found.values() if row.available_until]
            note.until = min([note.until, *ends])
            return found

        return ranked_page(
            search.find(rows, text),
            load=load,
            width=len(search.Rank._fields),
            first=first,
            after=after,
        )


def _title_of(kind: TitleKind) -> Any:
    def getter(info: Any, key: UUID) -> TitleRow | None:
        title = visible_title(browser(info), key)
        return title if title is not None and title.kind == kind else None

    return getter


def _genre(info: Any, key: UUID) -> GenreRow | None:
    return visible_genre(browser(info), key)


def _person(info: Any, key: UUID) -> PersonRow | None:
    return visible_person(browser(info), key)


def _subtitles(info: Any, key: UUID) -> Rendition | None:
    row: Any = visible_subtitles(browser(info), key)
    if row is not None:
        # A rendition is several types of the API; the interface asks the row which.
        row.graphql_type = "SubtitleTrack"
    return row  # type: ignore[no-any-return]


def register_nodes() -> None:
    """Names who answers `node(id:)` for the catalogue's types: with what the asker may see, or null."""
    register_group_nodes()
    register_node("Movie", _title_of(TitleKind.MOVIE))
    register_node("Series", _title_of(TitleKind.SERIES))
    register_node("Video", lambda info, key: visible_video(browser(info), key))
    register_node("SubtitleTrack", _subtitles)
    register_node("Season", lambda info, key: visible_season(browser(info), key))
    register_node("Episode", lambda info, key: visible_episode(browser(info), key))
    register_node("Genre", _genre)
    register_node("Person", _person)
    register_node("HomeRow", lambda info, key: home_row(browser(info), key))
