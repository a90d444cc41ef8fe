"""Progress in numbers: shares that never fall, speed, and time left."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from tests.conftest import Ask
from tests.people import Person
from transcoding.models import Asset, AssetState, Chunk, Rendition, WorkState
from transcoding.selectors.pace import Stretch, pace_from, pace_of
from transcoding.services.progress import write_progress

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def stretch(*, ago: float, weight: float = 0.1, made: float = 1.0) -> Stretch:
    return Stretch(weight, made, NOW - timedelta(seconds=ago))


def test_speed_is_film_a_second_and_what_is_left_takes_as_long() -> None:
    # Three tenths of a film of 1,000 s in the last 100 s.
    pace = pace_from([stretch(ago=100), stretch(ago=60), stretch(ago=20)], whole=1.0, seconds=1000, now=NOW)

    assert pace is not None
    assert pace.speed == pytest.approx(3.0)
    assert pace.seconds_left == pytest.approx(700 / 3)


def test_speed_is_that_of_the_last_pieces() -> None:
    slow = [stretch(ago=10_000 - number, weight=0.01) for number in range(20)]
    quick = [stretch(ago=60 - 10 * number) for number in range(6)]

    pace = pace_from([*slow, *quick], whole=1.0, seconds=100, now=NOW)

    assert pace is not None
    assert pace.speed == pytest.approx(1.0)
    assert pace.seconds_left == pytest.approx(20.0)


def test_nothing_is_said_before_something_is_made() -> None:
    assert pace_from([], whole=1.0, seconds=100, now=NOW) is None
    assert pace_from([stretch(ago=5, made=0.0)], whole=1.0, seconds=100, now=NOW) is None


def test_only_films_that_are_being_made_have_a_pace(planned: Asset) -> None:
    first = Chunk.objects.get(kind="VIDEO", number=0)
    Chunk.objects.filter(pk=first.pk).update(
        state=WorkState.DONE, progress=1, started_at=timezone.now() - timedelta(seconds=10)
    )
    whole = sum(Chunk.objects.values_list("weight", flat=True))

    pace = pace_of([planned.pk])[planned.pk]

    assert pace.speed == pytest.approx(first.weight / whole * 5 / 10, rel=0.05)
    assert pace.seconds_left == pytest.approx(10 * (whole - first.weight) / first.weight, rel=0.05)
    Asset.objects.update(state=AssetState.READY)
    assert pace_of([planned.pk]) == {}


def test_operators_see_speed_and_time_left(planned: Asset, gql: Ask, operator: Person) -> None:
    ask = "{ assets(first: 5) { edges { node { progress speed secondsLeft renditions { isOffered } } } } }"

    def seen() -> dict[str, object]:
        node: dict[str, object] = gql(ask, as_=operator)["data"]["assets"]["edges"][0]["node"]
        return node

    assert (seen()["speed"], seen()["secondsLeft"]) == (None, None)

    Chunk.objects.filter(kind="VIDEO", number=0).update(
        state=WorkState.DONE, progress=1, started_at=timezone.now() - timedelta(seconds=10)
    )

    assert isinstance(seen()["speed"], float)
    assert isinstance(seen()["secondsLeft"], float)
    assert seen()["renditions"] == [{"isOffered": False}] * 3


def test_progress_is_by_the_chunks_that_make_a_rendition(planned: Asset) -> None:
    version = planned.versions.get()
    Chunk.objects.filter(kind="AUDIO").update(progress=0.5)

    write_progress(asset_id=planned.pk, version_id=version.pk)

    progress = dict(Rendition.objects.values_list("name", "progress"))
    assert progress == {"video-180": 0.0, "audio-0": 0.5, "storyboard": 0.0}
    planned.refresh_from_db()
    assert 0 < planned.progress < 0.1


def test_progress_never_falls_when_a_chunk_starts_again(planned: Asset) -> None:
    version = planned.versions.get()
    Chunk.objects.filter(kind="VIDEO").update(progress=0.8)
    write_progress(asset_id=planned.pk, version_id=version.pk)
    planned.refresh_from_db()
    before = planned.progress
    Chunk.objects.filter(kind="VIDEO").update(progress=0)

    write_progress(asset_id=planned.pk, version_id=version.pk)

    planned.refresh_from_db()
    assert planned.progress == before > 0.5
    assert Rendition.objects.get(name="video-180").progress == 0.8
