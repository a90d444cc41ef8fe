"""Each request gets an id of the server's own, is timed, counted and told of in one line."""

import logging
import secrets
import time
from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponseBase

from vod.lib import metrics
from vod.lib.logs import about, spoken_of

log = logging.getLogger(__name__)

# A request says here what it was, for metrics: a GraphQL operation that the product knows.
OPERATION = "vod_operation"


class RequestsMiddleware:
    """Stands around everything that may fail, so that failures bear the request's id and are counted."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        with about(request=secrets.token_hex(6)):
            response = self.get_response(request)
            response["X-Request-Id"] = spoken_of()["request"]
            # For bodies that are streamed: until the first byte.
            seconds = time.perf_counter() - started
            match = request.resolver_match
            operation = request.META.get(OPERATION)
            metrics.count_request(
                route=match.route if match else None,
                method=request.method or "",
                status=response.status_code,
                seconds=seconds,
                operation=operation,
            )
            metrics.note_pool(connection)
            log.info(
                "%s %s %s in %.0f ms%s",
                request.method,
                request.path,
                response.status_code,
                seconds * 1000,
                f" ({operation})" if operation else "",
                extra={
                    "fields": {
                        "method": request.method,
                        "path": request.path,
                        "status": response.status_code,
                        "milliseconds": round(seconds * 1000, 1),
                        **({"operation": operation} if operation else {}),
                    }
                },
            )
            return response
