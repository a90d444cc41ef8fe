"""Ports of the loopback for servers that a test stops and starts again."""

import socket


def hold_port() -> socket.socket:
    """A free port that stays ours until the socket is closed: its number is `number_of` it.

    Nobody listens there, so it refuses connections until a server binds it too, which sets SO_REUSEADDR as all
    do. Without this, a client that tries a stopped server's port again and again may be given that very port
    for its own end, and so connect to itself (simultaneous open, RFC 9293, 3.5).
    """
    holder = socket.socket()
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    holder.bind(("127.0.0.1", 0))
    return holder


def listen_at(port: int) -> socket.socket:
    """A socket that listens at a port held by `hold_port`."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    listener.listen(128)
    listener.setblocking(False)
    return listener


def number_of(holder: socket.socket) -> int:
    return int(holder.getsockname()[1])
