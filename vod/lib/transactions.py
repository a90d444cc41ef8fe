"""Transactions that are tried again where the database says that they collided with another one.

PostgreSQL ends one of two transactions that stand in each other's way (a deadlock), and, where isolation is
serializable, one of several that could not have run one after the other. Whoever is ended has changed nothing
and is expected to try again. SQLite lets writers wait instead and needs none of it.

A single statement outside of a transaction is tried again by the connection itself (`vod.lib.postgresql`).
"""

import functools
import logging
import random
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import psycopg
from django.db import InterfaceError, OperationalError, connection, transaction
from psycopg_pool import PoolTimeout

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

# https://www.postgresql.org/docs/current/mvcc-serialization-failure-handling.html
_CONFLICTS = frozenset({"40001", "40P01"})
# The server is going down, has crashed, or is not up yet.
_SHUTDOWNS = frozenset({"57P01", "57P02", "57P03"})
TRIES = 12
_TRIES_TO_CONNECT = 3
_SHORTEST_PAUSE_SECONDS = 0.01
_LONGEST_PAUSE_SECONDS = 1.0
_PAUSE_TO_CONNECT_SECONDS = 0.3


def is_conflict(error: BaseException) -> bool:
    """Whether the database ended the transaction for the sake of another one: it has changed nothing."""
    cause = error.__cause__
    return isinstance(cause, psycopg.Error) and cause.sqlstate in _CONFLICTS


def is_lost_connection(error: BaseException) -> bool:
    """Whether the connection to the server broke, or there was none to be had."""
    cause = error.__cause__
    if not isinstance(cause, psycopg.OperationalError | psycopg.InterfaceError) or isinstance(
        cause, PoolTimeout
    ):
        return False
    state = cause.sqlstate
    return state is None or state.startswith("08") or state in _SHUTDOWNS


def pause_after(tries: int) -> float:
    """Seconds to wait after so many tries: random, so that those who collided do not collide again."""
    longest = min(_LONGEST_PAUSE_SECONDS, _SHORTEST_PAUSE_SECONDS * 2.0**tries)
    return random.uniform(longest / 10, longest)  # noqa: S311 - no secret


def in_transaction(work: Callable[[], T]) -> T:
    """What `work` answers, in one transaction; `work` may run several times, and is only committed once.

    Tried again after a conflict, and after a connection that broke before the commit was asked for: then
    nothing has been written for certain. What `work` does beside the database must bear being done again.
    Inside of a transaction it becomes a part of that, which is what is tried again.
    """
    if connection.in_atomic_block:
        with transaction.atomic():
            return work()
    tries = losses = 0
    while True:
        asked: list[str] = []
        try:
            with transaction.atomic():
                transaction.on_commit(lambda: asked.append("committed"))  # noqa: B023 - called within this round
                answer = work()
                asked.append("to commit")
            return answer
        except (OperationalError, InterfaceError) as error:
            tries += 1
            if is_conflict(error) and tries < TRIES and "committed" not in asked:
                pause = pause_after(tries)
            elif is_lost_connection(error) and losses + 1 < _TRIES_TO_CONNECT and not asked:
                losses += 1
                pause = losses * _PAUSE_TO_CONNECT_SECONDS
            else:
                raise
            log.info("a transaction is tried again: %s", error)
        time.sleep(pause)


def transactional(verb: Callable[P, T]) -> Callable[P, T]:
    """Makes a function one transaction, as `in_transaction` does."""

    @functools.wraps(verb)
    def whole(*args: P.args, **options: P.kwargs) -> T:
        return in_transaction(lambda: verb(*args, **options))

    return whole
