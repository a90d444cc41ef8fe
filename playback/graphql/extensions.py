"""Fields that playback adds to the types of the catalogue and of the accounts."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import graphene

from accounts.graphql.types import Profile
from catalog.graphql.loaders import films_loader
from catalog.graphql.types.titles import Movie, Series, Title, TitleConnection
from catalog.graphql.types.videos import Episode, Video
from playback import models
from playback.graphql.loaders import DoingsByKey, mark_key, place_key
from playback.graphql.types import (
    ContinueWatchingConnection,
    HistoryConnection,
    PlaybackSession,
    Progress,
    RatingValue,
)
from playback.selectors.episodes import next_episode
from playback.selectors.shelf import continue_watching, history, my_list
from playback.selectors.streams import own_session
from vod.lib.graphql.connections import Edge, Page, keyset_page, list_page
from vod.lib.graphql.registry import extend, register_node


def _progress(video: Any, info: Any) -> Any:
    return info.context.loaders.get(DoingsByKey).load(place_key(video.pk))


def _in_my_list(title: Any, info: Any) -> Any:
    if hasattr(title, "mark"):
        return title.mark.in_my_list
    return info.context.loaders.get(DoingsByKey).load(mark_key(title.pk)).then(lambda mark: mark.in_my_list)


def _my_rating(title: Any, info: Any) -> Any:
    if hasattr(title, "mark"):
        return title.mark.rating
    return info.context.loaders.get(DoingsByKey).load(mark_key(title.pk)).then(lambda mark: mark.rating)


async def _next_episode(series: Any, info: Any) -> Any:
    films = await info.context.loaders.get(films_loader(info)).load(series.pk)
    places = info.context.loaders.get(DoingsByKey)
    # All are asked for before the first is waited for, so that they come together.
    asked = [places.load(place_key(video.pk)) for video in films if video.episode_id]
    found = [await place for place in asked]
    return next_episode(films, [row for row in found if row is not None])


def _is_active(profile: Any, info: Any) -> bool:
    return bool(profile.pk == info.context.actor.profile_id)


def _continue_watching(
    profile: Any, info: Any, first: int | None = None, after: str | None = None
) -> Page[Any] | None:
    if not _is_active(profile, info):
        return None
    return list_page(continue_watching(info.context.actor), first=first, after=after)


def _my_list(profile: Any, info: Any, first: int | None = None, after: str | None = None) -> Page[Any] | None:
    if not _is_active(profile, info):
        return None
    page = keyset_page(my_list(info.context.actor), order=["-id"], first=first, after=after, default=40)
    edges: Sequence[Edge[Any]] = [Edge(edge.node.title, edge.cursor) for edge in page.edges]
    return Page(edges, page.has_next_page, page.has_previous_page, page.count)


def _history(profile: Any, info: Any, first: int | None = None, after: str | None = None) -> Page[Any] | None:
    if not _is_active(profile, info):
        return None
    order = ["-updated_at", "-id"]
    return keyset_page(history(info.context.actor), order=order, first=first, after=after, default=40)


def _session(info: Any, key: UUID) -> models.PlaybackSession | None:
    return own_session(info.context.actor, key)


def _shelf(connection: Any, words: str) -> graphene.Field:
    return graphene.Field(
        connection,
        first=graphene.Int(description="How many, at most 100."),
        after=graphene.String(description="A cursor of this list."),
        description=f"{words} Null for a profile that is not the active one.",
    )


def register() -> None:
    """Hands everything to the registry; it is put in place when the schema is built."""
    extend(
        Video,
        name="progress",
        field=graphene.Field(Progress, description="Where the active profile is in it; null if nowhere."),
        resolver=_progress,
    )
    extend(
        Title,
        Movie,
        Series,
        name="in_my_list",
        field=graphene.Boolean(required=True, description="Whether it is on the active profile's list."),
        resolver=_in_my_list,
    )
    extend(
        Title,
        Movie,
        Series,
        name="my_rating",
        field=graphene.Field(RatingValue, description="What the active profile thinks of it."),
        resolver=_my_rating,
    )
    extend(
        Series,
        name="next_episode",
        field=graphene.Field(
            Episode,
            description="What the active profile would watch next: the episode it is in, else the one after "
            "the last it has seen, else the first; null where there are none.",
        ),
        resolver=_next_episode,
    )
    extend(
        Profile,
        name="continue_watching",
        field=_shelf(ContinueWatchingConnection, "What the profile is in the middle of, last watched first."),
        resolver=_continue_watching,
    )
    extend(
        Profile,
        name="my_list",
        field=_shelf(TitleConnection, "What the profile keeps for later, last added first."),
        resolver=_my_list,
    )
    extend(
        Profile,
        name="history",
        field=_shelf(HistoryConnection, "What the profile has watched, last watched first."),
        resolver=_history,
    )
    register_node(PlaybackSession._meta.name, _session)
