"""HTTP pieces that several apps use: range requests, sending an object."""

import logging
import re
from collections.abc import Callable, Iterator
from typing import IO, Any

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.middleware.csrf import CsrfViewMiddleware

from vod.lib.storage import StoreError

log = logging.getLogger(__name__)

CSRF_ADVICE = "The CSRF token is missing or wrong: send the csrftoken cookie's value as X-CSRFToken."
CHUNK = 256 * 1024
_RANGE = re.compile(r"bytes=(\d*)-(\d*)\Z")


class StoreAwayMiddleware:
    """Answers 503 where the object store cannot be used at the moment: a player asks again, a person too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, _request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, StoreError):
            return None
        log.warning("the store cannot be used: %s", exception)
        text = "This cannot be read at the moment. Try again in a moment."
        response = HttpResponse(text, status=503, content_type="text/plain; charset=utf-8")
        response["Retry-After"] = "5"
        response["Cache-Control"] = "no-store"
        return response


def client_address(request: HttpRequest) -> str:
    """The address that the request came from: the peer's, or what the one trusted proxy in front saw.

    Only the last entry of X-Forwarded-For is the proxy's own; the ones before it are anybody's words.
    """
    if settings.BEHIND_PROXY:
        seen = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if seen:
            return seen
    return str(request.META.get("REMOTE_ADDR", ""))


class _CsrfCheck(CsrfViewMiddleware):
    """Django's own check, asked for its reason instead of its page."""

    def _reject(self, request: HttpRequest, reason: str) -> Any:
        return reason


def lacks_csrf_token(request: HttpRequest) -> bool:
    """Whether a request that is known by its cookie comes without the CSRF token that belongs to it."""

    def answer(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    check = _CsrfCheck(answer)
    check.process_request(request)
    return bool(check.process_view(request, answer, (), {}))


def parse_range(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte of a single range of `size` bytes (RFC 9110, section 14.1.2).

    None means: send the whole (no range, several ranges, or another unit). Raises ValueError where
    the range cannot be satisfied (answer 416).
    """
    match = _RANGE.match(header.strip())
    if match is None or match.group(1) == match.group(2) == "":
        return None
    first, last = match.groups()
    if first == "":
        length = int(last)
        if length == 0 or size == 0:
            raise ValueError("range")
        return max(0, size - length), size - 1
    start = int(first)
    end = min(int(last), size - 1) if last else size - 1
    if last and int(last) < start:
        return None
    if start >= size:
        raise ValueError("range")
    return start, end


def _slice(file: IO[bytes], length: int) -> Iterator[bytes]:
    with file:
        while length > 0:
            block = file.read(min(CHUNK, length))
            if not block:
                return
            length -= len(block)
            yield block


def _is_known(header: str, quoted: str) -> bool:
    """Whether If-None-Match names this entity tag (compared weakly: RFC 9110, section 13.1.2)."""
    tags = [tag.strip().removeprefix("W/") for tag in header.split(",")]
    return header.strip() == "*" or quoted in tags


def send_object(
    request: HttpRequest,
    open_bytes: Callable[[int, int], IO[bytes]],
    *,
    size: int,
    content_type: str,
    etag: str,
    cache: str,
) -> HttpResponseBase:
    """Answers GET or HEAD with an immutable object: ETag, one range, the given Cache-Control.

    `open_bytes(first, length)` gives the bytes from `first` on, `length` of them or more; they are passed on
    as they come.
    """
    quoted = f'"{etag}"'
    response: HttpResponseBase
    if _is_known(request.headers.get("If-None-Match", ""), quoted):
        response = HttpResponse(status=304)
    else:
        wanted: tuple[int, int] | None = None
        # Ranges are defined for GET alone (RFC 9110, section 14.2).
        header = request.headers.get("Range", "") if request.method == "GET" else ""
        if header and request.headers.get("If-Range", quoted) == quoted:
            try:
                wanted = parse_range(header, size)
            except ValueError:
                response = HttpResponse(status=416)
                response["Content-Range"] = f"bytes */{size}"
                return response
        first, last = wanted or (0, size - 1)
        length = last - first + 1
        if request.method == "HEAD" or length == 0:
            response = HttpResponse(status=206 if wanted else 200)
        else:
            file = open_bytes(first, length)
            # A file of the whole object can be left to the kernel.
            response = (
                StreamingHttpResponse(_slice(file, length), status=206) if wanted else FileResponse(file)
            )
        if wanted:
            response["Content-Range"] = f"bytes {first}-{last}/{size}"
        response["Content-Length"] = str(length)
        response["Content-Type"] = content_type
        response["Accept-Ranges"] = "bytes"
    response["ETag"] = quoted
    response["Cache-Control"] = cache
    response["X-Content-Type-Options"] = "nosniff"
    return response
