"""Clients in a process of their own that takes little of the machine: reads what to ask from its input, prints times.

Input: JSON with ``port``, ``seconds`` and ``clients``, each with ``path``, ``headers`` and ``bodies`` that it sends in
turn over one connection that stays open. Output: JSON with ``took`` (seconds of each answer), ``failed``, ``seconds``
and ``sizes`` (bytes of each client's first answer).
"""

from __future__ import annotations

import json
import socket
import sys
import threading
import time
from collections.abc import Mapping
from itertools import cycle
from typing import Any

_TIMEOUT_SECONDS = 60
_READ = 1 << 18


class Connection:
    """HTTP/1.1 as far as the answers of our server need it: their length stands in their head, or in chunks."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=_TIMEOUT_SECONDS)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._rest = b""

    def ask(self, message: bytes) -> tuple[int, bytes]:
        """Status and body of the answer. Raises OSError or ValueError where there is none."""
        self._socket.sendall(message)
        head = self._until(b"\r\n\r\n").lower()
        status = int(head[9:12])
        at = head.find(b"content-length:")
        if at >= 0:
            return status, self._exactly(int(head[at + 15 :].split(b"\r\n", 1)[0]))
        body = b""
        while size := int(self._until(b"\r\n"), 16):
            body += self._exactly(size)
            self._until(b"\r\n")
        self._until(b"\r\n")
        return status, body

    def close(self) -> None:
        self._socket.close()

    def _more(self) -> None:
        found = self._socket.recv(_READ)
        if not found:
            raise OSError("The server has closed the connection.")
        self._rest += found

    def _until(self, mark: bytes) -> bytes:
        while (at := self._rest.find(mark)) < 0:
            self._more()
        found, self._rest = self._rest[:at], self._rest[at + len(mark) :]
        return found

    def _exactly(self, size: int) -> bytes:
        while len(self._rest) < size:
            self._more()
        found, self._rest = self._rest[:size], self._rest[size:]
        return found


def message_of(path: str, headers: Mapping[str, str], body: bytes | None) -> bytes:
    """A whole request."""
    lines = [f"{'GET' if body is None else 'POST'} {path} HTTP/1.1", "Host: 127.0.0.1", "Accept: */*"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    if body is not None:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + (body or b"")


class Asking:
    """What all clients find out."""

    def __init__(self, port: int, seconds: float) -> None:
        self.port = port
        self.end = time.monotonic() + seconds
        self.took: list[float] = []
        self.sizes: list[int] = []
        self.failed = 0

    def client(self, path: str, headers: Mapping[str, str], bodies: list[str]) -> None:
        """Asks until the end."""
        messages = [message_of(path, headers, body.encode()) for body in bodies]
        held = None
        for number, message in enumerate(cycle(messages or [message_of(path, headers, None)])):
            began = time.monotonic()
            if began >= self.end:
                break
            try:
                held = held or Connection(self.port)
                status, body = held.ask(message)
                good = status == 200 and b'"errors":' not in body[:2000]
            except (OSError, ValueError):
                held, good, body = None, False, b""
            self.took.append(time.monotonic() - began)
            self.failed += not good
            if number == 0:
                self.sizes.append(len(body))
        if held:
            held.close()


def main(wanted: Mapping[str, Any]) -> None:
    """Runs the clients and prints what they found."""
    began = time.monotonic()
    asking = Asking(wanted["port"], wanted["seconds"])
    threads = [
        threading.Thread(target=asking.client, args=(one["path"], one["headers"], one["bodies"]))
        for one in wanted["clients"]
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = {
        "took": asking.took,
        "failed": asking.failed,
        "seconds": time.monotonic() - began,
        "sizes": asking.sizes,
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main(json.load(sys.stdin))
