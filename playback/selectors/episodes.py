"""What comes next in a series."""

from collections.abc import Sequence
from itertools import pairwise
from uuid import UUID

from catalog.models import Episode, Title, Video
from playback.models import Progress
from vod.lib.actor import Actor


def in_order(series_ids: Sequence[UUID]) -> dict[UUID, list[Episode]]:
    """The episodes of each series as they are watched; season 0 (specials) comes last. One query."""
    rows = Episode.objects.filter(season__series__in=series_ids).select_related("season", "video__asset")
    by_series: dict[UUID, list[Episode]] = {key: [] for key in series_ids}
    for episode in sorted(rows, key=lambda e: (e.season.number == 0, e.season.number, e.number)):
        by_series[episode.season.series_id].append(episode)
    return by_series


def _video(episode: Episode) -> Video | None:
    # A one-to-one relation from its far side raises where there is none.
    return getattr(episode, "video", None)


def next_episodes(profile_id: UUID | None, series_ids: Sequence[UUID]) -> dict[UUID, Episode | None]:
    """For each series the episode to watch now: the one last begun, else the one after the last seen.

    The first one where nothing has been watched, or everything has; None where there are no episodes.
    Two queries for all.
    """
    episodes = in_order(series_ids)
    latest: dict[UUID, Progress] = {}
    rows = Progress.objects.filter(
        profile=profile_id, video__episode__isnull=False, video__title__in=series_ids
    ).select_related("video")
    for row in rows.order_by("-updated_at") if profile_id else ():
        latest.setdefault(row.video.title_id, row)
    return {key: _next(episodes[key], latest.get(key)) for key in series_ids}


def _next(episodes: list[Episode], latest: Progress | None) -> Episode | None:
    if not episodes:
        return None
    place = next(
        (i for i, episode in enumerate(episodes) if latest and episode.pk == latest.video.episode_id), None
    )
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
