"""What a page shows of the active profile's doings, in batches."""

from collections.abc import Sequence
from uuid import UUID

from catalog.models import Episode
from playback.models import ListEntry, Progress, Rating
from playback.selectors.episodes import next_episodes
from vod.lib.graphql.deferred import Loader


def _profile(loader: Loader) -> UUID | None:
    profile_id: UUID | None = loader.context.request.actor.profile_id
    return profile_id


class ProgressByVideo(Loader[UUID, Progress | None]):
    """Where the active profile is in a video."""

    def batch(self, keys: Sequence[UUID]) -> Sequence[Progress | None]:
        profile_id = _profile(self)
        if profile_id is None:
            return [None] * len(keys)
        rows = {row.video_id: row for row in Progress.objects.filter(profile=profile_id, video__in=keys)}
        return [rows.get(key) for key in keys]


class InMyListByTitle(Loader[UUID, bool]):
    """Whether a title is on the active profile's list."""

    def batch(self, keys: Sequence[UUID]) -> Sequence[bool]:
        profile_id = _profile(self)
        if profile_id is None:
            return [False] * len(keys)
        rows = ListEntry.objects.filter(profile=profile_id, title__in=keys)
        listed = set(rows.values_list("title_id", flat=True))
        return [key in listed for key in keys]


class RatingByTitle(Loader[UUID, str | None]):
    """What the active profile thinks of a title: a value of Rating.Value."""

    def batch(self, keys: Sequence[UUID]) -> Sequence[str | None]:
        profile_id = _profile(self)
        if profile_id is None:
            return [None] * len(keys)
        rows = Rating.objects.filter(profile=profile_id, title__in=keys)
        ratings = dict(rows.values_list("title_id", "value"))
        return [ratings.get(key) for key in keys]


class NextEpisodeBySeries(Loader[UUID, Episode | None]):
    """What the active profile would watch next of a series."""

    def batch(self, keys: Sequence[UUID]) -> Sequence[Episode | None]:
        found = next_episodes(_profile(self), keys)
        return [found[key] for key in keys]
