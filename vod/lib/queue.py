"""Sending work to Celery by a task's name, after the transaction that made the work has been committed.

A message is only a hint that there is work: the rows say which. So a broker that is away costs time,
not work, and `enqueue` never fails because of it.
"""

import functools
import logging
import time
from typing import Any

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)

# A broker that let somebody wait is not asked again by this process for a while, so that of many pages only one waits.
_AWAY_SECONDS = 5.0
_SLOW_SECONDS = 0.2
_away_until = 0.0


def enqueue(
    task: str,
    *args: str | int,
    queue: str | None = None,
    countdown: float | None = None,
    at_most: int | None = None,
) -> None:
    """Sends `task` with `args` (ids and numbers only) once the current transaction is committed.

    `countdown` is in seconds. Without a transaction it is sent at once. With `at_most` nothing is sent where so many
    messages wait in `queue` already. Takes about a second at most where the broker is away, and no time after that.
    """
    transaction.on_commit(functools.partial(_send, task, args, queue, countdown, at_most), robust=True)


def waiting_messages(queue: str) -> int:
    """How many messages wait in a queue. Raises what the broker's client raises."""
    pool: Any = current_app.pool
    with pool.acquire(block=True) as connection:
        # Not passively: under a prefix kombu (5.7) then takes every queue for missing.
        return int(connection.default_channel.queue_declare(queue=queue).message_count)


def _send(
    task: str, args: tuple[str | int, ...], queue: str | None, countdown: float | None, at_most: int | None
) -> None:
    global _away_until
    began = time.monotonic()
    if began < _away_until:
        return
    options: dict[str, Any] = {"queue": queue} if queue else {}
    try:
        if queue is None or at_most is None or waiting_messages(queue) < at_most:
            current_app.send_task(task, args=args, countdown=countdown, retry=False, **options)
    except _away() as error:
        log.warning("the broker did not take %s (%s); the sweeper will find the work", task, error)
        if time.monotonic() - began > _SLOW_SECONDS:
            _away_until = time.monotonic() + _AWAY_SECONDS


def _away() -> tuple[type[BaseException], ...]:
    """What a broker raises that is not there, or not well."""
    connection = current_app.connection_for_write()
    return (OperationalError, OSError, *connection.connection_errors, *connection.channel_errors)
