"""Where a worker tells its figures."""

import socket
import urllib.request

from vod.lib import metrics


def test_one_who_connects_and_says_nothing_keeps_nobody_waiting() -> None:
    server = metrics.serve(0, token=None)
    try:
        port = server.server_port
        address = f"http://127.0.0.1:{port}/healthz"
        with (
            socket.create_connection(("127.0.0.1", port)),
            urllib.request.urlopen(address, timeout=3) as answer,
        ):
            assert answer.read() == b"ok"
    finally:
        server.shutdown()
        server.server_close()
