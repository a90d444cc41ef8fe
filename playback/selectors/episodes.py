"""What comes next in a series."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db.models import Case, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from catalog.models import Episode, Title, Video
from playback.models import Progress
from vod.lib.actor import Actor

# Behind every season that a small integer can number.
_LAST = 40_000


def _place(episode: Episode) -> tuple[bool, int, int]:
    return episode.season.number == 0, episode.season.number, episode.number


def after_each(rows: "QuerySet[Progress]", name: str, wanted: str) -> "QuerySet[Any]":
    """The rows with `wanted`, a path from Episode, of the episode after each that is over, as `name`.

    Null for the others, for films and for the last. The order of `in_order`, found by the database
    while it reads the rows.
    """
    here = "video__episode__season__number"
    later = (
        Episode.objects.filter(season__series=OuterRef("video__title"))
        .annotate(season_place=_season_place("season__number"))
        .filter(
            Q(season_place__gt=OuterRef("season_place"))
            | Q(season_place=OuterRef("season_place"), number__gt=OuterRef("video__episode__number"))
        )
        .order_by("season_place", "number")
    )
    following = Case(When(completed=True, then=Subquery(later.values(wanted)[:1])))
    return rows.annotate(season_place=_season_place(here)).annotate(**{name: following})


def _season_place(number: str) -> Case:
    return Case(When(**{number: 0}, then=Value(_LAST)), default=F(number), output_field=IntegerField())


def in_order(series_ids: Sequence[UUID]) -> dict[UUID, list[Episode]]:
    """The episodes of each series as they are watched; season 0 (specials) comes last. One query."""
    rows = Episode.objects.filter(season__series__in=series_ids).select_related("season", "video__asset")
    by_series: dict[UUID, list[Episode]] = {key: [] for key in series_ids}
    for episode in sorted(rows, key=_place):
        by_series[episode.season.series_id].append(episode)
    return by_series


def _video(episode: Episode) -> Video | None:
    # A one-to-one relation from its far side raises where there is none.
    return getattr(episode, "video", None)


def next_episode(films: Sequence[Video], progress: Iterable[Progress]) -> Episode | None:
    """The episode of a series to watch now: the one last begun, else the one after the last seen.

    `films` are the series' videos with their seasons, `progress` the profile's rows of them. The first one where nothing has been watched, or everything has; None where there are no episodes.
    """
    episodes = sorted((video.episode for video in films if video.episode), key=_place)
    if not episodes:
        return None
    latest = max(progress, key=lambda row: (row.updated_at, row.pk), default=None)
    seen = {video.pk: video.episode_id for video in films}.get(latest.video_id) if latest else None
    place = next((i for i, episode in enumerate(episodes) if episode.pk == seen), None)
    if place is None or latest is None:
        return episodes[0]
    if not latest.completed:
        return episodes[place]
    return episodes[place + 1] if place + 1 < len(episodes) else episodes[0]


def following(episodes: list[Episode], video: Video) -> Video | None:
    """The video of the episode after `video`'s in a series' episodes; None after the last."""
    for episode, after in pairwise(episodes):
        if episode.pk == video.episode_id:
            return _video(after)
    return None


def next_video(actor: Actor, video: Video) -> Video | None:
    """What plays after `video`: the next episode, where it can be watched by this asker."""
    if video.episode_id is None:
        return None
    if not Title.objects.visible_to(actor).filter(pk=video.title_id).exists():
        return None
    found = following(in_order([video.title_id])[video.title_id], video)
    return found if found and found.asset and found.asset.is_watchable else None
