"""What a page shows of the active profile's doings, in batches."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Value

from playback.models import ListEntry, Progress, Rating
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


@dataclass(frozen=True, slots=True)
class Mark:
    """What the active profile has put on a title: its list, and a value of Rating.Value or None."""

    in_my_list: bool = False
    rating: str | None = None


class MarkByTitle(Loader[UUID, Mark]):
    """List and rating in one statement, since each card of a page shows both."""

    def batch(self, keys: Sequence[UUID]) -> Sequence[Mark]:
        profile_id = _profile(self)
        if profile_id is None:
            return [Mark()] * len(keys)
        listed = ListEntry.objects.filter(profile=profile_id, title__in=keys).order_by()
        rated = Rating.objects.filter(profile=profile_id, title__in=keys).order_by()
        # A listed title has an empty value where a rated one has its own.
        rows = listed.values_list("title_id", Value("")).union(
            rated.values_list("title_id", "value"), all=True
        )
        found: dict[UUID, set[str]] = defaultdict(set)
        for title_id, value in rows:
            found[title_id].add(value)
        return [Mark("" in found[key], next(iter(found[key] - {""}), None)) for key in keys]
