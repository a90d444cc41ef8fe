"""Claims, leases and fences: each piece is made once, whoever dies and whoever wakes up late."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.stores.files import path_of
from transcoding.errors import FailureCode, MediaError
from transcoding.models import Asset, AssetState, Chunk, Job, Segment, WorkState
from transcoding.queue import encoding_slot, priority_of_chunk
from transcoding.services import working
from transcoding.services.claiming import Hold, LostHold, claim
from transcoding.services.failing import work_failed
from transcoding.services.making import make_chunk
from transcoding.services.stopping import tell_to_stop
from transcoding.services.sweeping import sweep_factory
from transcoding.services.working import work_once
from vod.lib.storage import objects


def claimed(planned: Asset) -> Hold[Chunk]:
    hold = claim(Chunk)
    assert hold is not None
    return hold


def let_leases_run_out() -> None:
    Chunk.objects.filter(state=WorkState.RUNNING).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_many_processes_claim_each_chunk_exactly_once(tmp_path: Path) -> None:
    driver = Path(__file__).with_name("claim_driver.py")
    environment = {**os.environ, "VOD_HOME": str(tmp_path / "shared")}

    def start(*arguments: str) -> "subprocess.Popen[str]":
        command = [sys.executable, str(driver), *arguments]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, text=True)

    prepared = start("prepare", "60")
    prepared.communicate()
    assert prepared.returncode == 0
    workers = [start("claim") for _ in range(3)]
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("go\n")
        worker.stdin.flush()
    taken = [sorted(map(int, worker.communicate()[0].split())) for worker in workers]

    assert [worker.returncode for worker in workers] == [0, 0, 0]
    assert sorted(number for share in taken for number in share) == list(range(60))
    assert sum(1 for share in taken if share) > 1


def test_a_start_is_counted_before_the_work_begins(planned: Asset) -> None:
    hold = claimed(planned)

    row = Chunk.objects.get(pk=hold.row.pk)
    assert (row.state, row.attempt, row.fence) == (WorkState.RUNNING, 1, 1)
    assert row.lease_until is not None and row.lease_until > timezone.now()


def test_the_first_chunk_of_every_film_goes_before_the_rest_of_any(planned: Asset) -> None:
    assert priority_of_chunk(0) < priority_of_chunk(1, promised=True) < priority_of_chunk(1)
    assert priority_of_chunk(7) < priority_of_chunk(8)

    hold = claimed(planned)

    assert (hold.row.kind, hold.row.number) == ("VIDEO", 0)


def test_whoever_lost_the_lease_writes_nothing_more(planned: Asset) -> None:
    late = claimed(planned)
    let_leases_run_out()
    sweep_factory()
    quick = claimed(planned)
    assert (quick.row.pk, quick.row.fence, quick.row.attempt, quick.row.losses) == (late.row.pk, 2, 1, 1)

    with pytest.raises(LostHold):
        late.beat()
    with pytest.raises(LostHold):
        late.finish()
    late.hand_back()
    late.put_off("INTERNAL", "")

    row = Chunk.objects.get(pk=quick.row.pk)
    assert (row.state, row.fence) == (WorkState.RUNNING, 2)
    quick.beat()


def test_a_late_worker_changes_no_object_and_no_row(planned: Asset) -> None:
    late = claimed(planned)
    let_leases_run_out()
    sweep_factory()
    quick = claimed(planned)
    make_chunk(quick)
    before = {row.key: path_of(row.key).stat() for row in Segment.objects.all()}
    assert before

    with pytest.raises(LostHold):
        make_chunk(late)

    assert {row.key for row in Segment.objects.all()} == set(before)
    for key, stat in before.items():
        now = path_of(key).stat()
        assert (now.st_mtime_ns, now.st_ino) == (stat.st_mtime_ns, stat.st_ino)


def test_an_object_that_is_there_already_stays_and_its_row_describes_it(planned: Asset) -> None:
    """A worker died between the object and its row."""
    make_chunk(claimed(planned))
    Segment.objects.all().delete()
    key = f"assets/{planned.pk}/v1/video-180/00000.m4s"
    inode = path_of(key).stat().st_ino
    Chunk.objects.filter(number=0, kind="VIDEO").update(state=WorkState.WAITING)

    make_chunk(claimed(planned))

    assert path_of(key).stat().st_ino == inode
    assert Segment.objects.get().size_bytes == objects().size(key)


def test_a_passing_trouble_lets_the_chunk_wait(planned: Asset) -> None:
    hold = claimed(planned)

    work_failed(hold, MediaError(FailureCode.ENCODER_FAILED, "The encoder stopped."))

    row = Chunk.objects.get(pk=hold.row.pk)
    planned.refresh_from_db()
    assert (row.state, row.failure_code, row.attempt) == (WorkState.WAITING, "ENCODER_FAILED", 1)
    assert row.not_before is not None and row.not_before > timezone.now()
    assert planned.state == AssetState.ENCODING


def test_a_lasting_trouble_fails_the_asset_at_once_and_calls_off_its_work(planned: Asset) -> None:
    other = claimed(planned)
    hold = claimed(planned)

    work_failed(hold, MediaError(FailureCode.CORRUPT, "This file is damaged."))

    planned.refresh_from_db()
    assert (planned.state, planned.failure_message) == (AssetState.FAILED, "This file is damaged.")
    assert planned.failure_permanent
    assert claim(Chunk) is None
    with pytest.raises(LostHold):
        other.beat()


def test_a_worker_that_is_told_to_stop_hands_its_chunk_back(
    planned: Asset, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def interrupted(hold: Hold[Chunk]) -> None:
        seen.append(hold.row.number)
        tell_to_stop()
        make_chunk(hold)

    monkeypatch.setattr(working, "make_chunk", interrupted)

    work_once()

    row = Chunk.objects.get(kind="VIDEO", number=0)
    assert seen == [0]
    assert (row.state, row.attempt, row.not_before) == (WorkState.WAITING, 0, None)
    assert Segment.objects.count() == 0
    assert not work_once()


def test_a_fault_of_our_own_is_seen_and_costs_a_start(
    planned: Asset, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(_hold: object) -> None:
        raise KeyError("a bug")

    monkeypatch.setattr(working, "make_chunk", faulty)

    with pytest.raises(KeyError):
        work_once()

    row = Chunk.objects.get(kind="VIDEO", number=0)
    assert (row.state, row.attempt, row.failure_code) == (WorkState.WAITING, 1, "INTERNAL")
    assert row.not_before is not None


def test_work_that_no_message_names_is_announced(planned: Asset, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[tuple[str, ...]] = []
    monkeypatch.setattr(
        "transcoding.services.announcing.enqueue", lambda *message, **_options: sent.append(message)
    )

    sweep_factory()
    Chunk.objects.update(state=WorkState.DONE)
    sweep_factory()
    Job.objects.update(state=WorkState.WAITING)
    sweep_factory()

    work = [("transcoding.work", lane) for lane in ("first", "ladder", "thumbnails")]
    assert sent == [*work, ("transcoding.job",)]


def test_folders_of_dead_workers_are_removed_and_those_of_live_ones_stay(
    planned: Asset, settings: object
) -> None:
    root: Path = settings.WORK_ROOT / "chunks"  # type: ignore[attr-defined]
    live = claimed(planned).row
    folders = [
        root / f"{live.pk}-{live.fence}",
        root / f"{live.pk}-{live.fence + 5}",
        root / f"{planned.pk}-1",
    ]
    for folder in folders:
        folder.mkdir(parents=True)
        os.utime(folder, (0, 0))

    sweep_factory()

    assert [folder.exists() for folder in folders] == [True, False, False]


def test_a_machine_has_a_place_for_each_of_its_cores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("transcoding.queue.slots", lambda: 2)

    place = encoding_slot
    with place(tmp_path) as first, place(tmp_path) as second, place(tmp_path) as third:
        assert (first, second, third) == (True, True, False)
    with encoding_slot(tmp_path) as again:
        assert again


def test_a_probe_is_claimed_before_any_chunk(planned: Asset, tmp_path: Path) -> None:
    Job.objects.filter(asset=planned).update(state=WorkState.WAITING)

    work_once()

    assert set(Chunk.objects.filter(version__number=1).values_list("attempt", flat=True)) == {0}
    assert Job.objects.get(asset=planned).attempt == 2


def test_pieces_for_another_build_of_the_encoder_are_left_alone_and_planned_anew_in_time(
    planned: Asset,
) -> None:
    version = planned.versions.get()
    version.plan = {**version.plan, "build": "another"}
    version.save()

    assert not work_once()
    sweep_factory()
    assert planned.versions.count() == 1

    Asset.objects.update(changed_at=timezone.now() - timedelta(minutes=11))
    sweep_factory()
    while work_once():
        pass

    planned.refresh_from_db()
    assert planned.state == AssetState.READY
    assert planned.current_version is not None
    assert planned.current_version.number == 2
