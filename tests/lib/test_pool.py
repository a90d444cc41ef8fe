"""Which ends of a pool's child are losses, and which pools may shrink."""

from types import SimpleNamespace
from typing import Any

import pytest
from billiard import get_context
from billiard.queues import SimpleQueue

from vod.lib import pool
from vod.lib.pool import has_one_queue, is_lost


def child(exitcode: int | None, **more: Any) -> SimpleNamespace:
    return SimpleNamespace(exitcode=exitcode, **more)


@pytest.mark.parametrize(
    ("of", "lost"),
    [
        (child(None), False),
        (child(0), False),
        (child(0x9B), False),
        (child(-9), True),
        (child(-11), True),
        (child(70), True),
        (child(-15, _controlled_termination=True), False),
        (child(-9, _controlled_termination=False), True),
    ],
)
def test_a_child_is_lost_where_nobody_ended_it_on_purpose(of: SimpleNamespace, lost: bool) -> None:
    assert is_lost(of) == lost


def test_a_pool_whose_children_share_a_queue_is_watched_and_does_not_shrink(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[Any] = []

    def thread(**options: Any) -> SimpleNamespace:
        started.append(options)
        return SimpleNamespace(start=lambda: None)

    monkeypatch.setattr("vod.lib.pool.threading.Thread", thread)
    shared = SimpleNamespace(_inqueue=SimpleQueue(ctx=get_context()))
    apart = SimpleNamespace(_inqueue=None)
    of_shared = SimpleNamespace(pool=SimpleNamespace(_pool=shared, shrink=print))
    of_apart = SimpleNamespace(pool=SimpleNamespace(_pool=apart, shrink=print))

    pool._watch_pool(of_shared)
    pool._watch_pool(of_apart)

    assert (has_one_queue(shared), has_one_queue(apart), has_one_queue(None)) == (True, False, False)
    assert [options["args"] for options in started] == [(shared,)]
    assert of_apart.pool.shrink is print
    with pytest.raises(ValueError, match="not ended"):
        of_shared.pool.shrink(1)
    shared._inqueue.close()
