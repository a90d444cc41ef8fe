"""What playback keeps about the people of an account, for who asks for all of it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from playback.models import ListEntry, Play, PlaybackSession, Progress, QualityEvent, Rating
from vod.lib.personal import register_sections, section_of


def _film(row: Any) -> dict[str, Any]:
    episode = row.video.episode
    return {"title": row.video.title.name, "episode": str(episode) if episode else None}


def _title(row: Any) -> dict[str, Any]:
    return {"title": row.title.name}


def _of_profiles(model: Any, *along: str) -> Callable[[UUID], "QuerySet[Any]"]:
    return lambda user_id: model.objects.filter(profile__user=user_id).select_related(*along)


def register() -> None:
    """Hands the sections to the registry; each row names its profile, and its title in words."""
    film = ("video__title", "video__episode__season")
    register_sections(
        section_of(
            "streams",
            lambda user_id: PlaybackSession.objects.filter(user=user_id).select_related(*film),
            # The first is a digest of a login, the second a part of the factory.
            without=("user", "login", "version"),
            more=_film,
        ),
        section_of("quality_events", lambda user_id: QualityEvent.objects.filter(session__user=user_id)),
        section_of("positions", _of_profiles(Progress, *film), more=_film),
        section_of("list", _of_profiles(ListEntry, "title"), more=_title),
        section_of("ratings", _of_profiles(Rating, "title"), more=_title),
        section_of("days_watched", _of_profiles(Play, "title"), more=_title),
    )
