"""GraphQL over HTTP by the specification's draft, checked by its own audit suite (npm graphql-http).

Synchronous; JSON only; GET for queries only. Who asks is found by a function given to the view, so that
this floor knows no accounts.
"""

import json
from collections.abc import Callable, Collection
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from graphql import (
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    OperationType,
    execute,
    get_operation_ast,
    parse,
    specified_rules,
    validate,
)

from vod.lib.actor import NOBODY, Actor
from vod.lib.graphql.deferred import DeferredExecutionContext, LoaderContext, drive
from vod.lib.graphql.errors import ApiError, ApiErrorCode, format_error
from vod.lib.graphql.limits import MAX_BODY_BYTES, MAX_TOKENS, DepthRule, check_cost
from vod.lib.http import CSRF_ADVICE, lacks_csrf_token
from vod.lib.logs import say_about
from vod.lib.metrics import OPERATIONS, operation_label
from vod.lib.requests import OPERATION

JSON_TYPE = "application/json"
RESPONSE_TYPE = "application/graphql-response+json"


class Context:
    """What resolvers see as `info.context`: the request, who asks, the request's loaders."""

    def __init__(self, request: HttpRequest, actor: Actor) -> None:
        self.request = request
        self.actor = actor
        self.loaders = LoaderContext(self)


class RefusedRequest(Exception):
    """A request that is no GraphQL request: an HTTP status and a sentence."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


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


@method_decorator(csrf_exempt, name="dispatch")
class GraphQLView(View):
    """`actor_of(request)` answers who asks and whether it was by cookie (then CSRF is checked).

    `operations` are the names that metrics tell apart.
    """

    schema: GraphQLSchema = GraphQLSchema()
    actor_of: Callable[[HttpRequest], tuple[Actor, bool]] | None = None
    operations: Collection[str] = ()

    http_method_names = ["get", "post", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._answer(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        return self._answer(request)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        kind = negotiate(request.headers.get("Accept", ""))
        try:
            if kind is None:
                raise RefusedRequest(406, f"Answers are {RESPONSE_TYPE} or {JSON_TYPE}.")
            query, variables, operation_name = self._parameters(request)
            actor, by_cookie = self.actor_of(request) if self.actor_of else (NOBODY, False)
            if by_cookie and request.method == "POST" and lacks_csrf_token(request):
                raise ApiError(ApiErrorCode.FORBIDDEN, CSRF_ADVICE)
        except RefusedRequest as refused:
            error = ApiError(ApiErrorCode.BAD_INPUT, str(refused))
            return self._respond(kind or JSON_TYPE, refused.status, {"errors": [format_error(error)]})
        except ApiError as error:
            return self._respond(kind or JSON_TYPE, 403, {"errors": [format_error(error)]})
        say_about(user=actor.user_id)
        return self._execute(request, kind, actor, query, variables, operation_name)

    def _execute(
        self,
        request: HttpRequest,
        kind: str,
        actor: Actor,
        query: str,
        variables: dict[str, Any] | None,
        operation_name: str | None,
    ) -> HttpResponse:
        try:
            document = parse(query, max_tokens=MAX_TOKENS)
        except GraphQLError as error:
            return self._refuse(kind, [error])
        rules = [*specified_rules, DepthRule]
        if settings.PRODUCTION and not actor.is_operator:
            rules.append(NoSchemaIntrospectionCustomRule)
        errors = validate(self.schema, document, rules, max_errors=20)
        if errors:
            return self._refuse(kind, errors)
        operation = get_operation_ast(document, operation_name)
        label = operation_label(
            operation.name.value if operation and operation.name else None, self.operations
        )
        request.META[OPERATION] = label
        if operation is None:
            what = (
                "This document has no operation of that name."
                if operation_name
                else "Name the operation to run."
            )
            return self._refuse(kind, [GraphQLError(what)])
        if request.method == "GET" and _writes(operation):
            response = self._respond(
                kind, 405, {"errors": [format_error(GraphQLError("Mutations need POST."))]}
            )
            response["Allow"] = "POST"
            return response
        try:
            check_cost(document, operation, variables)
        except ApiError as error:
            return self._refuse(kind, [error])
        context = Context(request, actor)
        work = execute(
            self.schema,
            document,
            context_value=context,
            variable_values=variables,
            operation_name=operation_name,
            execution_context_class=DeferredExecutionContext,
        )
        result = work if isinstance(work, ExecutionResult) else drive(work, context.loaders)  # type: ignore[arg-type]
        OPERATIONS.labels(label, "errors" if result.errors else "ok").inc()
        if result.data is None and result.errors and all(error.path is None for error in result.errors):
            return self._refuse(kind, result.errors)
        body: dict[str, Any] = {"data": result.data}
        if result.errors:
            body = {"errors": [format_error(error) for error in result.errors], **body}
        response = self._respond(kind, 200, body)
        response["Cache-Control"] = "private, no-store"
        return response

    def _refuse(self, kind: str, errors: list[GraphQLError]) -> HttpResponse:
        # The specification asks for 4xx with its own media type, and for 200 with application/json.
        status = 400 if kind == RESPONSE_TYPE else 200
        return self._respond(kind, status, {"errors": [format_error(error) for error in errors]})

    @staticmethod
    def _respond(kind: str, status: int, body: dict[str, Any]) -> HttpResponse:
        return HttpResponse(
            json.dumps(body, ensure_ascii=False).encode("utf-8", "replace"),
            status=status,
            content_type=f"{kind}; charset=utf-8",
        )

    def _parameters(self, request: HttpRequest) -> tuple[str, dict[str, Any] | None, str | None]:
        if request.method == "GET":
            given: dict[str, Any] = {name: request.GET[name] for name in request.GET}
            for name in ("variables", "extensions"):
                if name in given:
                    given[name] = _parse_json(given[name]) if given[name] else None
        else:
            given = self._body(request)
        query, variables = given.get("query"), given.get("variables")
        operation_name, extensions = given.get("operationName"), given.get("extensions")
        if not isinstance(query, str) or not query:
            raise RefusedRequest(400, "The parameter query must be a GraphQL document.")
        if variables is not None and not isinstance(variables, dict):
            raise RefusedRequest(400, "The parameter variables must be an object.")
        if operation_name is not None and not isinstance(operation_name, str):
            raise RefusedRequest(400, "The parameter operationName must be a string.")
        if extensions is not None and not isinstance(extensions, dict):
            raise RefusedRequest(400, "The parameter extensions must be an object.")
        return query, variables, operation_name or None

    @staticmethod
    def _body(request: HttpRequest) -> dict[str, Any]:
        if request.content_type != JSON_TYPE:
            raise RefusedRequest(415, f"Send the request as {JSON_TYPE}.")
        if request.content_params and request.content_params.get("charset", "utf-8").lower() not in (
            "utf-8",
            "utf8",
        ):
            raise RefusedRequest(415, "Send the request in UTF-8.")
        if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BODY_BYTES:
            raise RefusedRequest(413, f"A request may have {MAX_BODY_BYTES} bytes.")
        body = request.read(MAX_BODY_BYTES + 1)
        if len(body) > MAX_BODY_BYTES:
            raise RefusedRequest(413, f"A request may have {MAX_BODY_BYTES} bytes.")
        given = _parse_json(body)
        if not isinstance(given, dict):
            raise RefusedRequest(400, "The body must be one JSON object; batches are not answered.")
        return given


def _parse_json(text: str | bytes) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise RefusedRequest(400, "This is not JSON.") from None


def _writes(operation: OperationDefinitionNode) -> bool:
    return operation.operation is not OperationType.QUERY
