"""The door of a sandbox: the one address that a tool in it can call, behind which one film is read by range.

A sandbox has a network of its own with nothing in it but its loopback. Before the tool starts, `launch.py` makes a
listening socket there and hands it out; this side answers on it, in HTTP (RFC 9110, section 14), with bytes of the
store. The tool sees a file that can be sought in, and there is still nobody else to call.
"""

from __future__ import annotations

import logging
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from transcoding.engine.sources import DOOR_PATH, Remote

logger = logging.getLogger(__name__)

_MOST_HEAD = 16 * 1024
_MOST_CALLERS = 16
# Little more is taken from the store than the tool has read.
_SEND_BUFFER = 256 * 1024
_PIECE = 1024 * 1024
_GOODBYE_SECONDS = 1.0
_RANGE = re.compile(r"bytes=(\d{1,18})-(\d{1,18})?")


class Door:
    """Serves one film to one tool until it is closed.

    ``failure`` is what the store said where it could not go on: then nothing that the tool says counts.
    """

    def __init__(self, film: Remote) -> None:
        self._film = film
        self._ours, self._theirs = socket.socketpair()
        self._lock = threading.Lock()
        self._open: set[socket.socket] = {self._ours}
        self._closed = False
        self._threads: list[threading.Thread] = []
        self._waiting = 0
        self._since = 0.0
        self._waited = 0.0
        self.failure: OSError | None = None

    @property
    def handle(self) -> int:
        """The descriptor on which the launcher hands the socket out."""
        return self._theirs.fileno()

    def stand_open(self) -> None:
        """Call it once the launcher has its end."""
        self._theirs.close()
        self._start(self._receive)

    def waited(self) -> float:
        """Seconds for which the tool has waited for the store and could do nothing about it."""
        with self._lock:
            return self._waited + (time.monotonic() - self._since if self._waiting else 0.0)

    def close(self) -> None:
        """Ends all talk. A store that is silent is not waited for: what it says later is thrown away."""
        self._theirs.close()
        with self._lock:
            self._closed = True
            for one in self._open:
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
        deadline = time.monotonic() + _GOODBYE_SECONDS
        while alive := [thread for thread in self._threads if thread.is_alive()]:
            alive[0].join(max(0.0, deadline - time.monotonic()))
            if time.monotonic() >= deadline:
                break
        self._ours.close()

    def _start(self, work: object, *given: object) -> None:
        thread = threading.Thread(target=work, args=given, name="door", daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    @contextmanager
    def _kept(self, one: socket.socket) -> Iterator[bool]:
        """Knows of a socket while it is used; whether it may be."""
        with self._lock:
            usable = not self._closed
            if usable:
                self._open.add(one)
        try:
            yield usable
        finally:
            with self._lock:
                self._open.discard(one)
            one.close()

    def _receive(self) -> None:
        with self._kept(self._ours), suppress(OSError):
            _, handles, _, _ = socket.recv_fds(self._ours, 1, 1)
            for handle in handles:
                self._listen(socket.socket(fileno=handle))

    def _listen(self, listener: socket.socket) -> None:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)
        with self._kept(listener) as usable:
            while usable:
                caller, _ = listener.accept()
                self._await_place()
                self._start(self._answer, caller)

    def _await_place(self) -> None:
        """Calls that the tool has hung up on still wait for the store; the next one waits too and is not refused."""
        while not self._closed:
            self._threads = [thread for thread in self._threads if thread.is_alive()]
            if len(self._threads) <= _MOST_CALLERS:
                return
            time.sleep(0.01)

    def _answer(self, caller: socket.socket) -> None:
        with self._kept(caller) as usable:
            try:
                if usable and (head := _head_of(caller)) is not None:
                    self._serve(caller, head)
            except OSError:
                # The tool has hung up, as it does whenever it seeks.
                return

    def _serve(self, caller: socket.socket, head: str) -> None:
        method, _, rest = head.partition(" ")
        target = rest.partition(" ")[0]
        size = self._film.size
        if target != DOOR_PATH or method not in ("GET", "HEAD"):
            caller.sendall(_answer_head("404 Not Found", 0))
            return
        asked = _asked(head)
        if asked is None:
            first, last, status, extra = 0, size - 1, "200 OK", ""
        else:
            first, last = asked[0], min(size - 1, asked[1] if asked[1] is not None else size - 1)
            if first > last:
                caller.sendall(
                    _answer_head("416 Range Not Satisfiable", 0, f"Content-Range: bytes */{size}\r\n")
                )
                return
            status, extra = "206 Partial Content", f"Content-Range: bytes {first}-{last}/{size}\r\n"
        caller.sendall(_answer_head(status, last - first + 1, extra))
        while method == "GET" and first <= last:
            data = self._read(first, min(_PIECE, last - first + 1))
            if data is None:
                return
            caller.sendall(data)
            first += len(data)

    def _read(self, first: int, length: int) -> bytes | None:
        with self._lock:
            if not self._waiting:
                self._since = time.monotonic()
            self._waiting += 1
        try:
            return self._film.read(first, length)
        except Exception as error:  # noqa: BLE001 - whatever it is: what the tool says of a film that ends here is not about the film
            logger.warning("the store does not give the film's bytes from %s on: %r", first, error)
            self.failure = self.failure or (error if isinstance(error, OSError) else OSError(repr(error)))
            return None
        finally:
            with self._lock:
                self._waiting -= 1
                if not self._waiting:
                    self._waited += time.monotonic() - self._since


def _head_of(caller: socket.socket) -> str | None:
    """A request's head; None for what is none."""
    head = b""
    while b"\r\n\r\n" not in head:
        data = caller.recv(4096)
        head += data
        if not data or len(head) > _MOST_HEAD:
            return None
    return head.decode("latin-1")


def _asked(head: str) -> tuple[int, int | None] | None:
    """First and last byte of the range that is asked for; a request for anything else is one for the whole."""
    for line in head.split("\r\n")[1:]:
        name, _, value = line.partition(":")
        if name.lower() == "range" and (found := _RANGE.fullmatch(value.strip())):
            return int(found[1]), int(found[2]) if found[2] else None
    return None


def _answer_head(status: str, length: int, extra: str = "") -> bytes:
    lines = f"HTTP/1.1 {status}\r\nAccept-Ranges: bytes\r\nContent-Length: {length}\r\n{extra}Connection: close\r\n\r\n"
    return lines.encode("ascii")
