"""A database that is away for a moment: restarted, out of reach, locked by somebody, or without room on its disk.

What psycopg raises then: OperationalError for all of these, a pool that has no connection and a transaction
that collided; InterfaceError for a connection that is closed already; InternalError where the server ended a
transaction that was silent for too long, or is a standby that takes no writes.
"""

import logging
import time
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.db import InterfaceError, InternalError, OperationalError, connection

from transcoding.services.stopping import told_to_stop

log = logging.getLogger(__name__)

T = TypeVar("T")

AWAY = (OperationalError, InterfaceError, InternalError)
_LONGEST_PAUSE_SECONDS = 2.0
# Who is told to stop has a grace to keep, and what it holds is found by its lease.
_WHEN_TOLD_TO_STOP_SECONDS = 3.0


def outlast(work: Callable[[], T]) -> T:
    """What `work` answers, which is tried again while the database is away, for about two leases.

    `work` is a transaction of its own and may run twice: an answer that is lost may be of one that was
    committed. Raises what the database raises at last.
    """
    began = time.monotonic()
    pause = 0.1
    while True:
        try:
            return work()
        except AWAY as error:
            spent = time.monotonic() - began
            patience = _WHEN_TOLD_TO_STOP_SECONDS if told_to_stop() else 2.0 * settings.CHUNK_LEASE_SECONDS
            if spent + pause > patience:
                raise
            log.warning("the database is away (%s); trying again", error)
            drop_dead_connection()
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)


def drop_dead_connection() -> None:
    """Lets the next statement make a new connection where this one is of no use any more.

    Within a transaction there is none to be had: that ends first.
    """
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
