"""What GraphQL over HTTP says of a request and an answer, before and after anything is run."""

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from vod.lib.graphql.errors import ApiError, ApiErrorCode
from vod.lib.graphql.persisted import Persisted, named_by

JSON_TYPE = "application/json"
RESPONSE_TYPE = "application/graphql-response+json"


@dataclass(frozen=True)
class Asked:
    """The parameters of one request, of the right types and not judged any further.

    `query` is empty where the document is only `named`.
    """

    query: str
    variables: dict[str, Any] | None
    operation_name: str | None
    named: Persisted | None = None


class RefusedRequest(Exception):
    """A request that is no GraphQL request: an HTTP status, a sentence, and figures for programs."""

    def __init__(self, status: int, message: str, **figures: Any) -> None:
        super().__init__(message)
        self.status = status
        self.error = ApiError(ApiErrorCode.BAD_INPUT, message, **figures)


def negotiate(accept: str) -> str | None:
    """The media type of the answer for an Accept header; None where neither of ours is acceptable."""
    if not accept:
        return JSON_TYPE
    best: tuple[float, str] | None = None
    for part in accept.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            if parameter.startswith("q="):
                try:
                    quality = float(parameter[2:])
                except ValueError:
                    quality = 0.0
            elif parameter.startswith("charset=") and parameter[8:] not in ("utf-8", "utf8"):
                quality = 0.0
        kind = {
            RESPONSE_TYPE: RESPONSE_TYPE,
            JSON_TYPE: JSON_TYPE,
            "application/*": JSON_TYPE,
            "*/*": JSON_TYPE,
        }.get(name)
        if kind and quality > 0 and (best is None or quality > best[0]):
            best = (quality, kind)
    return best[1] if best else None


def read(request: HttpRequest) -> Asked:
    """What a request asks. Raises RefusedRequest."""
    if request.method == "GET":
        given: dict[str, Any] = {name: request.GET[name] for name in request.GET}
        for name in ("variables", "extensions"):
            if name in given:
                given[name] = _parse_json(given[name]) if given[name] else None
    else:
        given = _body(request)
    query, variables = given.get("query") or "", given.get("variables")
    operation_name, extensions = given.get("operationName"), given.get("extensions")
    if variables is not None and not isinstance(variables, dict):
        raise RefusedRequest(400, "The parameter variables must be an object.")
    if operation_name is not None and not isinstance(operation_name, str):
        raise RefusedRequest(400, "The parameter operationName must be a string.")
    if extensions is not None and not isinstance(extensions, dict):
        raise RefusedRequest(400, "The parameter extensions must be an object.")
    try:
        named = named_by(extensions, given.get("documentId"))
    except ApiError as error:
        raise RefusedRequest(400, error.message) from None
    if not isinstance(query, str) or not (query or named):
        raise RefusedRequest(400, "The parameter query must be a GraphQL document.")
    return Asked(query, variables, operation_name or None, named)


def write(kind: str, status: int, body: dict[str, Any]) -> HttpResponse:
    """An answer of the media type `kind`."""
    return HttpResponse(
        json.dumps(body, ensure_ascii=False).encode("utf-8", "replace"),
        status=status,
        content_type=f"{kind}; charset=utf-8",
        headers={"Cache-Control": "private, no-store", "Vary": "Accept, Authorization, Cookie"},
    )


def _body(request: HttpRequest) -> dict[str, Any]:
    if request.content_type != JSON_TYPE:
        raise RefusedRequest(415, f"Send the request as {JSON_TYPE}.")
    if request.content_params and request.content_params.get("charset", "utf-8").lower() not in (
        "utf-8",
        "utf8",
    ):
        raise RefusedRequest(415, "Send the request in UTF-8.")
    most = settings.GRAPHQL_MAX_BYTES
    claimed = int(request.META.get("CONTENT_LENGTH") or 0)
    body = b"" if claimed > most else request.read(most + 1)
    asked = max(claimed, len(body))
    if asked > most:
        raise RefusedRequest(
            413,
            f"A request may have {most} bytes, and this one has more.",
            limit="bytes",
            asked=asked,
            allowed=most,
        )
    given = _parse_json(body)
    if isinstance(given, list):
        raise RefusedRequest(
            400,
            "Batches are not answered. Send each operation by itself.",
            limit="batch",
            asked=len(given),
            allowed=1,
        )
    if not isinstance(given, dict):
        raise RefusedRequest(400, "The body must be one JSON object.")
    return given


def _parse_json(text: str | bytes) -> Any:
    try:
        return json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise RefusedRequest(400, "This is not JSON.") from None


def _no_number(word: str) -> Any:
    # Python reads NaN and Infinity; JSON has no such numbers (RFC 8259, section 6).
    raise ValueError(word)
