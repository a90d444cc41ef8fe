"""Bodies from the loop into threads: small ones whole, large ones in blocks as they arrive."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import Executor, Future, wait
from contextlib import suppress
from typing import Any

from django.http import HttpResponse

from vod.lib.serving.receiving import BLOCK, SILENCE_SECONDS, Reception
from vod.lib.serving.threads import call_in, start_in, submit_to

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]

# Seconds that bytes of a slow sender wait for more before they are written.
GATHER_SECONDS = 5.0
# What a client may still send after it was refused, so that it gets to read why (as nginx's lingering close).
_LINGER_SECONDS = 5.0
_LINGER_BYTES = 16 * 1024 * 1024


class TooLarge(Exception):
    """A body beyond what is taken whole."""


class TooSlow(Exception):
    """A body that does not end."""


class Gone(Exception):
    """The client went away, or takes nothing any more."""


class Incoming:
    """A request's body as it comes, which knows whether there is more."""

    def __init__(self, receive: Receive, *, is_empty: bool) -> None:
        self._receive = receive
        self.is_over = is_empty

    async def __call__(self) -> Message:
        message = await self._receive()
        if message["type"] != "http.request" or not message.get("more_body", False):
            self.is_over = True
        return message


async def take_small(receive: Receive, *, most: int, seconds: float) -> bytes:
    """The whole body. Raises TooLarge, TooSlow or Gone."""
    pieces, size = [], 0
    try:
        async with asyncio.timeout(seconds):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise Gone
                piece = message.get("body", b"")
                size += len(piece)
                if size > most:
                    raise TooLarge
                pieces.append(piece)
                if not message.get("more_body", False):
                    return b"".join(pieces)
    except TimeoutError:
        raise TooSlow from None


async def linger(incoming: Incoming) -> None:
    """Reads on for a moment what nobody wants, and throws it away."""
    left = _LINGER_BYTES
    with suppress(TimeoutError):
        async with asyncio.timeout(_LINGER_SECONDS):
            while left > 0 and not incoming.is_over:
                left -= len((await incoming()).get("body", b""))


async def pour(reception: Reception, receive: Receive, pool: Executor) -> HttpResponse:
    """Receives a body and writes what is there while more arrives; two blocks are in memory at most.

    Whoever ends this early (a server that stops) lets what arrived be kept first.
    """
    pouring = _Pouring(reception, receive, pool)
    begun = start_in(pool, reception.begin)
    try:
        refusal = await asyncio.shield(begun)
        if refusal is not None:
            return refusal
        await pouring.run()
    except asyncio.CancelledError:
        if await begun is None:
            await pouring.end()
        raise
    return await pouring.end()


class _Pouring:
    def __init__(self, reception: Reception, receive: Receive, pool: Executor) -> None:
        self._reception, self._receive, self._pool = reception, receive, pool
        self._left = reception.length
        self._gathered: list[bytes] = []
        self._size = 0
        self._write_at = 0.0
        # The block that is being written.
        self._writing: Future[bool] | None = None

    async def run(self) -> None:
        clock = asyncio.get_running_loop().time
        heard = clock()
        while self._left > 0:
            until = heard + SILENCE_SECONDS
            if self._gathered:
                until = min(until, self._write_at)
            try:
                async with asyncio.timeout_at(until):
                    message = await self._receive()
            except TimeoutError:
                if clock() - heard >= SILENCE_SECONDS:
                    return
                message = None
            if message is not None:
                if message["type"] == "http.disconnect":
                    return
                self._gather(message.get("body", b""), clock())
                heard = clock()
            due = self._size >= BLOCK or (self._gathered and clock() >= self._write_at)
            if due and not await self._write():
                return
            if message is not None and not message.get("more_body", False):
                return

    def _gather(self, piece: bytes, now: float) -> None:
        if not piece:
            return
        if not self._gathered:
            self._write_at = now + GATHER_SECONDS
        piece = piece[: self._left]
        self._gathered.append(piece)
        self._size += len(piece)
        self._left -= len(piece)

    async def _write(self) -> bool:
        """Hands on what is there once the block before is written. Whether more is wanted."""
        if not await self._written():
            return False
        busy = self._reception.busy()
        if busy is not None:
            await asyncio.wait([asyncio.wrap_future(busy)])
        block = b"".join(self._gathered)
        self._gathered, self._size = [], 0
        if block:
            self._writing = submit_to(self._pool, lambda: self._reception.write(block))
        return True

    async def _written(self) -> bool:
        return self._writing is None or await asyncio.shield(asyncio.wrap_future(self._writing))

    async def end(self) -> HttpResponse:
        """Writes the rest, and finishes whatever happened.

        In one thread, which no cancellation reaches (a client that has gone, a server that stops, both): a
        reception is called by one at a time, and what came is put down even if this loop ends first.
        """
        writing, rest = self._writing, b"".join(self._gathered)
        self._gathered, self._size = [], 0

        def put_down() -> HttpResponse:
            try:
                if (writing is None or writing.result()) and rest:
                    self._wait_until_free()
                    self._reception.write(rest)
            finally:
                self._wait_until_free()
                answer = self._reception.finish()
            return answer

        return await call_in(self._pool, put_down)

    def _wait_until_free(self) -> None:
        while (busy := self._reception.busy()) is not None:
            wait([busy])
