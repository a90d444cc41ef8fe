"""The asynchronous door within a test: its loop in a thread of its own, and all that it computes in the test's.

So the test's database connection, and the transaction that it will roll back, are those of the views.
"""

import asyncio
import json
import queue
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor, Future
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse

from vod.lib.serving.door import Door, Wsgi

Message = dict[str, Any]
GONE: Message = {"type": "http.disconnect"}


class HereAndNow(Executor):
    """Has everything done by the thread that calls `work`."""

    def __init__(self) -> None:
        self._calls: queue.Queue[tuple[Future[Any], Callable[[], Any]] | None] = queue.Queue()

    def submit(self, call: Any, /, *arguments: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self._calls.put((future, lambda: call(*arguments, **named)))
        return future

    def work(self) -> None:
        """Until `no_more`."""
        while (item := self._calls.get()) is not None:
            future, call = item
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(call())
            except BaseException as error:  # noqa: BLE001 - whatever it is, the door gets it
                future.set_exception(error)

    def no_more(self) -> None:
        self._calls.put(None)


def scope_of(
    method: str, path: str, headers: Iterable[tuple[str, str]], *, query: str = "", version: str = "1.1"
) -> Message:
    """A request's scope as gunicorn makes it; `path` as it would be sent."""
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": version,
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode("latin-1"),
        "query_string": query.encode("latin-1"),
        "root_path": "",
        "headers": [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers],
        "server": ("127.0.0.1", 80),
        "client": ("127.0.0.1", 4711),
    }


def serve(
    scope: Message,
    messages: Sequence[Message],
    *,
    application: Wsgi | None = None,
    most_bytes: int = 2 * 1024 * 1024,
    on_send: Callable[[Message], None] = lambda _: None,
) -> list[Message]:
    """What the door sends when it receives `messages`, after which the client waits for the end."""
    pool = HereAndNow()
    door = Door(
        application or WSGIHandler(),
        pages=pool,
        movers=pool,
        deferring="/api/uploads/",
        most_bytes=most_bytes,
    )
    sent: list[Message] = []
    failures: list[BaseException] = []

    async def run() -> None:
        waiting = list(messages)

        async def receive() -> Message:
            await asyncio.sleep(0)
            if waiting:
                return waiting.pop(0)
            await asyncio.Event().wait()
            raise AssertionError

        async def send(message: Any) -> None:
            sent.append(dict(message))
            on_send(sent[-1])

        await asyncio.wait_for(door(scope, receive, send), 60)

    def loop() -> None:
        try:
            asyncio.run(run())
        except BaseException as error:  # noqa: BLE001 - raised again in the test's thread
            failures.append(error)
        finally:
            pool.no_more()

    thread = threading.Thread(target=loop, name="door")
    thread.start()
    pool.work()
    thread.join()
    if failures:
        raise failures[0]
    return sent


def body_of(content: bytes, pieces: int = 1) -> list[Message]:
    """The messages of a body that comes in so many pieces."""
    each = max(1, -(-len(content) // pieces))
    cuts = [content[first : first + each] for first in range(0, len(content), each)] or [b""]
    return [
        {"type": "http.request", "body": cut, "more_body": number < len(cuts)}
        for number, cut in enumerate(cuts, start=1)
    ]


def answer_of(sent: Sequence[Message]) -> Any:
    """The response that was sent, as Django's test client would give it."""
    start, *rest = sent
    response = HttpResponse(b"".join(message.get("body", b"") for message in rest), status=start["status"])
    del response["Content-Type"]
    for name, value in start["headers"]:
        response[name.decode("latin-1")] = value.decode("latin-1")
    response.json = lambda: json.loads(response.content)  # type: ignore[attr-defined]
    return response
