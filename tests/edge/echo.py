"""A server behind an edge that tells what arrived, and when."""

import json
import socket
import threading
from contextlib import suppress


class Echo:
    """Answers every request with its own head as JSON; what arrives can be waited for while it is on its way."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.address = f"127.0.0.1:{self._listener.getsockname()[1]}"
        #: Set with the first byte of a body.
        self.body_begins = threading.Event()
        #: For answers in two halves: the second one waits for it.
        self.may_go_on = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    def stop(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with client, suppress(OSError):
            data = b""
            while b"\r\n\r\n" not in data:
                piece = client.recv(65536)
                if not piece:
                    return
                data += piece
            head, _, body = data.partition(b"\r\n\r\n")
            line, *lines = head.decode("latin-1").split("\r\n")
            headers = {name.lower(): value for name, _, value in (each.partition(": ") for each in lines)}
            left = int(headers.get("content-length", "0")) - len(body)
            if body:
                self.body_begins.set()
            while left > 0 and (piece := client.recv(65536)):
                self.body_begins.set()
                left -= len(piece)
            self._answer(client, line, headers)

    def _answer(self, client: socket.socket, line: str, headers: dict[str, str]) -> None:
        if "/halves" in line:
            client.sendall(
                b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\nfirst\n"
            )
            self.may_go_on.wait(20)
            client.sendall(b"second\n")
            return
        body = json.dumps({"line": line, **headers}).encode()
        client.sendall(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
            + f"Content-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
