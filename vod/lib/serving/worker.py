"""gunicorn's asynchronous worker, with what it leaves open: heads that never come, too many connections,
and time to put down what is in hand before the end."""

import asyncio
import resource
from contextlib import suppress
from typing import Any

from gunicorn.asgi.protocol import ASGIProtocol
from gunicorn.workers import gasgi

# Seconds for the first byte of a request to become its whole head; also of a fresh connection.
_HEAD_SECONDS = 15.0
# Seconds that a closed connection has to take what is still on its way to it.
_FLUSH_SECONDS = 60.0
# Of the time that is given for a graceful end: what is left for keeping what open requests brought.
_PUT_DOWN_SECONDS = 4.0


class Protocol(ASGIProtocol):  # type: ignore[misc]
    """One connection."""

    _head_timer: asyncio.TimerHandle | None = None
    _flush_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self.worker.open_connections.add(self)
        if self.worker.nr_conns > self.cfg.worker_connections:
            transport.abort()
            return
        self._await_head()

    def data_received(self, data: bytes) -> None:
        if self._head_timer is None and self._awaiting_request:
            self._await_head()
        super().data_received(data)

    def _on_headers_complete(self) -> Any:
        self._stop_waiting()
        return super()._on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self.worker.open_connections.discard(self)
        self._stop_waiting()
        if self._flush_timer is not None:
            self._flush_timer.cancel()
        super().connection_lost(exc)

    def close_if_idle(self) -> None:
        """Ends a connection on which nobody has begun to ask."""
        if self._awaiting_request and not self._finishing_calls:
            self._keepalive_timeout()

    def _await_head(self) -> None:
        self._head_timer = self.worker.loop.call_later(_HEAD_SECONDS, self._close_transport)

    def _stop_waiting(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _close_transport(self) -> None:
        # Whoever reads nothing would otherwise keep a closed connection for ever.
        if self.transport and not self._closed:
            self._flush_timer = self.worker.loop.call_later(_FLUSH_SECONDS, self.transport.abort)
        super()._close_transport()


class Worker(gasgi.ASGIWorker):  # type: ignore[misc]
    """One process: `gunicorn -k vod.lib.serving.worker.Worker vod.asgi:application`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.open_connections: set[Protocol] = set()

    def init_process(self) -> None:
        # There is no setting for it; the process is this worker's alone.
        gasgi.ASGIProtocol = Protocol
        # Two files for a slow reader, one for a slow sender: the usual 1024 would be reached.
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        most = hard if hard != resource.RLIM_INFINITY else 65536
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(most, 65536)), hard))
        super().init_process()

    async def _shutdown(self) -> None:
        for connection in list(self.open_connections):
            connection.close_if_idle()
        # The master kills when the whole grace is over; whoever still sends then would lose what arrived.
        grace = max(1.0, self.cfg.graceful_timeout - _PUT_DOWN_SECONDS)
        with suppress(TimeoutError):
            async with asyncio.timeout(grace):
                await super()._shutdown()
