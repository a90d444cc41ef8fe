"""A Celery worker whose pool stands still for ever is ended, so that its supervisor starts another."""

import os
import signal
import threading
import time
from typing import Any

from celery.signals import worker_ready

_LOOK_SECONDS = 1.0
# What the other children of a pool may take to hand their work back.
_GRACE_SECONDS = 5.0
# billiard's exit codes of a child that went in order: done, and as often used as was allowed.
_IN_ORDER = (0, 0x9B)


@worker_ready.connect
def _watch_pool(sender: Any, **_event: Any) -> None:
    pool = getattr(sender.pool, "_pool", None)
    if has_one_queue(pool):
        sender.pool.shrink = never_shrink
        threading.Thread(target=_end_with_a_lost_child, args=(pool,), name="pool", daemon=True).start()


def has_one_queue(pool: Any) -> bool:
    """Whether the children of a pool take turns at one queue, by a lock.

    So it is with brokers that cannot be waited for together with sockets (a folder). With Redis each child has a
    pipe of its own; Celery replaces a lost one by itself.
    """
    return getattr(getattr(pool, "_inqueue", None), "_rlock", None) is not None


def never_shrink(_processes: int = 1) -> None:
    """In place of a pool's `shrink`, where children share a queue: such a pool grows, and keeps what it has.

    A child that is ended in the very moment in which it gets the lock takes it along, however politely it is asked. The
    autoscaler takes ValueError for "all are busy", and goes on.
    """
    raise ValueError("Children that share a queue are not ended.")


def is_lost(child: Any) -> bool:
    """Whether a child of a pool was killed: neither alive, nor gone in order, nor ended by the pool on purpose."""
    if child.exitcode is None or child.exitcode in _IN_ORDER:
        return False
    return not getattr(child, "_controlled_termination", False)


def _end_with_a_lost_child(pool: Any) -> None:
    """Ends this worker when one of the pool's children was killed.

    A child that waits for work holds the lock on the pool's queue, and the kernel does not let go of it
    with the process (a semaphore, sem_overview(7)): no other child would ever be given anything again.
    """
    known: dict[int, Any] = {}
    while not any(is_lost(child) for child in known.values()):
        time.sleep(_LOOK_SECONDS)
        # The pool forgets a child that ended; it is remembered here for one look more.
        known = {pid: child for pid, child in known.items() if child.exitcode is None or is_lost(child)}
        known |= {child.pid: child for child in list(pool._pool)}
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_GRACE_SECONDS)
    os.kill(os.getpid(), signal.SIGKILL)
