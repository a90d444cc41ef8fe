"""Whole answers, remembered as bytes while nothing has changed that they show.

An app says with `steady` which fields only change with which editions. An operation made of such fields alone is
answered from the cache where somebody with the same rights has asked the same of the same editions; whoever comes
first computes, and the others wait for it. Everything else runs as if this were not here. Who asks is found anew for
each request before this is asked, and nothing with an error in it is kept.

Editions are read from the database (`keep_editions`), where they change in the transaction that changes what they
stand for, so that no message about a change can be lost; the cache holds bytes and is never needed.
"""

import base64
import gzip
import hashlib
import json
import math
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.crypto import salted_hmac
from graphql import (
    FieldNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    visit,
)

from vod.lib.actor import Actor
from vod.lib.cache import remembered
from vod.lib.graphql import documents
from vod.lib.graphql.wire import Asked
from vod.lib.metrics import OPERATIONS
from vod.lib.requests import OPERATION

Word = Callable[[Actor], str]

# Seconds. The first bounds what no edition tells of; it is not what freshness rests on.
LONGEST = 600.0
_GRACE = 30.0
# How long caches that belong to nobody may keep what nobody had to sign in for, and use it while they ask again.
PUBLIC_SECONDS = 15
_PUBLIC_STALE_SECONDS = 30
_NOTE = "vod_answer"
_PLANS = 512


@dataclass(frozen=True, slots=True)
class Rule:
    """What a field depends on: names of editions, further words, and how long it may stand for all that, in seconds."""

    editions: tuple[Word, ...] = ()
    stamps: tuple[Word, ...] = ()
    seconds: float = LONGEST


@dataclass(frozen=True, slots=True)
class Plan:
    """What all fields of an operation depend on."""

    editions: tuple[Word, ...]
    stamps: tuple[Word, ...]
    seconds: float


@dataclass
class Note:
    """What is said of an answer while it is made: whether it is whole, and until when (epoch) it holds."""

    whole: bool = False
    until: float = math.inf


@dataclass
class _Registry:
    rules: dict[tuple[str, str], Rule] = field(default_factory=dict)
    keeper: Callable[[Collection[str]], str] = field(default=" ".join)


_known = _Registry()


def steady(
    *types: str,
    names: Iterable[str],
    editions: Iterable[Word] = (),
    stamps: Iterable[Word] = (),
    seconds: float = LONGEST,
) -> None:
    """Says that these fields of these types change with `editions` and `stamps` alone, or late by `seconds`.

    What a field says may depend on all of the actor but the login. Of an interface and its implementations all have
    to be named.
    """
    rule = Rule(tuple(editions), tuple(stamps), seconds)
    _known.rules.update({(kind, name): rule for kind in types for name in names})


def editions_of(kind: str, name: str) -> tuple[Word, ...]:
    """The editions that a field has been said to depend on: an upper app that makes it depend on more adds to them."""
    return _known.rules[kind, name].editions


def keep_editions(keeper: Callable[[Collection[str]], str]) -> None:
    """Names who reads editions: a word that changes whenever one of those named does."""
    _known.keeper = keeper


def note_of(request: HttpRequest) -> Note:
    """Where to say something of the answer that is being made."""
    return cast(Note, request.META.setdefault(_NOTE, Note()))


def answer(
    request: HttpRequest,
    kind: str,
    asked: Asked,
    actor: Actor,
    schema: GraphQLSchema,
    make: Callable[[], HttpResponse],
) -> HttpResponseBase:
    """The answer by `make`, or one that was remembered. Raises what `make` raises."""
    plan = _plans.plan(schema, asked.query)
    if plan is None:
        return make()
    made = False

    def compute() -> list[Any]:
        nonlocal made
        made = True
        note = request.META[_NOTE] = Note()
        response = make()
        if not note.whole:
            raise _NotKept(response)
        packed = base64.b64encode(gzip.compress(response.content, compresslevel=5, mtime=0)).decode()
        until = note.until if math.isfinite(note.until) else None
        return [str(request.META.get(OPERATION, "")), packed, until]

    try:
        label, packed, until = remembered(
            _key(plan, asked, actor),
            compute,
            fresh=plan.seconds,
            grace=min(_GRACE, plan.seconds),
            until=_until,
        )
    except _NotKept as unfit:
        return unfit.response
    if not made:
        request.META[OPERATION] = label
        OPERATIONS.labels(label, "ok").inc()
    return _send(request, kind, actor, base64.b64decode(packed), until)


class _NotKept(Exception):
    """An answer for this asker at this moment and nobody else."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.response = response


def _until(value: list[Any]) -> float:
    return math.inf if value[2] is None else float(value[2])


def _key(plan: Plan, asked: Asked, actor: Actor) -> str:
    """A word for all that an answer depends on. Signed, so that a new secret makes new answers: they hold signatures."""
    # Whatever an actor comes to be made of counts, so that no right can be forgotten here.
    rights = [(one.name, getattr(actor, one.name)) for one in fields(actor) if one.name != "login"]
    material = [
        asked.query,
        asked.operation_name,
        asked.variables or {},
        rights,
        # What nobody in particular was answered is nobody's any more once the catalogue is closed.
        settings.PUBLIC_CATALOGUE,
        _known.keeper([word(actor) for word in plan.editions]) if plan.editions else "",
        [stamp(actor) for stamp in plan.stamps],
    ]
    text = json.dumps(material, sort_keys=True, default=_plain)
    return f"answer:1:{salted_hmac('lantern.answers', text, algorithm='sha256').hexdigest()}"


def _plain(value: Any) -> Any:
    return sorted(map(str, value)) if isinstance(value, set | frozenset) else str(value)


def _send(
    request: HttpRequest, kind: str, actor: Actor, packed: bytes, until: float | None
) -> HttpResponseBase:
    """The answer as the client takes it; with an ETag where it was asked for by GET and without signing in."""
    zipped = _takes_gzip(request)
    response = HttpResponse(
        packed if zipped else gzip.decompress(packed), content_type=f"{kind}; charset=utf-8"
    )
    if zipped:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept", "Accept-Encoding"])
    if request.method != "GET" or actor.is_signed_in:
        response["Cache-Control"] = "private, no-store"
        return response
    # Who does sign in gets another answer at the same address.
    patch_vary_headers(response, ["Authorization", "Cookie"])
    left = math.inf if until is None else until - time.time()
    ages = f"max-age={max(0, int(min(PUBLIC_SECONDS, left)))}"
    late = f", stale-while-revalidate={_PUBLIC_STALE_SECONDS}"
    response["Cache-Control"] = (
        f"public, {ages}{late if left > PUBLIC_SECONDS + _PUBLIC_STALE_SECONDS else ''}"
    )
    etag = f'W/"{hashlib.sha256(packed).hexdigest()[:32]}"'
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


def _takes_gzip(request: HttpRequest) -> bool:
    for part in request.headers.get("Accept-Encoding", "").lower().split(","):
        name, _, quality = part.partition(";")
        if name.strip() in ("gzip", "*"):
            return quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


class _Plans:
    """The plans of documents, which follow from their text alone; kept by its digest, since texts may be long."""

    def __init__(self) -> None:
        self._found: OrderedDict[bytes, Plan | None] = OrderedDict()

    def plan(self, schema: GraphQLSchema, query: str) -> Plan | None:
        """What the document depends on; None for one whose answers are not remembered."""
        roots = [name for kind, name in _known.rules if schema.query_type and kind == schema.query_type.name]
        if not any(name in query for name in roots):
            return None
        digest = hashlib.sha256(query.encode("utf-8", "replace")).digest()
        try:
            plan = self._found[digest]
        except KeyError:
            plan = self._found[digest] = _plan(schema, query, _known.rules)
            while len(self._found) > _PLANS:
                self._found.popitem(last=False)
        return plan

    def forget(self) -> None:
        self._found.clear()


_plans = _Plans()


def _plan(schema: GraphQLSchema, query: str, rules: Mapping[tuple[str, str], Rule]) -> Plan | None:
    try:
        document = documents.read(query).document
    except (GraphQLError, RecursionError):
        return None
    types = TypeInfo(schema)
    looker = _Looker(types, rules)
    visit(document, TypeInfoVisitor(types, looker))
    if looker.unsteady or not looker.rules:
        return None
    return Plan(
        editions=tuple(dict.fromkeys(word for rule in looker.rules for word in rule.editions)),
        stamps=tuple(dict.fromkeys(word for rule in looker.rules for word in rule.stamps)),
        seconds=min(rule.seconds for rule in looker.rules),
    )


class _Looker(Visitor):
    def __init__(self, types: TypeInfo, rules: Mapping[tuple[str, str], Rule]) -> None:
        super().__init__()
        self._types = types
        self._rules = rules
        self.rules: dict[Rule, None] = {}
        self.unsteady = False

    def enter_operation_definition(self, node: OperationDefinitionNode, *_rest: Any) -> None:
        self.unsteady |= node.operation is not OperationType.QUERY

    def enter_field(self, node: FieldNode, *_rest: Any) -> None:
        if node.name.value == "__typename":
            return
        parent = self._types.get_parent_type()
        rule = self._rules.get((parent.name, node.name.value)) if parent else None
        if rule is None:
            self.unsteady = True
        else:
            self.rules[rule] = None
