"""HTTP as it stands on the wire: a path is sent as it is written, and so is every header."""

import http.client
import socket
from dataclasses import dataclass
from email.message import Message

SECONDS = 30


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes

    def __getitem__(self, name: str) -> str | None:
        """All values of a header, joined; None where it is absent."""
        values = self.headers.get_all(name)
        return None if values is None else ", ".join(values)


def fetch(
    port: int,
    path: str,
    method: str = "GET",
    *,
    host: str = "lantern.test",
    body: bytes | str = b"",
    **headers: str,
) -> Answer:
    """One request on a connection of its own; an underscore in a header's name stands for a hyphen.

    The status is 0 where the server hung up without an answer.
    """
    body = body.encode() if isinstance(body, str) else body
    lines = {"Host": host, "Connection": "close"}
    lines |= {name.replace("_", "-"): value for name, value in headers.items()}
    if body:
        lines["Content-Length"] = str(len(body))
    head = f"{method} {path} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    with socket.create_connection(("127.0.0.1", port), SECONDS) as connection:
        connection.sendall(head.encode("utf-8") + b"\r\n" + body)
        response = http.client.HTTPResponse(connection, method=method)
        try:
            response.begin()
            return Answer(response.status, response.headers, response.read())
        except (http.client.BadStatusLine, ConnectionResetError):
            return Answer(0, Message(), b"")
        finally:
            response.close()
