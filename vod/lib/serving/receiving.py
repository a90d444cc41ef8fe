"""Large bodies, taken as they arrive: what a view says it needs, and who drives it.

A view that wants a body in pieces answers with a `ReceivingResponse`. Behind the door the body is then received
without a thread waiting for it; a plain WSGI server (and Django's test client) drives the same `Reception`
in the thread that it has.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import Any

from django.http import HttpRequest, HttpResponse

#: In the environ of a request whose body the door has left unread.
DEFERRED = "vod.body_is_deferred"
BLOCK = 1024 * 1024
# Seconds without a byte after which a sender counts as gone.
SILENCE_SECONDS = 30.0


class Reception(ABC):
    """Takes one body, `length` bytes long. One call at a time, each in whatever thread; all may block.

    `begin` first; where it answers, that is the response and nothing else is called. Then `write` for each
    block, as long as it answers True; `finish` once, whether the body came whole or not.
    """

    length: int

    @abstractmethod
    def begin(self) -> HttpResponse | None:
        """None where the body may come, else the response that says why not."""

    @abstractmethod
    def write(self, block: bytes) -> bool:
        """Takes some bytes, a megabyte or a few at most. False: nothing more is wanted."""

    def busy(self) -> "Future[Any] | None":
        """What has to be over before the next `write`, for a driver that can wait without a thread."""
        return None

    @abstractmethod
    def finish(self) -> HttpResponse:
        """Keeps what came, and answers."""


class ReceivingResponse(HttpResponse):
    """Stands for the response while the body is still to come; its headers are kept, those of the answer win."""

    def __init__(self, reception: Reception) -> None:
        super().__init__(status=204)
        self.reception = reception


def receive(request: HttpRequest, reception: Reception) -> HttpResponse:
    """The answer to a request with such a body, or what promises one."""
    if request.META.get(DEFERRED):
        return ReceivingResponse(reception)
    connection = request.META.get("gunicorn.socket")
    if connection is None:
        return receive_here(reception, request.read)
    connection.settimeout(SILENCE_SECONDS)
    try:
        return receive_here(reception, request.read)
    finally:
        connection.settimeout(None)


def receive_here(reception: Reception, read: Callable[[int], bytes]) -> HttpResponse:
    """Drives a reception in this thread; `read(size)` fails with OSError when the sender is gone."""
    refusal = reception.begin()
    if refusal is not None:
        return refusal
    left = reception.length
    while left > 0:
        try:
            block = read(min(BLOCK, left))
        except OSError:
            break
        if not block or not reception.write(block):
            break
        if busy := reception.busy():
            wait([busy])
        left -= len(block)
    return reception.finish()
