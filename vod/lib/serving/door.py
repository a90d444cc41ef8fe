"""The door: an ASGI application in front of the WSGI one, with a bounded number of threads behind it."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Iterator, MutableMapping
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import IO, Any, cast

from django.http import HttpResponse, StreamingHttpResponse

from vod.lib.logs import speak_anew
from vod.lib.serving.environ import Scope, environ_of, header, no_body, target_path
from vod.lib.serving.pouring import Gone, Incoming, Receive, TooLarge, TooSlow, linger, pour, take_small
from vod.lib.serving.receiving import DEFERRED, ReceivingResponse
from vod.lib.serving.threads import call_in

log = logging.getLogger(__name__)

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = list[tuple[str, str]]
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

# Of a file; what a slow reader of one costs in memory.
_FILE_BLOCK = 64 * 1024
# Seconds that a client may take to make room for the next block.
SEND_SECONDS = 60.0
_SMALL_BODY_SECONDS = 120.0


class FileBody:
    """A response that is a file (PEP 3333, "wsgi.file_wrapper"): read in blocks as the client takes them."""

    def __init__(self, file: IO[bytes], _block_size: int = 0) -> None:
        self.file = file

    def __iter__(self) -> Iterator[bytes]:
        while block := self.file.read(_FILE_BLOCK):
            yield block

    def close(self) -> None:
        self.file.close()


@dataclass
class _Computed:
    """What a thread of the pages has made of a request: all of it, or `rest` still to be fetched."""

    status: int
    headers: Headers
    body: bytes = b""
    rest: Any = None


class Door:
    """Serves `application`.

    `pages` are the threads in which it runs, `movers` those that write and read large bodies. Below
    `deferring` (the beginning of a path) bodies are left to the views, which take them in pieces; any other body
    has at most `most_bytes` and is there before a thread is taken. `prepare` is called before the first request is
    taken, so that nobody waits for what is loaded once. `probes` are paths with threads of their own, that
    are answered in time whatever the pages wait for.
    """

    def __init__(
        self,
        application: Wsgi,
        *,
        pages: Executor,
        movers: Executor,
        deferring: str,
        most_bytes: int,
        prepare: Callable[[], None] = lambda: None,
        probes: Collection[str] = (),
    ) -> None:
        self._application = application
        self._pages, self._movers = pages, movers
        self._deferring, self._most_bytes = deferring, most_bytes
        self._prepare = prepare
        self._probes, self._probing = frozenset(probes), ThreadPoolExecutor(2, thread_name_prefix="probes")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            with suppress(Gone):
                await self._serve(scope, receive, send)
        else:
            # There are no web sockets; without an answer the server refuses.
            await send({"type": "websocket.close"})

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await call_in(self._pages, self._prepare)
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        says_nothing = header(scope, b"content-length") in ("", "0")
        incoming = Incoming(receive, is_empty=says_nothing and not header(scope, b"transfer-encoding"))
        deferred = target_path(scope).startswith(self._deferring)
        if deferred:
            environ = environ_of(scope, no_body(), None)
            environ[DEFERRED] = True
        else:
            try:
                environ = await self._with_body(scope, incoming)
            except (TooLarge, TooSlow) as refusal:
                status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
                if isinstance(refusal, TooSlow):
                    status = HTTPStatus.REQUEST_TIMEOUT
                await _send_whole(send, _Computed(status, [("Content-Length", "0")]))
                await linger(incoming)
                return
        pool = self._probing if target_path(scope) in self._probes else self._pages
        computed = await call_in(pool, lambda: self._compute(environ))
        if isinstance(computed.rest, ReceivingResponse):
            await self._receive_large(computed, incoming, send)
        elif computed.rest is not None:
            await self._send_stream(computed, receive, send)
        else:
            await _send_whole(send, computed)
        # A refusal may come before the body, and closing while that arrives would take the answer away.
        await linger(incoming)

    async def _with_body(self, scope: Scope, incoming: Incoming) -> dict[str, Any]:
        said = header(scope, b"content-length")
        if said.isdigit() and int(said) > self._most_bytes:
            raise TooLarge
        if incoming.is_over:
            return environ_of(scope, no_body(), None)
        body = await take_small(incoming, most=self._most_bytes, seconds=_SMALL_BODY_SECONDS)
        return environ_of(scope, _file_of(body), len(body))

    def _compute(self, environ: dict[str, Any]) -> _Computed:
        said: list[tuple[str, Headers]] = []

        def start_response(status: str, headers: Headers, _error: Any = None) -> None:
            said.append((status, headers))

        environ["wsgi.file_wrapper"] = FileBody
        result = self._application(environ, start_response)
        status, headers = said[-1]
        computed = _Computed(int(status[:3]), headers)
        if isinstance(result, ReceivingResponse | FileBody | StreamingHttpResponse):
            computed.rest = result
            return computed
        try:
            computed.body = b"".join(result)
        finally:
            cast(Any, result).close()
        return computed

    async def _receive_large(self, computed: _Computed, receive: Receive, send: Send) -> None:
        names = {name.lower(): value for name, value in computed.headers}
        speak_anew(request=names.get("x-request-id", "-"))
        promise: ReceivingResponse = computed.rest
        try:
            answer = await pour(promise.reception, receive, self._movers)
        except Exception:
            log.exception("a body could not be taken")
            answer = HttpResponse(status=500)
        finally:
            await call_in(self._movers, promise.close)
        await _send_whole(send, _merge(computed.headers, answer))

    async def _send_stream(self, computed: _Computed, receive: Receive, send: Send) -> None:
        """Block by block, as the client takes them. Between two blocks no thread is held."""

        async def send_all() -> None:
            await _start(send, computed)
            async for block in self._blocks(computed.rest):
                await _send_block(send, block, more=True)
            await _send_block(send, b"", more=False)

        sending, gone = asyncio.ensure_future(send_all()), asyncio.ensure_future(_until_gone(receive))
        try:
            await asyncio.wait([sending, gone], return_when=asyncio.FIRST_COMPLETED)
        finally:
            gone.cancel()
            sending.cancel()
            with suppress(asyncio.CancelledError):
                await asyncio.wait([sending])
            await call_in(self._movers, computed.rest.close)
        if not sending.cancelled():
            sending.result()

    async def _blocks(self, rest: Any) -> AsyncIterator[bytes]:
        if getattr(rest, "is_async", False):
            async for part in rest:
                yield part
            return
        blocks = iter(rest)
        while (block := await call_in(self._movers, lambda: next(blocks, None))) is not None:
            if block:
                yield block


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _file_of(body: bytes) -> IO[bytes]:
    file = no_body()
    file.write(body)
    file.seek(0)
    return file


def _merge(headers: Headers, answer: HttpResponse) -> _Computed:
    """The answer, with what the middleware put on the response that stood for it."""
    body = answer.content
    own = dict(answer.items())
    own.pop("Content-Length", None)
    if answer.status_code == HTTPStatus.NO_CONTENT:
        own.pop("Content-Type", None)
    else:
        own["Content-Length"] = str(len(body))
    replaced = {name.lower() for name in own} | {"content-length", "content-type"}
    kept = [(name, value) for name, value in headers if name.lower() not in replaced]
    return _Computed(answer.status_code, [*kept, *own.items()], body)


async def _send_whole(send: Send, computed: _Computed) -> None:
    await _start(send, computed)
    await _send_block(send, computed.body, more=False)


async def _start(send: Send, computed: _Computed) -> None:
    headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in computed.headers]
    await send({"type": "http.response.start", "status": computed.status, "headers": headers})


async def _send_block(send: Send, block: bytes, *, more: bool) -> None:
    try:
        async with asyncio.timeout(SEND_SECONDS):
            await send({"type": "http.response.body", "body": block, "more_body": more})
    except TimeoutError:
        raise Gone from None
