"""A body on its way, and those who end it early: a client that has gone, a server that stops, both at once."""

import asyncio
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from django.http import HttpResponse

from vod.lib.serving.pouring import pour
from vod.lib.serving.receiving import BLOCK, Reception

# Threads treat database connections as between two requests.
pytestmark = pytest.mark.django_db(transaction=True)


class Slow(Reception):
    """Writes for half a second, and says in which order it was called."""

    length = 100 * BLOCK

    def __init__(self) -> None:
        self.said: list[str] = []
        self.got = 0
        self.writing = threading.Event()
        self.finished = threading.Event()

    def begin(self) -> HttpResponse | None:
        return None

    def write(self, block: bytes) -> bool:
        self.said.append("write begins")
        self.writing.set()
        time.sleep(0.5)
        self.got += len(block)
        self.said.append("write ends")
        return True

    def busy(self) -> "Future[Any] | None":
        return None

    def finish(self) -> HttpResponse:
        self.said.append("finish")
        self.finished.set()
        return HttpResponse(status=204)


@pytest.mark.parametrize("cancels", [1, 2])
@pytest.mark.parametrize("goes", [False, True], ids=["stays", "goes"])
def test_what_came_is_put_down_once_and_by_one_at_a_time(cancels: int, goes: bool) -> None:
    reception, sent = Slow(), [b"x" * BLOCK, b"rest"]

    async def receive() -> dict[str, Any]:
        if sent:
            return {"type": "http.request", "body": sent.pop(0), "more_body": True}
        if goes:
            return {"type": "http.disconnect"}
        await asyncio.sleep(60)
        raise AssertionError

    async def serve() -> None:
        with ThreadPoolExecutor(4) as pool:
            pouring = asyncio.ensure_future(pour(reception, receive, pool))
            await asyncio.to_thread(reception.writing.wait)
            for _ in range(cancels):
                await asyncio.sleep(0.05)
                pouring.cancel()
            await asyncio.gather(pouring, return_exceptions=True)

    asyncio.run(serve())

    assert reception.finished.wait(5)
    assert reception.said == ["write begins", "write ends", "write begins", "write ends", "finish"]
    assert reception.got == BLOCK + len(b"rest")
