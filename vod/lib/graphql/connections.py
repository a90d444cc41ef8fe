"""Relay connections with keyset cursors: a page deep inside costs what the first does.

A cursor holds the sort values and the key of the row it stands for, as base64url of JSON; what comes
back is checked against the order that it claims to belong to.
"""

import base64
import binascii
import json
import math
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import graphene
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

from vod.lib.graphql.errors import ApiError, ApiErrorCode

MAX_PAGE = 100
T = TypeVar("T")


class CountedConnection(graphene.relay.Connection):
    """A connection that can tell how many there are in all."""

    class Meta:
        abstract = True

    total_count = graphene.Int(required=True, description="How many there are in all, for this viewer.")

    @staticmethod
    def resolve_total_count(page: "Page[Any]", _info: Any) -> int:
        return page.count()


@dataclass(frozen=True)
class Edge(Generic[T]):
    node: T
    cursor: str


@dataclass(frozen=True)
class PageInfo:
    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@dataclass(frozen=True)
class Page(Generic[T]):
    """What a connection field returns: its edges, and a count that is made only when asked for."""

    edges: Sequence[Edge[T]]
    has_next_page: bool = False
    has_previous_page: bool = False
    count: Callable[[], int] = field(default=lambda: 0)

    @property
    def page_info(self) -> PageInfo:
        return PageInfo(
            self.has_next_page,
            self.has_previous_page,
            self.edges[0].cursor if self.edges else None,
            self.edges[-1].cursor if self.edges else None,
        )


def paged(default: int = 20) -> dict[str, Any]:
    """The arguments of a connection's field, as keyword arguments of graphene.Field."""
    return {
        "first": graphene.Int(default_value=default, description=f"How many, at most {MAX_PAGE}."),
        "after": graphene.String(description="The cursor of this list that stands before what is wanted."),
    }


def check_first(first: int | None, default: int = 20) -> int:
    """The page size. Raises ApiError BAD_INPUT unless it is 1 to MAX_PAGE."""
    size = default if first is None else first
    if not 1 <= size <= MAX_PAGE:
        raise ApiError(ApiErrorCode.BAD_INPUT, f"first must be between 1 and {MAX_PAGE}, not {size}.")
    return size


def _bad_cursor() -> ApiError:
    return ApiError(
        ApiErrorCode.BAD_INPUT, "This cursor does not belong to this list. Start again without it."
    )


def encode_cursor(values: Sequence[Any]) -> str:
    """An opaque cursor of JSON-able or printable values."""
    plain = [value if isinstance(value, int | float | str | None) else str(value) for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def decode_cursor(cursor: str, length: int) -> list[Any]:
    """The values of a cursor. Raises ApiError BAD_INPUT for what is none of ours."""
    try:
        raw = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        values = json.loads(base64.b64decode(raw, altchars=b"-_", validate=True))
    except (ValueError, binascii.Error, RecursionError):
        raise _bad_cursor() from None
    if not isinstance(values, list) or len(values) != length or not all(map(_may_be_in_a_cursor, values)):
        raise _bad_cursor()
    return list(values)


def _may_be_in_a_cursor(value: Any) -> bool:
    if isinstance(value, str):
        # PostgreSQL refuses such a string only when the query runs.
        return "\x00" not in value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value) if isinstance(value, float) else -(2**63) <= value < 2**63


def keyset_page(
    rows: "QuerySet[Any, Any]",
    *,
    order: Sequence[str],
    first: int | None,
    after: str | None,
    default: int = 20,
    count: Callable[[], int] | None = None,
) -> Page[Any]:
    """One page of `rows`, sorted by `order` (field names, "-" for descending, the last one unique).

    The fields of `order` must not be null. Costs one query, and one more when the count is asked for, where nobody
    gives a cheaper `count`.
    """
    size = check_first(first, default)
    names = [name.lstrip("-") for name in order]
    page = rows.order_by(*order)
    if after is not None:
        values = decode_cursor(after, len(names))
        beyond = Q()
        for index, name in enumerate(order):
            same = dict(zip(names[:index], values[:index], strict=True))
            step = {f"{names[index]}__{'lt' if name.startswith('-') else 'gt'}": values[index]}
            beyond |= Q(**same, **step)
        # Says the same of the first field alone, so that an index is entered there: no database finds it in the "or".
        bound = {f"{names[0]}__{'lte' if order[0].startswith('-') else 'gte'}": values[0]}
        try:
            page = page.filter(beyond, **bound)
        except (ValidationError, ValueError, TypeError, OverflowError):
            raise _bad_cursor() from None
    found: list[Model] = list(page[: size + 1])
    edges = [Edge(row, encode_cursor([getattr(row, name) for name in names])) for row in found[:size]]
    return Page(edges, len(found) > size, after is not None, count or rows.count)


def list_page(
    items: Sequence[T], *, first: int | None, after: str | None = None, default: int = 20
) -> Page[T]:
    """One page of a short list that is in memory as a whole; a cursor is a place in it."""
    size = check_first(first, default)
    start = 0
    if after is not None:
        (place,) = decode_cursor(after, 1)
        if not isinstance(place, int) or place < 0:
            raise _bad_cursor()
        start = place + 1
    edges = [
        Edge(item, encode_cursor([start + index])) for index, item in enumerate(items[start : start + size])
    ]
    return Page(edges, len(items) > start + size, start > 0, lambda: len(items))


def ranked_page(
    ranks: Sequence[tuple[Any, ...]],
    *,
    load: Callable[[Sequence[Any]], Mapping[Any, Any]],
    width: int,
    first: int | None,
    after: str | None,
    default: int = 20,
) -> Page[Any]:
    """One page of what was put in order in memory; `load` answers rows by key, for this page alone.

    Each rank is `width` numbers and strings, ascending, and ends with its row's key. A cursor holds them: what comes
    after it follows, though the row that it stood for may be gone.
    """
    size = check_first(first, default)
    start = 0
    if after is not None:
        try:
            start = bisect_right(ranks, tuple(decode_cursor(after, width)))
        except TypeError:
            raise _bad_cursor() from None
    shown = ranks[start : start + size]
    rows = load([rank[-1] for rank in shown])
    edges = [Edge(rows[rank[-1]], encode_cursor(rank)) for rank in shown if rank[-1] in rows]
    return Page(edges, len(ranks) > start + size, start > 0, lambda: len(ranks))
