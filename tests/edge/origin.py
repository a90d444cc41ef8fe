"""A door between an edge and the store that counts what comes through, and can be shut."""

import socket
import threading
import time
from contextlib import suppress

_PIECE = 65536


class Origin:
    """Passes connections on to `address`, each of one request; counts those with a presigned address."""

    def __init__(self, address: tuple[str, int]) -> None:
        self._address = address
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = int(self._listener.getsockname()[1])
        #: Request lines of presigned addresses, in order.
        self.asked: list[str] = []
        #: Seconds that each request waits here.
        self.delay = 0.0
        #: Refuses everything: the connection ends without an answer.
        self.is_away = False
        #: Bytes of an answer after which the connection ends; all of it where it is None.
        self.cut: int | None = None
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
            head = client.recv(_PIECE)
            line = head.partition(b"\r\n")[0].decode("latin-1")
            if "X-Amz-Signature=" in line:
                self.asked.append(line)
            if self.is_away or not head:
                return
            time.sleep(self.delay)
            with socket.create_connection(self._address, 30) as server:
                server.sendall(head)
                back = threading.Thread(target=_pump, args=(server, client, self.cut), daemon=True)
                back.start()
                _pump(client, server)
                back.join(30)


def _pump(source: socket.socket, target: socket.socket, most: int | None = None) -> None:
    with suppress(OSError):
        while (most is None or most > 0) and (piece := source.recv(_PIECE if most is None else most)):
            target.sendall(piece)
            most = None if most is None else most - len(piece)
        target.shutdown(socket.SHUT_RDWR if most == 0 else socket.SHUT_WR)
