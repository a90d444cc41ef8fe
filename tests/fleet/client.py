"""A program that talks to the fleet through its edge, by the site's own name."""

import http.client
import ssl
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.e2e.client import Client
from tests.servers.nginx import NAME

if TYPE_CHECKING:
    from tests.fleet.fleet import Fleet


class FleetClient(Client):
    """Like any other, but for the name and the certificate, which only this machine knows."""

    def __init__(self, fleet: "Fleet") -> None:
        super().__init__(fleet.address)
        self._port = fleet.nginx.port
        self._trust = ssl.create_default_context(cafile=str(fleet.folder / "tls" / "fullchain.pem"))

    def request(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        connection = _Connection(self._port, self._trust)
        try:
            target = path if path.startswith("/") else urlsplit(path)._replace(scheme="", netloc="").geturl()
            sent = {"Host": f"{NAME}:{self._port}", **(headers or {})}
            if self.token:
                sent["Authorization"] = f"Bearer {self.token}"
            connection.request(method, target, body, sent)
            answer = connection.getresponse()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
        except http.client.HTTPException as error:
            raise ConnectionError(str(error)) from error
        finally:
            connection.close()


class _Connection(http.client.HTTPSConnection):
    """To this machine, under the site's name."""

    def __init__(self, port: int, trust: ssl.SSLContext) -> None:
        super().__init__("127.0.0.1", port, timeout=60, context=trust)
        self._trust = trust

    def connect(self) -> None:
        http.client.HTTPConnection.connect(self)
        self.sock = self._trust.wrap_socket(self.sock, server_hostname=NAME)
