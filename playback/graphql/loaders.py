"""What a page shows of the active profile's doings, in one batch."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, F, FloatField, QuerySet, Value

from playback.models import ListEntry, Progress, Rating
from playback.selectors.home import Mark
from vod.lib.graphql.deferred import Loader

Key = tuple[str, UUID]

_TITLE, _VIDEO = "title", "video"
_LISTED, _PLACE = "", "place"


def mark_key(title_id: UUID) -> Key:
    """How `DoingsByKey` is asked for what the profile has put on a title: a Mark."""
    return _TITLE, title_id


def place_key(video_id: UUID) -> Key:
    """How `DoingsByKey` is asked where the profile is in a video: a Progress, or None."""
    return _VIDEO, video_id


class DoingsByKey(Loader[Key, Any]):
    """List, ratings and positions in one statement, since pages show them side by side."""

    wave = 1

    def peers(self, key: Key) -> Sequence[Key]:
        return [(key[0], other) for other in self.context.peers_of(key[1])]

    def batch(self, keys: Sequence[Key]) -> Sequence[Any]:
        profile_id: UUID | None = self.context.request.actor.profile_id
        if profile_id is None:
            return [Mark() if kind == _TITLE else None for kind, _ in keys]
        wanted: dict[str, list[UUID]] = defaultdict(list)
        for kind, key in keys:
            wanted[kind].append(key)
        marks: dict[UUID, set[str]] = defaultdict(set)
        places: dict[UUID, Progress] = {}
        for of, value, row, seconds, completed, at in _rows(profile_id, wanted[_TITLE], wanted[_VIDEO]):
            if value != _PLACE:
                marks[of].add(value)
                continue
            places[of] = Progress(
                id=row,
                profile_id=profile_id,
                video_id=of,
                position_seconds=seconds,
                completed=completed,
                updated_at=at,
            )
        return [_mark(marks[key]) if kind == _TITLE else places.get(key) for kind, key in keys]


def _rows(profile_id: UUID, titles: Sequence[UUID], videos: Sequence[UUID]) -> "QuerySet[Any, Any]":
    """Title or video, a mark or `_PLACE`, and the row's key, seconds, whether it is over, and time."""
    none = (Value(0.0, FloatField()), Value(False, BooleanField()))
    listed = ListEntry.objects.filter(profile=profile_id, title__in=titles).order_by()
    rated = Rating.objects.filter(profile=profile_id, title__in=titles).order_by()
    begun = Progress.objects.filter(profile=profile_id, video__in=videos).order_by()
    places = begun.values_list("video_id", Value(_PLACE), "id", "position_seconds", "completed", "updated_at")
    if not titles:
        return places
    # A listed title has an empty value where a rated one has its own.
    marks = [
        listed.values_list("title_id", Value(_LISTED), "id", *none, F("created_at")),
        rated.values_list("title_id", "value", "id", *none, F("created_at")),
    ]
    return marks[0].union(*marks[1:], *([places] if videos else []), all=True)


def _mark(values: set[str]) -> Mark:
    return Mark(_LISTED in values, next(iter(values - {_LISTED}), None))
