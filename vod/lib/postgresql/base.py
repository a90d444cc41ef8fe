"""What Django looks for by the name of ENGINE."""

import os
import time
from collections.abc import Callable
from typing import Any

from django.db import OperationalError, connections
from django.db.backends.postgresql import base, features
from psycopg_pool import ConnectionPool

from vod.lib.transactions import TRIES, is_conflict, pause_after

# What a parent opened is kept and never touched: to close it would end the parent's own sessions.
_of_the_parent: list[object] = []


class DatabaseFeatures(features.DatabaseFeatures):
    """What our tests run on, and newer ones."""

    minimum_database_version = (15,)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection of a thread, from the pool of its process where there is one."""

    features_class = DatabaseFeatures

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.execute_wrappers.append(_try_again)

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection that has just answered.

        The pool's own check waits 0, 1, 2, 4, … seconds after each dead connection that it finds, and after
        a restart of the server all of them are dead. Here each is thrown away at once, so that the first
        request after a restart works.
        """
        connection = super().get_new_connection(conn_params)
        pool: ConnectionPool[Any] | None = self.pool
        if pool is None:
            return connection
        for _ in range(pool.max_size):
            try:
                ConnectionPool.check_connection(connection)
            except self.Database.Error:
                pool.putconn(connection)
                connection = super().get_new_connection(conn_params)
            else:
                break
        return connection


def _try_again(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """Runs a statement that is a transaction of its own again where it collided with another one."""
    tries = 0
    while True:
        try:
            return execute(sql, params, many, context)
        except OperationalError as error:
            tries += 1
            alone = not many and not context["connection"].in_atomic_block
            if not alone or tries == TRIES or not is_conflict(error):
                raise
            time.sleep(pause_after(tries))


def _forget_connections() -> None:
    """In a child: it opens connections and a pool of its own.

    psycopg's pool has threads, which no child inherits: one that came over a fork hands nothing out.
    """
    pools: dict[str, object] = base.DatabaseWrapper._connection_pools  # type: ignore[attr-defined]
    _of_the_parent.extend(pools.values())
    pools.clear()
    for wrapper in connections.all(initialized_only=True):
        if isinstance(wrapper, DatabaseWrapper):
            _of_the_parent.append(wrapper)
            del connections[wrapper.alias]


os.register_at_fork(after_in_child=_forget_connections)
