"""A request as WSGI wants it (PEP 3333), from what ASGI says of it."""

import io
import sys
from collections.abc import Mapping
from typing import IO, Any
from urllib.parse import unquote_to_bytes, urlsplit

Scope = Mapping[str, Any]
_BARE = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}


def header(scope: Scope, name: bytes) -> str:
    """The first header of that name (lower case), empty where there is none."""
    return next((value.decode("latin-1") for found, value in scope["headers"] if found == name), "")


def target_path(scope: Scope) -> str:
    """The path as it was sent, nothing unescaped; of an absolute address (RFC 9112, section 3.2.2) its path."""
    raw = bytes(scope.get("raw_path") or scope["path"].encode()).decode("latin-1")
    return raw if raw.startswith(("/", "*")) else urlsplit(raw).path or "/"


def environ_of(scope: Scope, body: IO[bytes], length: int | None) -> dict[str, Any]:
    """The environ of a request; `length` is the body's, None where the header is left as it was sent."""
    path, query = target_path(scope), bytes(scope["query_string"]).decode("latin-1")
    server = scope.get("server") or ("localhost", 0)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "RAW_URI": f"{path}?{query}" if query else path,
        "SERVER_NAME": str(server[0]),
        "SERVER_PORT": str(server[1] or ""),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": str((scope.get("client") or ("",))[0]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        # Both would become the same key, and only one of them is what a proxy in front has checked.
        if "_" in name:
            continue
        key = _BARE.get(name) or "HTTP_" + name.upper().replace("-", "_")
        if key in environ:
            value = f"{environ[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{value}"
        environ[key] = value
    if length is not None:
        environ["CONTENT_LENGTH"] = str(length)
        environ.pop("HTTP_TRANSFER_ENCODING", None)
    return environ


def no_body() -> IO[bytes]:
    """For requests without one, or whose body is somebody else's business."""
    return io.BytesIO()
