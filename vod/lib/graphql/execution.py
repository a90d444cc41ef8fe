"""From a document to its answer: judged, measured, run. Knows nothing of HTTP but the request that resolvers see."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    OperationType,
    execute,
    get_operation_ast,
    specified_rules,
    validate,
)

from vod.lib.actor import Actor
from vod.lib.graphql import documents, persisted
from vod.lib.graphql.cost import check_cost
from vod.lib.graphql.deferred import DeferredExecutionContext, LoaderContext, drive
from vod.lib.graphql.errors import ApiErrorCode, unreadable, without_suggestion
from vod.lib.graphql.limits import check_shape, check_variables
from vod.lib.graphql.wire import Asked
from vod.lib.metrics import OPERATIONS, operation_label
from vod.lib.requests import OPERATION


class Context:
    """What resolvers see as `info.context`: the request, who asks, the request's loaders."""

    def __init__(self, request: HttpRequest, actor: Actor) -> None:
        self.request = request
        self.actor = actor
        self.loaders = LoaderContext(self)


class Refused(Exception):
    """A document that is not run; `errors` say why."""

    def __init__(self, *errors: GraphQLError) -> None:
        super().__init__(*errors)
        self.errors = errors

    @property
    def is_question(self) -> bool:
        """Whether nothing is wrong with the request: the client is asked for the document of a hash."""
        codes = [(error.extensions or {}).get("code") for error in self.errors]
        return codes == [ApiErrorCode.PERSISTED_QUERY_NOT_FOUND]


@dataclass(frozen=True)
class Prepared:
    """An operation that may run, with the document that it stands in."""

    document: DocumentNode
    operation: OperationDefinitionNode
    label: str

    @property
    def writes(self) -> bool:
        return self.operation.operation is not OperationType.QUERY


def may_introspect(actor: Actor) -> bool:
    """Whether the asker may ask for the schema. `__typename` everybody may."""
    allowed: str = settings.GRAPHQL_INTROSPECTION
    return allowed == "everybody" or (allowed == "operators" and actor.is_operator)


def document_of(schema: GraphQLSchema, query: str, *, introspection: bool) -> DocumentNode:
    """The document, parsed, within the limits and valid. Depends on nothing else. Raises Refused."""
    try:
        found = documents.read(query)
        # Other limits, and another schema, judge it anew.
        rules = (schema, introspection, settings.GRAPHQL_MAX_DEPTH, settings.GRAPHQL_MAX_ALIASES)
        if rules in found.passed:
            return found.document
        check_shape(found.document)
    except GraphQLError as error:
        raise Refused(error) from None
    _validate(schema, found.document, introspection=introspection)
    found.passed.add(rules)
    return found.document


def _validate(schema: GraphQLSchema, document: DocumentNode, *, introspection: bool) -> None:
    rules = [*specified_rules]
    if not introspection:
        rules.append(NoSchemaIntrospectionCustomRule)
    errors = [unreadable(error) for error in validate(schema, document, rules, max_errors=20)]
    if errors:
        raise Refused(*(errors if introspection else map(without_suggestion, errors)))


def text_of(asked: Asked, actor: Actor) -> str:
    """The document that is sent or named. Raises Refused for a name that nobody knows."""
    try:
        return persisted.text_of(asked.query, asked.named, actor)
    except GraphQLError as error:
        raise Refused(error) from None


def prepare(
    schema: GraphQLSchema, request: HttpRequest, asked: Asked, actor: Actor, known: Collection[str]
) -> Prepared:
    """The operation that is asked for, if it may run. Raises Refused. `known` are the names that metrics tell apart."""
    text = text_of(asked, actor)
    try:
        check_variables(asked.variables)
        document = document_of(schema, text, introspection=may_introspect(actor))
        persisted.check_allowed(text, document, actor)
        if asked.query:
            persisted.keep(text, asked.named)
    except GraphQLError as error:
        raise Refused(error) from None
    operation = get_operation_ast(document, asked.operation_name)
    label = operation_label(operation.name.value if operation and operation.name else None, known)
    request.META[OPERATION] = label
    if operation is None:
        raise Refused(
            GraphQLError(
                "This document has no operation of that name."
                if asked.operation_name
                else "Name the operation to run."
            )
        )
    return Prepared(document, operation, label)


def run(
    schema: GraphQLSchema, request: HttpRequest, asked: Asked, actor: Actor, prepared: Prepared
) -> ExecutionResult:
    """The answer of an operation. Raises Refused for one that is too costly or whose variables are wrong."""
    try:
        check_cost(schema, prepared.document, prepared.operation, asked.variables)
    except GraphQLError as error:
        raise Refused(error) from None
    context = Context(request, actor)
    work: Any = execute(
        schema,
        prepared.document,
        context_value=context,
        variable_values=asked.variables,
        operation_name=asked.operation_name,
        execution_context_class=DeferredExecutionContext,
    )
    result: ExecutionResult = work if isinstance(work, ExecutionResult) else drive(work, context.loaders)
    if result.errors and not may_introspect(actor):
        result.errors = [without_suggestion(error) for error in result.errors]
    OPERATIONS.labels(prepared.label, "errors" if result.errors else "ok").inc()
    if result.data is None and result.errors and all(error.path is None for error in result.errors):
        raise Refused(*map(unreadable, result.errors))
    return result
