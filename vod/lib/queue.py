"""Sending work to Celery by a task's name, after the transaction that made the work has been committed.

A message is only a hint that there is work: the rows say which. So a broker that is away costs time,
not work, and `enqueue` never fails because of it.
"""

import functools
import logging
from typing import Any

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)


def enqueue(task: str, *args: str | int, queue: str | None = None, countdown: float | None = None) -> None:
    """Sends `task` with `args` (ids and numbers only) once the current transaction is committed.

    `countdown` is in seconds. Without a transaction it is sent at once.
    """
    transaction.on_commit(functools.partial(_send, task, args, queue, countdown), robust=True)


def _send(task: str, args: tuple[str | int, ...], queue: str | None, countdown: float | None) -> None:
    options: dict[str, Any] = {"queue": queue} if queue else {}
    try:
        current_app.send_task(task, args=args, countdown=countdown, retry=False, **options)
    except (OperationalError, OSError) as error:
        log.warning("the broker did not take %s (%s); the sweeper will find the work", task, error)
