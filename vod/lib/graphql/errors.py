"""What one may not ask at all: an error with a code. Everything unexpected: masked, with an id in the log."""

import logging
import re
import secrets
from enum import StrEnum
from typing import Any

from graphql import GraphQLError

log = logging.getLogger(__name__)

_SUGGESTION = re.compile(r" Did you mean .*\Z", re.DOTALL)


class ApiErrorCode(StrEnum):
    UNAUTHENTICATED = "UNAUTHENTICATED"
    FORBIDDEN = "FORBIDDEN"
    PROFILE_REQUIRED = "PROFILE_REQUIRED"
    BAD_INPUT = "BAD_INPUT"
    TOO_COMPLEX = "TOO_COMPLEX"
    TOO_MANY_ATTEMPTS = "TOO_MANY_ATTEMPTS"
    PERSISTED_QUERY_NOT_FOUND = "PERSISTED_QUERY_NOT_FOUND"
    INTERNAL = "INTERNAL"


class ApiError(GraphQLError):
    """A refusal of a query or of a field. `extensions.code` is one of ApiErrorCode."""

    def __init__(self, code: ApiErrorCode, message: str, **extensions: Any) -> None:
        super().__init__(message, extensions={"code": code.value, **extensions})


def without_suggestion(error: GraphQLError) -> GraphQLError:
    """The error without names that its asker may not know: the standard rules guess what was meant."""
    if isinstance(error, ApiError) or not _SUGGESTION.search(error.message):
        return error
    return GraphQLError(
        _SUGGESTION.sub("", error.message),
        error.nodes,
        error.source,
        error.positions,
        error.path,
        error.original_error,
        error.extensions,
    )


def unreadable(error: GraphQLError) -> GraphQLError:
    """The error of a document or its variables, without the words of Python's that some scalars add to it.

    Nothing has run yet, so whatever a scalar raises is about the value that it was given.
    """
    if error.original_error is None or isinstance(error.original_error, GraphQLError):
        return error
    return GraphQLError("This value cannot be read as what is asked for here.", error.nodes, path=error.path)


def format_error(error: GraphQLError) -> dict[str, Any]:
    """The error as a client sees it: no exception's own words unless they were meant for clients."""
    original = error.original_error
    if original is None or isinstance(original, GraphQLError):
        formatted = dict(error.formatted)
        if "extensions" not in formatted:
            formatted["extensions"] = {"code": ApiErrorCode.BAD_INPUT.value}
        return formatted
    mark = secrets.token_hex(6)
    log.error("error %s at %s", mark, error.path, exc_info=original)
    masked = GraphQLError("Something went wrong on our side. Quote the id if you tell us.", path=error.path)
    return {
        **masked.formatted,
        "extensions": {"code": ApiErrorCode.INTERNAL.value, "id": mark},
    }
