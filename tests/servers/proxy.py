"""A TCP proxy in front of any server, which does on command what networks do.

    with Proxy(("127.0.0.1", server.port)) as proxy:
        connect(port=proxy.port)        # as if it were the server
        proxy.black_hole()              # holds for open connections and for new ones, from now on
        ...
        proxy.passes()                  # all is well again

It runs in a thread of its own, and every command returns when it holds. What each does is in its docstring; "request"
is what the client sends and "reply" what the server sends. `proxy.connected` counts the connections taken since
the start, `proxy.requested` the bytes that clients have sent.
"""

import asyncio
import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from tests.servers.ports import hold_port, listen_at, number_of

_PIECE = 65536
_COMMAND_SECONDS = 10
# A slow line brings a little often, not much seldom.
_TICKS_A_SECOND = 20


@dataclass(frozen=True)
class _Mode:
    name: str = "pass"
    amount: float = 0.0


class _Connection:
    """A client's connection, and the one to the server that belongs to it."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer
        self.server: asyncio.StreamWriter | None = None
        # Bytes of the reply so far; a request begins it anew.
        self.replied = 0
        # Bytes were swallowed: nothing sensible can come any more.
        self.is_broken = False

    def close(self, *, with_reset: bool = False) -> None:
        if with_reset:
            # Zero seconds of lingering: close() sends RST and drops what was not sent yet (socket(7)).
            held: socket.socket = self.writer.get_extra_info("socket")
            with contextlib.suppress(OSError):
                held.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        for writer in (self.writer, self.server):
            if writer is not None:
                writer.transport.abort() if with_reset else writer.close()


class Proxy:
    """Forwards connections to its own `port` of 127.0.0.1 to `upstream`, a host and a port."""

    def __init__(self, upstream: tuple[str, int]) -> None:
        self.upstream = upstream
        self.connected = 0
        self.requested = 0
        self._holder = hold_port()
        self.port = number_of(self._holder)
        self._mode = _Mode()
        self._open: set[_Connection] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._listener: asyncio.Server | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy", daemon=True)
        self._thread.start()
        self._command(self._listen())

    # --- commands -----------------------------------------------------------------------------

    def passes(self) -> None:
        """Forwards everything at once, as it did in the beginning. Connections whose bytes it swallowed are closed."""
        self._command(self._set(_Mode()))

    def delay(self, seconds: float) -> None:
        """Holds every piece of a reply back for so long. A long line, not a narrow one: pieces do not queue up."""
        self._command(self._set(_Mode("delay", seconds)))

    def throttle(self, bytes_per_second: float) -> None:
        """Lets no more than that through, in each direction of each connection."""
        self._command(self._set(_Mode("throttle", bytes_per_second)))

    def cut(self) -> None:
        """Closes all connections and refuses new ones: the server's machine is there, the server is not."""
        self._command(self._set(_Mode("cut")))

    def reset(self) -> None:
        """Resets all connections (RST), and each new one when its first request comes."""
        self._command(self._set(_Mode("reset")))

    def half(self, reply_bytes: int) -> None:
        """Forwards only so many bytes of each reply and closes the connection then, as if that were all.

        A reply is what comes after a request has been sent; shorter ones pass whole.
        """
        self._command(self._set(_Mode("half", reply_bytes)))

    def black_hole(self) -> None:
        """Takes connections and bytes, and answers nothing: nobody is told that anything is wrong."""
        self._command(self._set(_Mode("black hole")))

    def stop(self) -> None:
        """Ends it and all its connections."""
        if not self._thread.is_alive():
            return
        self._command(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._holder.close()

    def __enter__(self) -> "Proxy":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    # --- in the thread --------------------------------------------------------------------------

    def _command(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(_COMMAND_SECONDS)

    async def _listen(self) -> None:
        if self._listener is None:
            self._listener = await asyncio.start_server(self._take, sock=listen_at(self.port))

    async def _close_door(self) -> None:
        if self._listener is None:
            return
        listener, self._listener = self._listener, None
        # First nobody more is let in, then whoever is halfway in comes through: a server that closes between accept()
        # and the making of the transport leaves a socket behind that nobody closes (CPython 3.11).
        for door in listener.sockets:
            self._loop.remove_reader(door.fileno())
        await asyncio.sleep(0)
        listener.close()

    async def _set(self, mode: _Mode) -> None:
        self._mode = mode
        for one in list(self._open):
            if mode.name in ("cut", "reset") or (one.is_broken and mode.name != "black hole"):
                one.close(with_reset=mode.name == "reset")
        if mode.name == "cut":
            await self._close_door()
        else:
            await self._listen()

    async def _end(self) -> None:
        await self._close_door()
        for one in list(self._open):
            one.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        # Transports say goodbye to their sockets on the loop's next round.
        await asyncio.sleep(0)

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        one = _Connection(reader, writer)
        self._open.add(one)
        self.connected += 1
        try:
            if self._mode.name == "cut":
                return
            if self._mode.name == "reset":
                await reader.read(_PIECE)
                one.close(with_reset=True)
                return
            await self._connect(one)
        except OSError:
            # The server is away, or one of the two ends went.
            pass
        finally:
            one.close()
            self._open.discard(one)
            self._tasks.discard(task)

    async def _connect(self, one: _Connection) -> None:
        from_server, one.server = await asyncio.open_connection(*self.upstream)

        def asked(piece: bytes) -> None:
            self.requested += len(piece)
            one.replied = 0

        pumps = [
            asyncio.ensure_future(self._pump(one, one.reader, one.server, asked)),
            asyncio.ensure_future(self._pump(one, from_server, one.writer, None)),
        ]
        try:
            await asyncio.gather(*pumps)
        finally:
            for pump in pumps:
                pump.cancel()
            await asyncio.gather(*pumps, return_exceptions=True)

    async def _pump(
        self,
        one: _Connection,
        source: asyncio.StreamReader,
        target: asyncio.StreamWriter,
        asked: Callable[[bytes], None] | None,
    ) -> None:
        """Carries bytes one way until one end closes, which it then tells the other end."""
        held: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(maxsize=1024)
        carrier = asyncio.ensure_future(self._carry(one, held, target, is_reply=asked is None))
        try:
            while True:
                piece = await source.read(_PIECE)
                if asked is not None:
                    asked(piece)
                is_late = asked is None and self._mode.name == "delay"
                due = self._loop.time() + (self._mode.amount if is_late else 0.0)
                await held.put((due, piece))
                if not piece:
                    break
            await carrier
        finally:
            carrier.cancel()
            await asyncio.gather(carrier, return_exceptions=True)

    async def _carry(
        self,
        one: _Connection,
        held: "asyncio.Queue[tuple[float, bytes]]",
        target: asyncio.StreamWriter,
        *,
        is_reply: bool,
    ) -> None:
        while True:
            due, piece = await held.get()
            await asyncio.sleep(max(0.0, due - self._loop.time()))
            mode = self._mode
            if mode.name == "black hole":
                one.is_broken = one.is_broken or bool(piece)
                continue
            if not piece:
                with contextlib.suppress(OSError, RuntimeError):
                    target.write_eof()
                return
            if mode.name == "half" and is_reply:
                piece = piece[: max(0, int(mode.amount) - one.replied)]
                one.replied += len(piece)
                target.write(piece)
                if one.replied >= mode.amount:
                    await target.drain()
                    one.close()
                    return
            elif mode.name == "throttle":
                await self._drip(piece, target)
            else:
                target.write(piece)
            one.replied += len(piece) if is_reply and mode.name != "half" else 0
            await target.drain()

    async def _drip(self, piece: bytes, target: asyncio.StreamWriter) -> None:
        while piece:
            rate = self._mode.amount if self._mode.name == "throttle" else float("inf")
            size = len(piece) if rate == float("inf") else max(1, int(rate / _TICKS_A_SECOND))
            drop, piece = piece[:size], piece[size:]
            await asyncio.sleep(len(drop) / rate)
            target.write(drop)
            await target.drain()
