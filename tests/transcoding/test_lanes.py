"""Lanes: what waits in which, and that a worker may serve some of them only."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from transcoding.models import Asset, AssetVersion, Chunk, ChunkKind, Job, JobKind, WorkState
from transcoding.queue import (
    AV1,
    COPIES,
    FIRST_CHUNK,
    LANES,
    PREVIEW,
    PRIORITIES,
    SOUND,
    STORYBOARD,
    SUBTITLES,
    Lane,
    lanes_named,
    of_lanes,
    priority_of_chunk,
    priority_of_rest,
)
from transcoding.selectors.lanes import LaneLoad, lane_loads
from transcoding.services import announcing
from transcoding.services.claiming import claim
from transcoding.services.working import work_once


@pytest.fixture
def version(db: None) -> AssetVersion:
    asset = Asset.objects.create(file_name="A film.mkv", size_bytes=1, source_key="sources/a")
    return AssetVersion.objects.create(asset=asset, number=1, plan={}, key_prefix="assets/a/v1")


def waits(version: AssetVersion, kind: ChunkKind, priority: int, number: int = 0) -> Chunk:
    return Chunk.objects.create(version=version, kind=kind, number=number, priority=priority)


@pytest.fixture
def work(version: AssetVersion) -> AssetVersion:
    """One piece of work in each lane, the least important first."""
    waits(version, ChunkKind.AV1, AV1)
    waits(version, ChunkKind.STORYBOARD, STORYBOARD)
    waits(version, ChunkKind.VIDEO, priority_of_chunk(1), number=1)
    waits(version, ChunkKind.VIDEO, priority_of_chunk(0))
    Job.objects.create(asset=version.asset, kind=JobKind.PUBLISH)
    return version


def test_the_settings_name_the_same_queues_as_the_factory() -> None:
    assert (*(lane.value for lane in LANES), "default") == settings.QUEUES
    assert [queue.name for queue in settings.CELERY_TASK_QUEUES] == list(settings.QUEUES)
    assert {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()} <= set(settings.QUEUES)


@pytest.mark.parametrize(
    ("priority", "lane"),
    [
        (FIRST_CHUNK, Lane.FIRST),
        (COPIES, Lane.FIRST),
        (SOUND, Lane.FIRST),
        (SUBTITLES, Lane.FIRST),
        (STORYBOARD, Lane.THUMBNAILS),
        (priority_of_chunk(1, promised=True), Lane.LADDER),
        (priority_of_chunk(5000, promised=True), Lane.LADDER),
        (priority_of_chunk(5000), Lane.LADDER),
        (priority_of_rest(5000, pieces=5000), Lane.LADDER),
        (PREVIEW, Lane.BACKGROUND),
        (AV1, Lane.BACKGROUND),
        (AV1 + 5000, Lane.BACKGROUND),
    ],
)
def test_each_kind_of_work_has_one_lane(version: AssetVersion, priority: int, lane: Lane) -> None:
    waits(version, ChunkKind.VIDEO, priority)

    assert [one for one in PRIORITIES if Chunk.objects.filter(of_lanes([one])).exists()] == [lane]


def test_a_worker_takes_only_what_its_lanes_have_the_foremost_first(work: AssetVersion) -> None:
    taken = []
    while hold := claim(Chunk, only=of_lanes([Lane.LADDER, Lane.BACKGROUND])):
        taken.append((hold.row.kind, hold.row.number))

    assert taken == [("VIDEO", 1), ("AV1", 0)]


def test_jobs_are_urgent_and_not_done_by_workers_of_other_lanes(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def job() -> bool:
        done.append("job")
        return True

    monkeypatch.setattr("transcoding.services.working.job_once", job)

    assert not work_once([Lane.LADDER])
    assert done == []
    assert work_once([Lane.URGENT, Lane.LADDER])
    assert done == ["job"]


def test_loads_tell_depth_and_age_of_each_lane(work: AssetVersion) -> None:
    now = timezone.now()
    Chunk.objects.filter(kind=ChunkKind.AV1).update(created_at=now - timedelta(seconds=90))
    waits(work, ChunkKind.AV1, AV1 + 1, number=1)
    Chunk.objects.filter(kind=ChunkKind.VIDEO, number=0).update(state=WorkState.RUNNING)

    loads = {load.lane: load for load in lane_loads()}

    assert tuple(loads) == LANES
    assert {lane: (load.waiting, load.running) for lane, load in loads.items()} == {
        Lane.URGENT: (1, 0),
        Lane.FIRST: (0, 1),
        Lane.LADDER: (1, 0),
        Lane.THUMBNAILS: (1, 0),
        Lane.BACKGROUND: (2, 0),
    }
    assert loads[Lane.FIRST].oldest_seconds == 0.0
    assert 90 <= loads[Lane.BACKGROUND].oldest_seconds < 120
    assert 0 <= loads[Lane.LADDER].oldest_seconds < 30


def test_an_empty_factory_has_empty_lanes(db: None) -> None:
    assert lane_loads() == [LaneLoad(lane, 0, 0, 0.0) for lane in LANES]


def test_messages_go_to_the_lanes_that_have_work_and_that_were_asked_for(
    work: AssetVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[tuple[object, ...]] = []
    monkeypatch.setattr(
        announcing, "enqueue", lambda *message, **options: sent.append((*message, options["queue"]))
    )

    announcing.announce_work([Lane.LADDER, Lane.BACKGROUND, Lane.URGENT])
    announcing.announce_job()

    assert sent == [
        ("transcoding.work", "ladder", "ladder"),
        ("transcoding.work", "background", "background"),
        ("transcoding.job", "urgent"),
    ]


def test_queues_that_are_no_lanes_mean_all_of_them() -> None:
    assert lanes_named({"ladder", "default"}) == {Lane.LADDER}
    assert lanes_named({"films"}) == set(LANES)
