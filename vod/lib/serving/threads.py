"""Threads for what blocks, behind a loop that must not."""

import asyncio
import contextvars
from collections.abc import Callable
from concurrent.futures import Executor
from typing import TypeVar

from django.db import close_old_connections

T = TypeVar("T")


def start_in(pool: Executor, call: Callable[[], T]) -> "asyncio.Future[T]":
    """`call()` in a thread of `pool`, in the caller's context; database connections are used as between
    two requests. What has begun goes on to its end even if nobody waits for it any more."""
    context = contextvars.copy_context()

    def run() -> T:
        close_old_connections()
        try:
            return context.run(call)
        finally:
            close_old_connections()

    return asyncio.wrap_future(pool.submit(run))


async def call_in(pool: Executor, call: Callable[[], T]) -> T:
    """The same and its result. Whoever is cancelled meanwhile goes on only when the thread is done with it."""
    started = start_in(pool, call)
    try:
        return await asyncio.shield(started)
    except asyncio.CancelledError:
        await asyncio.wait([started])
        raise
