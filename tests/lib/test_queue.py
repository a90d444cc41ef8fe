import logging
from typing import Any

import pytest
from django.db import transaction
from kombu.exceptions import OperationalError

from vod.lib.queue import enqueue


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What the broker was given: name, arguments, options."""
    taken: list[tuple[Any, ...]] = []
    monkeypatch.setattr(
        "vod.lib.queue.current_app.send_task",
        lambda task, args, **options: taken.append((task, args, options)),
    )
    return taken


@pytest.mark.django_db(transaction=True)
def test_a_message_leaves_after_the_commit(sent: list[tuple[Any, ...]]) -> None:
    with transaction.atomic():
        enqueue("transcoding.work", "light", 3, queue="media", countdown=2.5)
        assert sent == []

    assert sent == [("transcoding.work", ("light", 3), {"countdown": 2.5, "retry": False, "queue": "media"})]


@pytest.mark.django_db(transaction=True)
def test_work_that_was_rolled_back_sends_nothing(sent: list[tuple[Any, ...]]) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        enqueue("transcoding.work")
        raise RuntimeError("no")

    assert sent == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fault", [OperationalError("away"), ConnectionRefusedError("away")])
def test_a_dead_broker_costs_a_log_line_and_not_the_work(
    fault: Exception, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise fault

    monkeypatch.setattr("vod.lib.queue.current_app.send_task", fail)

    with caplog.at_level(logging.WARNING):
        enqueue("transcoding.work")

    assert [record.getMessage() for record in caplog.records] == [
        "the broker did not take transcoding.work (away); the sweeper will find the work"
    ]
