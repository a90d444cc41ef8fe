"""Whose fault the end of a start was, and what it costs: an attempt, a loss, or nothing but time."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db.models import Q
from django.utils import timezone

from tests.transcoding.films import make_film
from transcoding.errors import FailureCode, KilledFromOutside, MediaError
from transcoding.models import Asset, AssetState, Chunk, WorkState
from transcoding.queue import MAX_ATTEMPTS, MAX_LOSSES, pause_after_loss, pause_before
from transcoding.services import working
from transcoding.services.claiming import Hold, claim
from transcoding.services.failing import work_failed
from transcoding.services.ingest import add_source
from transcoding.services.retry import retry_asset
from transcoding.services.sweeping import sweep_factory
from transcoding.services.working import work_once
from vod.lib.storage import objects


def claimed(planned: Asset) -> Hold[Chunk]:
    hold = claim(Chunk)
    assert hold is not None
    return hold


def let_leases_run_out() -> None:
    Chunk.objects.filter(state=WorkState.RUNNING).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_a_start_whose_worker_vanished_is_a_loss_and_no_attempt(planned: Asset) -> None:
    for losses in range(1, MAX_ATTEMPTS + 3):
        Chunk.objects.update(not_before=None)
        hold = claimed(planned)
        assert (hold.row.number, hold.row.attempt) == (0, 1)
        let_leases_run_out()
        sweep_factory()
        row = Chunk.objects.get(pk=hold.row.pk)
        assert (row.state, row.attempt, row.losses) == (WorkState.WAITING, 0, losses)
        assert (row.not_before is None) == (losses <= 2)

    planned.refresh_from_db()
    assert planned.state == AssetState.ENCODING


def test_a_chunk_that_takes_every_worker_along_fails_its_asset_in_the_end(planned: Asset) -> None:
    Chunk.objects.filter(kind="VIDEO", number=0).update(losses=MAX_LOSSES - 1)
    hold = claimed(planned)
    let_leases_run_out()
    sweep_factory()

    planned.refresh_from_db()
    assert (hold.row.kind, hold.row.number) == ("VIDEO", 0)
    assert (planned.state, planned.failure_code) == (AssetState.FAILED, FailureCode.RESOURCE_LIMIT)
    assert "started 20 times and never came to an end" in planned.failure_message
    assert claim(Chunk) is None


def test_a_chunk_that_fails_five_times_fails_its_asset_and_leaves_others_alone(
    planned: Asset, tmp_path: Path
) -> None:
    other = add_source(path=make_film(tmp_path / "other.mkv"), file_name="other.mkv")
    assert work_once()
    crash = MediaError(FailureCode.ENCODER_FAILED, "The program that reads this file crashed.")
    poisoned = Chunk.objects.filter(version__asset=planned, kind="VIDEO", number=0)

    for attempt in range(1, MAX_ATTEMPTS + 1):
        planned.refresh_from_db()
        assert planned.state == AssetState.ENCODING
        poisoned.update(not_before=None)
        hold = claim(Chunk, only=Q(pk=poisoned.get().pk))
        assert hold is not None
        assert hold.row.attempt == attempt
        work_failed(hold, crash)
        pause = poisoned.get().not_before
        assert attempt == MAX_ATTEMPTS or pause is not None

    planned.refresh_from_db()
    assert (planned.state, planned.failure_code) == (AssetState.FAILED, "ENCODER_FAILED")
    assert planned.failure_message == crash.sentence
    while work_once():
        pass
    other.refresh_from_db()
    assert other.state == AssetState.READY
    retry_asset(asset_id=planned.pk)
    while work_once():
        pass
    planned.refresh_from_db()
    assert planned.state == AssetState.READY


def test_an_encoder_killed_from_outside_costs_no_start_however_often(planned: Asset) -> None:
    for _ in range(MAX_LOSSES + 5):
        Chunk.objects.update(not_before=None)
        hold = claimed(planned)
        assert (hold.row.number, hold.row.attempt) == (0, 1)
        work_failed(hold, KilledFromOutside("SIGKILL"))

    row = Chunk.objects.get(pk=hold.row.pk)
    planned.refresh_from_db()
    assert planned.state == AssetState.ENCODING
    assert (row.state, row.attempt) == (WorkState.WAITING, 0)
    assert row.losses < MAX_LOSSES
    assert row.not_before is not None and row.not_before > timezone.now()


def test_pauses_grow() -> None:
    assert [pause_before(attempt).total_seconds() for attempt in (1, 2, 3, 4)] == [5, 15, 45, 135]
    assert [pause_after_loss(losses).total_seconds() for losses in range(1, 8)] == [0, 0, 5, 15, 45, 60, 60]


def test_a_full_disk_costs_no_start_however_long_it_lasts(
    planned: Asset, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_hold: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(working, "make_chunk", broken)
        for _ in range(MAX_ATTEMPTS + 2):
            Chunk.objects.update(not_before=None)
            work_once()
            chunk = Chunk.objects.get(kind="VIDEO", number=0)
            assert (chunk.state, chunk.attempt) == (WorkState.WAITING, 0)
            assert chunk.failure_code == "STORAGE_FAILED"
            assert chunk.not_before is not None and chunk.not_before > timezone.now()

    planned.refresh_from_db()
    assert planned.state == AssetState.ENCODING
    Chunk.objects.update(not_before=None)
    while work_once():
        pass
    planned.refresh_from_db()
    assert planned.state == AssetState.READY


def test_a_source_that_is_gone_is_named_and_is_no_full_disk(planned: Asset) -> None:
    objects().delete(planned.source_key)

    for _ in range(MAX_ATTEMPTS):
        Chunk.objects.update(not_before=None)
        work_once()

    planned.refresh_from_db()
    assert (planned.state, planned.failure_code) == (AssetState.FAILED, "SOURCE_MISSING")
    assert not planned.failure_permanent


def test_a_fault_of_our_own_that_comes_five_times_fails_the_film_and_says_so(
    planned: Asset, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(_hold: object) -> None:
        raise KeyError("a bug")

    monkeypatch.setattr(working, "make_chunk", faulty)
    for _ in range(MAX_ATTEMPTS):
        Chunk.objects.update(not_before=None)
        with pytest.raises(KeyError):
            work_once()

    sweep_factory()

    planned.refresh_from_db()
    assert (planned.state, planned.failure_code) == (AssetState.FAILED, "INTERNAL")
    assert planned.failure_message == "Something went wrong on our side. Try again."
