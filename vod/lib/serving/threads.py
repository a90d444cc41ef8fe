"""Threads for what blocks, behind a loop that must not."""

import asyncio
import contextvars
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import TypeVar

from django.db import close_old_connections

T = TypeVar("T")


def submit_to(pool: Executor, call: Callable[[], T]) -> "Future[T]":
    """`call()` in a thread of `pool`, in the caller's context; database connections are used as between
    two requests."""
    context = contextvars.copy_context()

    def run() -> T:
        close_old_connections()
        try:
            return context.run(call)
        finally:
            close_old_connections()

    return pool.submit(run)


def start_in(pool: Executor, call: Callable[[], T]) -> "asyncio.Future[T]":
    """The same for a loop. What has begun goes on to its end even if nobody waits for it any more."""
    return asyncio.wrap_future(submit_to(pool, call))


async def call_in(pool: Executor, call: Callable[[], T]) -> T:
    """The same and its result. Whoever is cancelled meanwhile goes on only when the thread is done with it."""
    started = start_in(pool, call)
    try:
        return await asyncio.shield(started)
    except asyncio.CancelledError:
        await asyncio.wait([started])
        raise
