"""What the factory tells of itself: counted where it happens, read from rows where they know."""

import logging
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.probes.seen import Series, values
from transcoding.errors import FailureCode, MediaError
from transcoding.models import Asset, AssetState, Chunk, WorkState
from transcoding.queue import LANES
from transcoding.selectors.figures import factory_figures
from transcoding.services.claiming import claim
from transcoding.services.failing import work_failed
from transcoding.services.sweeping import sweep_factory
from transcoding.services.working import work_once
from vod.lib import metrics
from vod.lib.logs import JsonFormatter
from vod.lib.storage import StoreError


class Seen:
    """How much a figure has grown since."""

    def __init__(self) -> None:
        self._before = values(metrics.exposition())

    def grown(self, name: str, **labels: str) -> float:
        series: Series = (name, tuple(sorted(labels.items())))
        return values(metrics.exposition()).get(series, 0.0) - self._before.get(series, 0.0)


def test_a_piece_that_is_made_is_timed(planned: Asset) -> None:
    seen = Seen()

    assert work_once()

    (row,) = Chunk.objects.filter(state=WorkState.DONE)
    assert seen.grown("lantern_work_seconds_count", kind=row.kind) == 1
    assert seen.grown("lantern_encode_speed_count", kind=row.kind) == 1
    assert seen.grown("lantern_encode_speed_sum", kind=row.kind) > 0


def test_what_fails_is_counted_by_its_code_and_told_with_what_it_was_about(
    planned: Asset, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_hold: object) -> None:
        raise MediaError(FailureCode.ENCODER_FAILED, "It failed.", permanent=False)

    monkeypatch.setattr("transcoding.services.working.make_chunk", fail)
    seen, lines = Seen(), []
    formatter = JsonFormatter()
    listener = logging.Handler()
    listener.emit = lambda record: lines.append(formatter.format(record))  # type: ignore[method-assign]
    logging.getLogger("transcoding").addHandler(listener)
    try:
        assert work_once()
    finally:
        logging.getLogger("transcoding").removeHandler(listener)

    row = Chunk.objects.exclude(failure_code="").get()
    assert seen.grown("lantern_starts_failed_total", code="ENCODER_FAILED") == 1
    (line,) = [line for line in lines if "ENCODER_FAILED" in line]
    assert f'"chunk": "{row.pk}"' in line
    assert f'"version": "{row.version_id}"' in line


def test_a_lease_that_ran_out_is_counted(planned: Asset) -> None:
    seen = Seen()
    assert claim(Chunk) is not None
    Chunk.objects.filter(state=WorkState.RUNNING).update(lease_until=timezone.now() - timedelta(seconds=1))

    sweep_factory()

    assert seen.grown("lantern_leases_lost_total", kind="chunk") == 1


def test_each_failure_of_the_store_is_counted() -> None:
    seen = Seen()

    error = StoreError("away")

    assert str(error) == "away"
    assert seen.grown("lantern_store_errors_total") == 1


def test_rows_say_what_waits_since_when_and_what_became_of_films(planned: Asset) -> None:
    Chunk.objects.update(created_at=timezone.now() - timedelta(minutes=10))
    hold = claim(Chunk)
    assert hold is not None

    found = factory_figures()

    assert [load.lane for load in found.lanes] == list(LANES)
    assert sum(load.running for load in found.lanes) == 1
    assert sum(load.waiting for load in found.lanes) == Chunk.objects.count() - 1
    assert 600 <= max(load.oldest_seconds for load in found.lanes) < 700
    assert found.assets == {state: int(state == AssetState.ENCODING) for state in AssetState.values}
    assert set(found.failures) == {code.value for code in FailureCode}
    assert found.uploads == 0

    Chunk.objects.filter(pk=hold.row.pk).update(attempt=5)
    work_failed(hold, MediaError(FailureCode.CORRUPT, "It is broken.", permanent=True))
    assert factory_figures().failures["CORRUPT"] == 1
    assert factory_figures().assets["FAILED"] == 1
