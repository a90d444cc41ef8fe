"""Claiming work and holding on to it.

A claim locks a row that nobody else is taking, or is one conditional update where rows cannot be locked; both
go by the database's clock. The holder's fence stands in every later
write, so that whoever lost the work (a lease that ran out, a cancelled asset) can write nothing.
"""

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.db import connection
from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Greatest, Now

from transcoding.models import Chunk, Job, WorkState
from transcoding.queue import MAX_ATTEMPTS, MAX_LOSSES, pause_after_loss, pause_before
from transcoding.services.outages import AWAY, drop_dead_connection
from transcoding.services.stopping import told_to_stop
from vod.lib.transactions import transactional

W = TypeVar("W", Job, Chunk)

_BEAT_SECONDS = 1.0
# How often a claim looks for another candidate when somebody was quicker.
_TRIES = 20
# Starts that were cut off are counted so far for the sake of pauses; only silent workers count to the end.
_INTERRUPTIONS = MAX_LOSSES // 2


class LostHold(Exception):
    """The work is no longer ours: its lease ran out, or its asset was cancelled or deleted."""


def later(pause: timedelta) -> Combinable:
    """A moment from now on the database's clock."""
    return ExpressionWrapper(Now() + Value(pause, DurationField()), output_field=DateTimeField())


def lease() -> timedelta:
    return timedelta(seconds=settings.CHUNK_LEASE_SECONDS)


def ready() -> Q:
    """Work that may be started now."""
    return Q(state=WorkState.WAITING, attempt__lt=MAX_ATTEMPTS, losses__lt=MAX_LOSSES) & (
        Q(not_before=None) | Q(not_before__lte=Now())
    )


def uncounted() -> Combinable:
    """The number of starts without the one that was just made."""
    return Greatest(F("attempt") - 1, Value(0))


def claim(model: type[W], *, only: Q | None = None) -> "Hold[W] | None":
    """Takes the foremost piece of work that may be started; None where there is none.

    The attempt is counted here, before the work starts, so that work which kills its worker is seen.
    """
    waiting = model._default_manager.filter(ready(), only or Q()).order_by("priority", "id")
    row = _lock_and_take(waiting) if connection.features.has_select_for_update_skip_locked else _race(waiting)
    return None if row is None else Hold[W](row)


@transactional
def _lock_and_take(waiting: "QuerySet[W]") -> W | None:
    """Where rows can be locked, claimers walk past those that others are just taking: nobody waits for anybody."""
    row = waiting.select_for_update(skip_locked=True, of=("self",)).first()
    if row is None:
        return None
    taken = waiting.model._default_manager.filter(pk=row.pk)
    taken.update(**_claimed())
    return taken.get()


def _race(waiting: "QuerySet[W]") -> W | None:
    """Elsewhere the quickest wins, by an update that names what was seen."""
    rows = waiting.model._default_manager
    for _ in range(_TRIES):
        seen = waiting.values_list("pk", "fence").first()
        if seen is None:
            return None
        key, fence = seen
        if rows.filter(pk=key, state=WorkState.WAITING, fence=fence).update(**_claimed()):
            # Gone already where its asset was deleted in this very moment.
            return rows.filter(pk=key, fence=fence + 1).first()
    return None


def _claimed() -> dict[str, Any]:
    return {
        "state": WorkState.RUNNING,
        "owner": f"{socket.gethostname()}:{os.getpid()}"[:120],
        "fence": F("fence") + 1,
        "attempt": F("attempt") + 1,
        "lease_until": later(lease()),
        "started_at": Now(),
        "finished_at": None,
        "progress": 0,
    }


class Hold(Generic[W]):
    """A piece of work that this process holds. Every write names the fence it was claimed with.

    A database that is away costs beats and no work, until the lease is over: then somebody else may have it.
    """

    def __init__(self, row: W) -> None:
        self.row: W = row
        self.lost = False
        self._model: type[W] = type(row)
        self._last_beat = self._last_answer = time.monotonic()
        self._fraction = 0.0

    def _write(self, **values: Any) -> bool:
        mine = self._model._default_manager.filter(
            pk=self.row.pk, fence=self.row.fence, state=WorkState.RUNNING
        )
        written = mine.update(**values) == 1
        if not written:
            self.lost = True
        return written

    def is_ours(self) -> bool:
        """Whether the work still is."""
        mine = self._model._default_manager.filter(
            pk=self.row.pk, fence=self.row.fence, state=WorkState.RUNNING
        )
        self.lost = self.lost or not mine.exists()
        return not self.lost

    def beat(self) -> None:
        """Extends the lease and writes how far the work is. Raises LostHold."""
        self._last_beat = time.monotonic()
        fraction = Value(min(max(self._fraction, 0.0), 1.0))
        try:
            ours = self._write(lease_until=later(lease()), progress=Greatest(F("progress"), fraction))
        except AWAY:
            drop_dead_connection()
            return
        if not ours:
            raise LostHold(str(self.row.pk))
        self._last_answer = time.monotonic()

    def is_out_of_touch(self) -> bool:
        """Whether no beat has reached the database for longer than the lease."""
        return time.monotonic() - self._last_answer > settings.CHUNK_LEASE_SECONDS

    def beat_is_due(self) -> bool:
        return time.monotonic() - self._last_beat >= _BEAT_SECONDS

    def is_at(self, fraction: float) -> None:
        """Remembers how far the work is, 0 to 1, for the next beat."""
        self._fraction = fraction

    @contextmanager
    def kept_alive(self) -> Iterator[None]:
        """Beats from a thread, for work that calls nobody back while it runs."""
        done = threading.Event()

        def keep() -> None:
            try:
                while not done.wait(settings.CHUNK_LEASE_SECONDS / 3):
                    self.beat()
            except LostHold:
                return
            finally:
                connection.close()

        thread = threading.Thread(target=keep, name="beat", daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()

    def finish(self, *, cpu_seconds: float = 0.0) -> None:
        """Marks the work as done; call it in the transaction that writes its results. Raises LostHold."""
        done = self._write(
            state=WorkState.DONE,
            progress=1,
            lease_until=None,
            finished_at=Now(),
            cpu_seconds=F("cpu_seconds") + cpu_seconds,
            failure_code="",
            failure_message="",
        )
        if not done:
            raise LostHold(str(self.row.pk))

    def hand_back(
        self, *, pause: timedelta = timedelta(0), code: str = "", message: str = "", is_loss: bool = False
    ) -> bool:
        """Gives untouched work to whoever comes next; this start does not count. False where it is no longer ours.

        `is_loss` counts it among those that were cut off from outside, so that pauses grow.
        """
        losses = self.row.losses
        if is_loss:
            losses = max(losses, min(losses + 1, _INTERRUPTIONS))
            pause = max(pause, pause_after_loss(losses))
        words = {"failure_code": code, "failure_message": message} if code else {}
        return self._write(
            state=WorkState.WAITING,
            lease_until=None,
            attempt=uncounted(),
            losses=losses,
            not_before=later(pause) if pause else None,
            **words,
        )

    def put_off(self, code: str, message: str) -> bool:
        """Lets the work wait, longer each time; False where it is no longer ours."""
        return self._write(
            state=WorkState.WAITING,
            lease_until=None,
            not_before=later(pause_before(self.row.attempt)),
            failure_code=code,
            failure_message=message,
        )

    def give_up(self, code: str, message: str) -> bool:
        """Marks the work as failed for good; False where it is no longer ours."""
        return self._write(
            state=WorkState.FAILED,
            lease_until=None,
            finished_at=Now(),
            failure_code=code,
            failure_message=message,
        )

    def should_stop(self) -> bool:
        """For the engine, which asks several times a second: beats when it is due."""
        if told_to_stop() or self.lost:
            return True
        if self.beat_is_due():
            try:
                self.beat()
            except LostHold:
                return True
        return self.is_out_of_touch()
