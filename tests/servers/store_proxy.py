"""A proxy in front of an object store that knows requests: it counts them, refuses them and cuts their answers.

    with StoreProxy(server.endpoint) as proxy:
        connect(endpoint_url=proxy.endpoint)
        proxy.fault = lambda request: Refuse(503) if request.method == "GET" else None
        ...
        assert proxy.bytes_of("GET") < 1_000_000

Signatures stay good, for hosts and paths are passed on as they come.
"""

import http.client
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import urlsplit

_PIECE = 64 * 1024
_NOT_PASSED_ON = {"connection", "transfer-encoding", "expect"}


@dataclass
class Request:
    """One request and what came of it: `sent` bytes of a body to the client."""

    method: str
    path: str
    query: str
    range: str
    status: int = 0
    sent: int = 0


@dataclass(frozen=True)
class Refuse:
    """Answers this status; the store hears nothing."""

    status: int


@dataclass(frozen=True)
class Cut:
    """Passes on so many bytes of the answer's body and hangs up."""

    after: int


@dataclass(frozen=True)
class Delay:
    """Waits so many seconds first."""

    seconds: float


@dataclass(frozen=True)
class Lose:
    """The store does what it is asked, and its answer is lost."""


Fault = Refuse | Cut | Delay | Lose | None


class StoreProxy:
    """Passes everything on until `fault` says otherwise of a request."""

    def __init__(self, endpoint: str) -> None:
        self.requests: list[Request] = []
        self.fault: Callable[[Request], Fault] = lambda _request: None
        self._server = _Server(self, urlsplit(endpoint).netloc)
        self.endpoint = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> "StoreProxy":
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def bytes_of(self, method: str) -> int:
        """Bytes of bodies that went to clients in answer to this method."""
        return sum(request.sent for request in self.requests if request.method == method)

    def listings(self) -> list[Request]:
        """Requests that list what is in a bucket."""
        return [
            one
            for one in self.requests
            if one.method == "GET" and ("list-type=" in one.query or one.path.count("/") < 2)
        ]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, proxy: StoreProxy, upstream: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.proxy, self.upstream = proxy, upstream

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients and stores hang up; what that means is for the tests to say."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, *_arguments: object) -> None:
        pass

    def _pass_on(self) -> None:
        asked = urlsplit(self.path)
        request = Request(self.command, asked.path, asked.query, self.headers.get("Range", ""))
        self.server.proxy.requests.append(request)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        fault = self.server.proxy.fault(request)
        if isinstance(fault, Delay):
            time.sleep(fault.seconds)
        if isinstance(fault, Refuse):
            request.status = fault.status
            self.send_response(fault.status)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        store = http.client.HTTPConnection(self.server.upstream, timeout=60)
        try:
            store.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in self.headers.items():
                if name.lower() not in _NOT_PASSED_ON:
                    store.putheader(name, value)
            store.endheaders(body or None)
            self._answer(request, store.getresponse(), fault)
        finally:
            store.close()

    def _answer(self, request: Request, answer: http.client.HTTPResponse, fault: Fault) -> None:
        request.status = answer.status
        if isinstance(fault, Lose):
            answer.read()
            self.close_connection = True
            return
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in _NOT_PASSED_ON:
                self.send_header(name, value)
        whole = None if answer.getheader("Content-Length") else answer.read()
        if whole is not None and request.method != "HEAD" and answer.status != 204:
            self.send_header("Content-Length", str(len(whole)))
        self.end_headers()
        left = fault.after if isinstance(fault, Cut) else None
        if request.method == "HEAD":
            return
        while data := whole if whole is not None else answer.read(_PIECE):
            data = data if left is None else data[:left]
            self.wfile.write(data)
            request.sent += len(data)
            if left is not None:
                left -= len(data)
                if not left:
                    self.close_connection = True
                    return
            if whole is not None:
                return

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = do_OPTIONS = _pass_on  # noqa: N815
