"""A film that people watch is worth a second codec."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from playback.models import PlaybackSession
from playback.services.order_av1_for_watched import order_av1_for_watched
from tests.people import Person
from tests.playback.library import Film
from transcoding.models import Chunk, ChunkKind


@pytest.mark.parametrize(
    ("wish", "watched_for", "ordered"),
    [("watched", 121, 1), ("watched", 100, 0), ("never", 121, 0), ("all", 121, 0)],
)
def test_av1_is_ordered_for_what_is_watched_long_enough(
    night_train: Film, start: Any, owner: Person, settings: Any, wish: str, watched_for: int, ordered: int
) -> None:
    settings.AV1 = wish
    start(owner, night_train)
    began = timezone.now() - timedelta(seconds=watched_for)
    PlaybackSession.objects.update(created_at=began)

    assert order_av1_for_watched() == ordered

    assert Chunk.objects.filter(kind=ChunkKind.AV1).exists() == bool(ordered)


def test_a_stream_that_is_over_counts_no_more(night_train: Film, start: Any, owner: Person) -> None:
    start(owner, night_train)
    long_ago = timezone.now() - timedelta(hours=1)
    PlaybackSession.objects.update(created_at=long_ago, ended_at=long_ago)

    assert order_av1_for_watched() == 0
