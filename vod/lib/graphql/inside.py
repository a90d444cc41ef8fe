"""Operations that the product asks itself while it makes a page, with the answer that a client would be given."""

import gzip
import json
from collections.abc import Collection
from typing import Any

from django.http import HttpRequest, HttpResponse
from graphql import GraphQLSchema

from vod.lib.actor import Actor
from vod.lib.graphql import answers
from vod.lib.graphql.errors import ApiError
from vod.lib.graphql.execution import Refused, prepare, run
from vod.lib.graphql.wire import JSON_TYPE, Asked, write
from vod.lib.requests import OPERATION


def ask(
    schema: GraphQLSchema,
    request: HttpRequest,
    actor: Actor,
    *,
    query: str,
    variables: dict[str, Any],
    known: Collection[str] = (),
) -> dict[str, Any] | None:
    """The data of a query, remembered like any other answer; None where there is anything wrong with it.

    Whoever is told None asks through the front door and learns there what is wrong.
    """
    asked = Asked(query, variables, None)
    label = request.META.get(OPERATION)

    def make() -> HttpResponse:
        prepared = prepare(schema, request, asked, actor, known)
        if prepared.writes:
            raise ValueError("A page is made by queries alone.")
        result = run(schema, request, asked, actor, prepared)
        answers.note_of(request).whole = not result.errors
        # Errors are told apart by the data alone: what has any is not passed on.
        return write(JSON_TYPE, 200, {"data": None if result.errors else result.data})

    try:
        response = answers.answer(request, JSON_TYPE, asked, actor, schema, make)
    except (Refused, ApiError):
        return None
    finally:
        _restore(request, label)
    body = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]
    if response.headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    data = json.loads(body)["data"]
    return data if isinstance(data, dict) else None


def _restore(request: HttpRequest, label: str | None) -> None:
    # The request is one for a page, whatever was asked on the way: metrics count it as that.
    if label is None:
        request.META.pop(OPERATION, None)
    else:
        request.META[OPERATION] = label
